import Foundation
import TestSupport
import Testing

@Suite("Checking a shop")
struct CheckScenarios {
    /// What `check --json` prints.
    struct Report: Decodable {
        struct Found: Decodable {
            let rule: String
            let severity: String
            let path: String
            let line: Int
            let column: Int
            let message: String
            let pages: [String]
            let count: Int

            var text: String { "\(path):\(line):\(column): \(severity): \(rule)" }
        }
        let pages: Int
        let errors: Int
        let warnings: Int
        let findings: [Found]
    }

    /// A shop laid out as `init` does.
    private struct Shop {
        let folder: TemporaryFolder
        var path: String { "\(folder.path)/shop" }

        init() async throws {
            folder = try TemporaryFolder()
            let ending = try await Program.keyfront("init", "\(folder.path)/shop", environment: ["KEYFRONT_SHARE": Program.root.path])
            try #require(ending.status == 0)
        }

        func check() async throws -> (status: Int32, report: Report) {
            let ending = try await Program.keyfront("check", "--shop", path, "--json")
            return (ending.status, try ending.json(Report.self))
        }

        /// Replaces a text in a file by one with a `¶` in it; gives the mark's place as `path:line:column`.
        func edit(_ name: String, _ old: String, _ new: String) throws -> String {
            let url = URL(fileURLWithPath: "\(path)/\(name)")
            let text = try String(contentsOf: url, encoding: .utf8)
            let range = try #require(text.range(of: old), "\(name) has no “\(old)”")
            let marked = text.replacingCharacters(in: range, with: new)
            try Data(marked.replacingOccurrences(of: "¶", with: "").utf8).write(to: url)
            let before = marked.prefix { $0 != "¶" }
            let line = before.split(separator: "\n", omittingEmptySubsequences: false)
            return "\(name):\(line.count):\((line.last?.count ?? 0) + 1)"
        }
    }

    @Test("The demo shop has no errors, and check publishes nothing")
    func demo() async throws {
        let shop = try await Shop()
        let (status, report) = try await shop.check()
        #expect(status == 0)
        #expect(report.errors == 0 && report.pages > 80)
        #expect(report.findings.map(\.text) == [])
        #expect(!FileManager.default.fileExists(atPath: "\(shop.path)/site"))
    }

    @Test("Each mistake is told where it was written, in the theme or behind front matter, with its rule, and ends with 1")
    func mistakes() async throws {
        let shop = try await Shop()
        let files = FileManager.default
        var expected = [
            try shop.edit("templates/partials/footer.html", "<footer", "¶<img src=\"/none.png\" width=\"1\" height=\"1\"><footer")
                + ": error: html.alt",
            try shop.edit("templates/pages/not-found.html", "<h1>", "<p class=\"a\">键 ¶<blink>x</blink></p>\n<h1>")
                + ": error: html.element",
            try shop.edit("templates/pages/page.html", "</article>", "<p>¶<b>x</p></article>") + ": error: html.unclosed",
            try shop.edit("templates/pages/product.html", "</main>", "¶<a href=\"#nowhere\">x</a></main>") + ": error: link.missing",
            try shop.edit("content/pages/terms.md", "\n\n", "\n\n键 [gone](¶/pages/gone/) and more.\n\n") + ": error: link.missing",
            try shop.edit("templates/assets/style.css", "body {", ".x {\n  ¶color: #999;\n  background: #fff;\n}\n\nbody {")
                + ": error: style.contrast",
        ]
        expected.append(expected[0].replacingOccurrences(of: "html.alt", with: "image.missing"))
        try files.removeItem(atPath: "\(shop.path)/content/products/inkwell/index.zh.md")
        expected.append("content/products/inkwell/index.md:1:1: warning: text.translation")
        _ = try shop.edit("content/products/moth-terminal/index.md", "title: Moth Terminal", "title: Rain on tin")
        let (status, report) = try await shop.check()
        #expect(status == 1)
        let told = Set(report.findings.map(\.text))
        for one in expected { #expect(told.contains(one), "\(one) is not among \(told.sorted().joined(separator: "\n"))") }
        #expect(report.findings.contains { $0.rule == "page.title" && $0.severity == "warning" && $0.message.contains("Rain on tin") })
        // One finding for all the pages that show it.
        let image = try #require(report.findings.first { $0.rule == "html.alt" })
        #expect(image.count > 80 && image.pages.count == 3)
        // Nothing else is held against the shop.
        let others = report.findings.filter { !expected.contains($0.text) && $0.rule != "page.title" }
        #expect(others.map(\.text) == [])
    }

    @Test("A theme that shows another price, or none, is found out for people and for search engines")
    func prices() async throws {
        let shop = try await Shop()
        _ = try shop.edit(
            "templates/partials/buy-form.html", "<p class=\"buy-price\"><span class=\"price\">{{price.text}}</span>",
            "<p class=\"buy-price\">")
        _ = try shop.edit(
            "templates/partials/head.html", "{{{page.jsonld}}}",
            "{\"@type\":\"Product\",\"offers\":{\"@type\":\"Offer\",\"sku\":\"lantern-pro\",\"price\":\"1.00\",\"priceCurrency\":\"CNY\"}}")
        let (status, report) = try await shop.check()
        #expect(status == 1)
        let price = report.findings.filter { $0.rule.hasPrefix("price.") }
        #expect(
            price.contains {
                $0.rule == "price.text" && $0.message.contains("“lantern-pro”") && $0.pages.first == "products/lantern-pro/index.html"
            })
        let differs = try #require(
            price.first { $0.rule == "price.differs" && $0.message.contains("1.00 CNY for “lantern-pro”; it costs 100.00 CNY") })
        #expect(differs.path == "content/products/lantern-pro/index.md" && differs.line > 1)
    }

    @Test("What a build refuses is refused in the same words, as text and as JSON")
    func broken() async throws {
        let shop = try await Shop()
        let place = try shop.edit("templates/pages/home.html", "<h1>{{t.hero_title}}", "<h1><b>x</b>{{¶t.hero_titel}}")
        let text = try await Program.keyfront("check", "--shop", shop.path)
        #expect(text.status == 1)
        #expect(text.errors.hasPrefix("\(place): error: "))
        #expect(try await Program.keyfront("build", "--shop", shop.path).errors == text.errors)
        #expect(text.output == "0 pages checked: 1 error, 0 warnings\n")
        let (status, report) = try await shop.check()
        #expect(status == 1)
        #expect(report.findings.map(\.text) == ["\(place): error: source"])
    }
}
