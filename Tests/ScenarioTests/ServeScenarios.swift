import Foundation
import TestSupport
import Testing

@Suite("A preview that follows the merchant's edits", .serialized)
struct ServeScenarios {
    private static let product = "---\ntitle: Paper Boat\nprice: \"3.00\"\ncategory: files\n---\nFolds.\n"

    @Test("An edit is served, written in place or by renaming; the reload script is in what is served and never in the site")
    func edits() async throws {
        let preview = try await PreviewRun()
        #expect(try await preview.get("").text.contains("Lantern Pro"))
        #expect(try await preview.get("").text.contains("/__keyfront/reload.js"))
        #expect(try await preview.get("__keyfront/reload.js").status == 200)

        try preview.edit("content/products/lantern-pro/index.md", "title: Lantern Pro", "title: Lantern Renamed")
        try await preview.wait("products/lantern-pro/") { $0 == 200 && $1.contains("Lantern Renamed") }
        let text = try preview.read("content/products/lantern-pro/index.md")
        try preview.write(
            "content/products/lantern-pro/index.md", text.replacingOccurrences(of: "Lantern Renamed", with: "Lantern In Place"))
        try await preview.wait("products/lantern-pro/") { $1.contains("Lantern In Place") && !$1.contains("Lantern Renamed") }
        try preview.edit("templates/partials/footer.html", "<footer", "<footer data-edited")
        try await preview.wait("") { $1.contains("data-edited") }
        try preview.edit("shop.yaml", "name: Lantern Keys", "name: Harbour Keys")
        try await preview.wait("") { $1.contains("Harbour Keys") }

        for (name, data) in try preview.site() {
            #expect(data.range(of: Data("__keyfront".utf8)) == nil, "\(name) holds the preview's script")
        }
        #expect(try await preview.end() == 0)
    }

    @Test("A folder that comes with files at once, one that is renamed, and one that is deleted are all followed")
    func folders() async throws {
        let preview = try await PreviewRun()
        let files = FileManager.default
        for number in 1...5 {
            try preview.write(
                "content/products/boat-\(number)/index.md", Self.product.replacingOccurrences(of: "Boat", with: "Boat \(number)"))
        }
        for number in 1...5 { try await preview.wait("products/boat-\(number)/") { $0 == 200 && $1.contains("Paper Boat \(number)") } }
        // What is inside a new folder is watched as well.
        try preview.edit("content/products/boat-3/index.md", "Folds.", "Folds twice.")
        try await preview.wait("products/boat-3/") { $1.contains("Folds twice.") }
        try files.moveItem(atPath: "\(preview.shop)/content/products/boat-3", toPath: "\(preview.shop)/content/products/ship")
        try await preview.wait("products/ship/") { $0 == 200 && $1.contains("Folds twice.") }
        try await preview.wait("products/boat-3/") { status, _ in status == 404 }
        try preview.edit("content/products/ship/index.md", "Folds twice.", "Sails.")
        try await preview.wait("products/ship/") { $1.contains("Sails.") }
        try files.removeItem(atPath: "\(preview.shop)/content/products/ship")
        try await preview.wait("products/ship/") { status, _ in status == 404 }
        try files.removeItem(atPath: "\(preview.shop)/content/pages")
        try await preview.wait("pages/terms/") { status, _ in status == 404 }
        try preview.write("content/pages/terms.md", "---\ntitle: New terms\n---\nShort.\n")
        try await preview.wait("pages/terms/") { $0 == 200 && $1.contains("New terms") }
        #expect(try preview.site()["products/ship/index.html"] == nil)
    }

    @Test("A mistake is shown in the page, escaped and with its place, the site stands, and the page comes back when it is mended")
    func mistakes() async throws {
        let preview = try await PreviewRun()
        let before = try preview.site()
        let lines = try preview.read("templates/pages/product.html").split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains("<h1>{{title}}</h1>") }) + 1
        try preview.edit("templates/pages/product.html", "<h1>{{title}}</h1>", "<h1><b>{{titel}}</b></h1>")
        let page = try await preview.wait("products/inkwell/") { status, _ in status == 500 }
        #expect(page.contains("templates/pages/product.html:\(line):10"))
        #expect(page.contains("unknown name “titel”") && page.contains("did you mean “title”?"))
        #expect(page.contains("  &lt;h1&gt;&lt;b&gt;{{titel}}&lt;/b&gt;&lt;/h1&gt;\n           ^</pre>"))
        #expect(page.contains("/__keyfront/reload.js") && !page.contains("<b>{{"))
        // What pages refer to is served all the same.
        let style = try #require(before.keys.first { $0.hasPrefix("assets/style.") })
        #expect(try await preview.get(style).status == 200)
        #expect(try preview.site() == before)
        let text = try preview.read("content/products/inkwell/index.md")
        try preview.write("content/products/inkwell/index.md", "---\ntitle: Inkwell\n")
        try await preview.wait("") { $0 == 500 && $1.contains("content/products/inkwell/index.md:") && $1.contains("unknown name") }
        #expect(try preview.site() == before)
        try preview.write("content/products/inkwell/index.md", text.replacingOccurrences(of: "title: Inkwell", with: "title: Mended"))
        try preview.edit("templates/pages/product.html", "<h1><b>{{titel}}</b></h1>", "<h1>{{title}}</h1>")
        try await preview.wait("products/inkwell/") { $0 == 200 && $1.contains("Mended") }
    }

    @Test("A shop that is broken from the start is served as its mistakes until it builds")
    func brokenFromTheStart() async throws {
        let preview = try await PreviewRun { try $0.write("content/products/boat.md", "---\nprise: 1\n---\n") }
        #expect(try await preview.get("").text.contains("unknown key “prise”"))
        try preview.write("content/products/boat.md", Self.product)
        try await preview.wait("products/boat/") { $0 == 200 && $1.contains("Paper Boat") }
    }

    @Test("A thousand files written at once are all followed")
    func thousand() async throws {
        let preview = try await PreviewRun()
        for number in 1...1000 {
            try preview.write("content/products/sheet-\(number).md", Self.product.replacingOccurrences(of: "Boat", with: "Sheet \(number)"))
        }
        for number in [1, 500, 1000] {
            try await preview.wait("products/sheet-\(number)/") { $0 == 200 && $1.contains("Paper Sheet \(number)") }
        }
        for number in 1...1000 { try FileManager.default.removeItem(atPath: "\(preview.shop)/content/products/sheet-\(number).md") }
        for number in [1, 500, 1000] { try await preview.wait("products/sheet-\(number)/") { status, _ in status == 404 } }
    }

    @Test("A product appears and another expires at their moments, and the next one is told")
    func moments() async throws {
        let now = Int64(Date().timeIntervalSince1970)
        let soon = Date(timeIntervalSince1970: TimeInterval(now + 6)).formatted(.iso8601)
        let later = Date(timeIntervalSince1970: TimeInterval(now + 7)).formatted(.iso8601)
        let preview = try await PreviewRun { preview in
            try preview.write(
                "content/products/early.md", Self.product.replacingOccurrences(of: "category", with: "publish_at: \(soon)\ncategory"))
            try preview.write(
                "content/products/late.md", Self.product.replacingOccurrences(of: "category", with: "expires_at: \(later)\ncategory"))
        }
        try await preview.wait("products/early/") { status, _ in status == 200 }
        try await preview.wait("products/late/") { status, _ in status == 404 }
        #expect(preview.notes.contains("next build at \(soon)") || preview.notes.contains("next build at \(later)"))
    }

    /// What `Tests/Peers/reload.py` saw.
    struct Seen: Decodable {
        let titles: [String]
        let complaints: [String]
    }

    @Test("An open page in Chromium loads itself again after an edit, shows a mistake, and comes back")
    func chromium() async throws {
        let preview = try await PreviewRun()
        let stage = preview.folder.url.appendingPathComponent("stage").path
        let (url, titles) = ("\(preview.url)products/inkwell/", ["Blot", "does not build", "Quill"])
        async let peer = Program.peer("reload", [url, stage] + titles)
        func reached(_ number: Int) async throws {
            for _ in 0..<1200 where (try? String(contentsOfFile: stage, encoding: .utf8)) != "\(number)" {
                try await Task.sleep(for: .milliseconds(25))
            }
        }
        try await reached(0)
        try preview.edit("content/products/inkwell/index.md", "title: Inkwell", "title: Blot")
        try await reached(1)
        try preview.edit("content/products/inkwell/index.md", "title: Blot", "titel: Quill")
        try await reached(2)
        try preview.edit("content/products/inkwell/index.md", "titel: Quill", "title: Quill")
        let ending = try await peer
        try #require(ending.status == 0, "\(ending.errors)\n\(preview.notes)")
        let seen = try ending.json(Seen.self)
        #expect(seen.titles.count == 4)
        #expect(zip(seen.titles, ["Inkwell"] + titles).allSatisfy { $0.contains($1) })
        #expect(seen.complaints.allSatisfy { $0.contains("500") }, "the policy holds against the script: \(seen.complaints)")
    }
}
