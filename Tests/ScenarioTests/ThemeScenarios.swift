import Foundation
import TestSupport
import Testing

@Suite("Themes of one's own")
struct ThemeScenarios {
    private static let share = ["KEYFRONT_SHARE": Program.root.path]

    /// A shop as `init` lays it out.
    private func shop() async throws -> (folder: TemporaryFolder, path: String) {
        let folder = try TemporaryFolder()
        try #require(try await Program.keyfront("init", "\(folder.path)/shop", environment: Self.share).status == 0)
        return (folder, "\(folder.path)/shop")
    }

    private func set(theme: String, in shop: String) throws {
        let file = URL(fileURLWithPath: "\(shop)/shop.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacingOccurrences(of: "theme: default", with: "theme: \(theme)").utf8).write(to: file)
    }

    @Test("The example theme of the documentation builds the demo shop, check finds nothing, and Chromium shows it well")
    func example() async throws {
        let (folder, shop) = try await shop()
        let files = FileManager.default
        try files.createDirectory(atPath: "\(shop)/themes", withIntermediateDirectories: true)
        try files.copyItem(atPath: Program.root.appendingPathComponent("docs/theme-example").path, toPath: "\(shop)/themes/pricelist")
        try set(theme: "pricelist", in: shop)

        let check = try await Program.keyfront("check", "--shop", shop)
        #expect(check.status == 0 && check.errors == "", "\(check.errors)")
        let build = try await Program.keyfront("build", "--shop", shop)
        #expect(build.status == 0, "\(build.errors)")
        let home = try String(contentsOfFile: "\(shop)/site/index.html", encoding: .utf8)
        #expect(home.contains("class=\"row\"") && !home.contains("class=\"card"))
        // What the theme does not have comes from the one below it.
        #expect(try String(contentsOfFile: "\(shop)/site/products/inkwell/index.html", encoding: .utf8).contains("name=\"gateway\""))

        let pages = ["", "products/lantern-pro/", "zh-CN/products/inkwell/", "categories/licences/", "zh-CN/pages/terms/", "404.html"]
        let audit = try await Audit.run(site: "\(shop)/site", pages: pages, widths: [360, 1440])
        #expect(audit.complaints == [])
        #expect(audit.looks.count == pages.count * 4)
        _ = folder
    }

    @Test("One file of a shop's own replaces the default theme's, and everything else stays as it is")
    func singleFile() async throws {
        let (folder, shop) = try await shop()
        #expect(try await Program.keyfront("build", "--shop", shop, "--out", "\(folder.path)/before").status == 0)
        try FileManager.default.removeItem(atPath: "\(shop)/templates")
        try FileManager.default.createDirectory(atPath: "\(shop)/templates/pages", withIntermediateDirectories: true)
        try Data("<!doctype html><title>{{t.not_found_title}}</title>".utf8).write(
            to: URL(fileURLWithPath: "\(shop)/templates/pages/not-found.html"))
        let ending = try await Program.keyfront("build", "--shop", shop, "--out", "\(folder.path)/after", environment: Self.share)
        #expect(ending.status == 0, "\(ending.errors)")
        let differing = try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/before").filter { name in
            !name.hasPrefix(".")
                && !FileManager.default.contentsEqual(atPath: "\(folder.path)/before/\(name)", andPath: "\(folder.path)/after/\(name)")
        }
        #expect(Set(differing) == ["404.html", "zh-CN/404.html", "zh-CN"] || Set(differing) == ["404.html", "zh-CN/404.html"])
        #expect(try String(contentsOfFile: "\(folder.path)/after/404.html", encoding: .utf8).hasPrefix("<!doctype html><title>"))
    }

    @Test("A theme that is not there is told where shop.yaml names it")
    func unknown() async throws {
        let (folder, shop) = try await shop()
        try FileManager.default.createDirectory(atPath: "\(shop)/themes/paper", withIntermediateDirectories: true)
        try set(theme: "papper", in: shop)
        let ending = try await Program.keyfront("build", "--shop", shop)
        #expect(ending.status == 1)
        #expect(
            ending.errors.contains(
                ":8: error: there is no theme “papper”: themes/papper is no folder\n  theme: papper\n         ^\n  hint: known themes: default, paper\n"
            ))
        try set(theme: "default", in: shop)
        _ = folder
    }

    @Test("template model prints what a page may use, as text and as JSON, and refuses what it does not know")
    func model() async throws {
        let list = try await Program.keyfront("template", "model")
        #expect(list.output.split(separator: "\n").contains("pages/product"))
        let text = try await Program.keyfront("template", "model", "product")
        #expect(text.status == 0)
        #expect(text.output.split(separator: "\n").contains { $0.hasPrefix("product.variants[].price.text ") && $0.hasSuffix(" text") })
        struct Names: Decodable {
            struct Name: Decodable {
                let name: String
                let kind: String
            }
            let template: String
            let names: [Name]
        }
        let names = try await Program.keyfront("template", "model", "product", "--json").json(Names.self)
        #expect(names.template == "pages/product" && names.names.count == text.output.split(separator: "\n").count)
        #expect(names.names.contains { $0.name == "product.forSale" && $0.kind == "flag" })
        let unknown = try await Program.keyfront("template", "model", "prodct")
        #expect(unknown.status == 1 && unknown.output.isEmpty && unknown.errors.contains("pages/product"))
    }
}
