import Foundation
import TestSupport
import Testing

@Suite("The default theme in Chromium", .serialized)
struct AuditScenarios {
    @Test("At three widths, in light and dark, in both languages: nothing jumps, overflows, weighs too much, or bars anyone")
    func pages() async throws {
        let folder = try TemporaryFolder()
        let shop = "\(folder.path)/shop"
        try #require(try await Program.keyfront("init", shop, environment: ["KEYFRONT_SHARE": Program.root.path]).status == 0)
        let promoters = "{\"token\":\"0123456789abcdef\",\"name\":\"Alice\",\"message\":\"I use these.\"}\n"
        try Data(promoters.utf8).write(to: URL(fileURLWithPath: "\(shop)/promoters.json"))
        let built = try await Program.keyfront("build", "--shop", shop)
        try #require(built.status == 0, "\(built.errors)")
        let pages = [
            "", "zh-CN/", "products/lantern-pro/", "zh-CN/products/inkwell/", "categories/licences/", "zh-CN/tags/writing/", "pages/terms/",
            "zh-CN/r/0123456789abcdef/", "404.html",
        ]

        let audit = try await Audit.run(
            site: "\(shop)/site", pages: pages, widths: [360, 768, 1440], keyboard: ["products/inkwell/"],
            searches: [["", "ink"], ["zh-CN/", "墨池"]])

        #expect(audit.looks.count == pages.count * 6)
        #expect(audit.complaints == [])
        for look in audit.looks { #expect(look.language == (look.page.hasPrefix("zh-CN") ? "zh-CN" : "en")) }
        // The way through a product page without a mouse: what leads past the header, then the form in its order.
        let stops = try #require(audit.keyboard["products/inkwell/"])
        #expect(stops.first?.name == "#main")
        #expect(stops.filter { !$0.visible }.map(\.name) == [], "the focus cannot be seen")
        let order = ["sku", "email", "quantity", "gateway", "submit"]
        let names = stops.map(\.name).drop { $0 != "sku" }.filter(order.contains)
        #expect(Array(names.prefix(order.count)) == order)
        // Search from the keyboard: Tab to the field, a word, the arrow, Enter.
        #expect(audit.searches.map(\.path) == ["/products/inkwell/", "/zh-CN/products/inkwell/"])
        #expect(audit.searches.flatMap(\.axe) == [])
    }
}
