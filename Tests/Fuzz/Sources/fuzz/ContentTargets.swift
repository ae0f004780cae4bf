import Templates

@testable import Catalog

/// The readers of what a merchant writes. Whatever the bytes are, there is an answer or a diagnostic, and nothing a browser would run.
enum ContentTargets {
    static let all: [(name: String, test: @Sendable ([UInt8]) -> Void)] = [
        ("yaml", yaml), ("product", product), ("markdown", markdown), ("shop", shop), ("template", template),
    ]

    /// Our reader of front matter against Yams: the same nodes at the same places, or nothing.
    static func yaml(_ bytes: [UInt8]) {
        let (source, mistake) = Encoding.decode(bytes, path: "a.md")
        guard mistake == nil, let plain = PlainYAML.read(source.bytes[...], lineOffset: 0) else { return }
        let report = Report(source)
        let reader = YAMLReader(report: report, lineOffset: 0)
        // More stars and ampersands than Yams is trusted with.
        guard reader.isReadable(source.bytes[...]) else { return }
        precondition(reader.readWithYams(source.bytes[...]) == plain && report.diagnostics.isEmpty, "read otherwise than by Yams")
    }

    /// The bytes as a product's whole file, its translation, a page, data, redirects and sales.
    static func product(_ bytes: [UInt8]) {
        load([
            "content/products/a.md": bytes, "content/products/b.md": Array("---\ntitle: B\nprice: \"1\"\n---\n".utf8),
            "content/products/b.zh.md": bytes, "content/pages/p.md": bytes, "content/data/d.yaml": bytes, "content/redirects.yaml": bytes,
            "content/data/bought-together.csv": bytes,
        ])
    }

    /// The bytes as Markdown.
    static func markdown(_ bytes: [UInt8]) {
        load(["content/pages/p.md": Array("---\ntitle: P\n---\n".utf8) + bytes])
        let (source, mistake) = Encoding.decode(bytes, path: "p.md")
        guard mistake == nil else { return }
        let context = MarkdownContext(
            report: Report(source), lineOffset: 0, base: "content/pages",
            folder: .memory(["content/pages/a.png": [], "content/pages/a.mp4": []]))
        let prose = MarkdownRenderer(context).render(source.bytes[...])
        for diagnostic in context.report.diagnostics { _ = diagnostic.description }
        check(prose)
    }

    static func shop(_ bytes: [UInt8]) {
        load(["shop.yaml": bytes])
    }

    /// The bytes as a page that may include a partial, and as the partial.
    static func template(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let sources = [
            "page": TemplateSource(path: "page.html", text: text),
            "part": TemplateSource(path: "part.html", text: "{{a}}{{#b}}{{.}}{{/b}}"),
        ]
        let model: Value = .record([
            Key("a"): .text("<a&\"'>"), Key("b"): .list([.text("1"), .text("2")]),
            Key("c"): .record([Key("a"): .text("x"), Key("b"): .list([])]),
        ])
        for isStrict in [true, false] {
            guard let set = try? TemplateSet(sources: sources, strings: ["word": "{{a}} {{#c}}{{a}}{{/c}}"], strict: isStrict) else {
                continue
            }
            _ = try? set.render("page", model, strict: isStrict)
        }
    }

    private static func load(_ files: [String: [UInt8]]) {
        let shop = Array("name: L\nurl: https://shop.example\nlanguages: [en, zh-CN]\ncurrency: CNY\n".utf8)
        do {
            let loader = CatalogueLoader(folder: .memory(["shop.yaml": shop].merging(files) { $1 }), now: 1_800_000_000, drafts: true)
            let catalogue = try loader.load()
            _ = catalogue.warnings.map(\.description)
            for product in catalogue.products { for text in product.texts.values { check(text.body) } }
            for page in catalogue.pages { for text in page.texts.values { check(text.body) } }
        } catch {
            precondition(!error.all.isEmpty && !error.description.isEmpty, "refused without a reason")
        }
    }

    /// Elements are ours and closed in their order, targets have schemes that a browser does not run.
    private static func check(_ prose: Prose) {
        let html = prose.resolved { _ in nil }
        var open: [String] = []
        var rest = html[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            guard let end = rest[start...].firstIndex(of: UInt8(ascii: ">")) else { preconditionFailure("an element without an end") }
            let element = String(decoding: html[(start + 1)..<end], as: UTF8.self)
            rest = html[(end + 1)...]
            let name = String(element.prefix { $0 != " " })
            if name.hasPrefix("/") {
                precondition(open.popLast() == String(name.dropFirst()), "closed in another order")
            } else {
                precondition(allowed.contains(name), "an element of somebody else")
                if !["br", "hr", "img"].contains(name) { open.append(name) }
            }
            for attribute in ["href=\"", "src=\""] {
                guard let value = element.split(separator: attribute, maxSplits: 1).last, element.contains(" " + attribute) else {
                    continue
                }
                let target = value.prefix { $0 != "\"" }.lowercased().filter { $0 > " " }
                precondition(!["javascript:", "vbscript:", "data:", "file:"].contains { target.hasPrefix($0) }, "a target that runs")
            }
        }
        precondition(open.isEmpty, "an element is not closed")
    }

    private static let allowed: Set<String> = [
        "p", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "hr", "br", "em", "strong", "del", "a",
        "img", "video",
        "table", "thead", "tbody", "tr", "th", "td", "aside", "details", "summary", "span",
    ]
}
