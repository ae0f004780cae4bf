import Foundation
import TestSupport
import Testing

@Suite("A purchase in Chromium", .serialized)
struct BrowserScenarios {
    /// What `Tests/Peers/purchase.py` saw.
    struct Seen: Decodable {
        struct Page: Decodable {
            let name: String
            let title: String
            let language: String
        }
        let pages: [Page]
        let ref: String
        let keys: [String]
        let complaints: [String]
        /// What axe holds against the landing page, the payment page and the order page; empty with scripts off.
        let axe: [String]
        let text: String
    }

    @Test(
        "From a promoter's link to the order page, with scripts on and off, in both languages", arguments: ["en", "zh-CN"], ["on", "off"])
    func purchase(language: String, scripts: String) async throws {
        let shop = try await TestShop()
        let keys = try await shop.importKeys(3)
        try await shop.start()
        let alice = try await shop.promoter("alice@promoter.example")
        try #require(try await shop.keyfront("build").status == 0)
        let server = try await shop.serve()
        defer { server.terminate() }
        let prefix = language == "en" ? "" : "/\(language)"

        let ending = try await Program.peer(
            "purchase", ["\(shop.siteURL)\(prefix)/r/\(alice.token)/", "lantern", "bob@buyer.example", scripts, language])

        try #require(ending.status == 0, "\(ending.errors)\n\(shop.log)")
        let seen = try ending.json(Seen.self)
        #expect(seen.ref == alice.token)
        #expect(seen.keys.count == 1 && keys.contains(seen.keys[0]))
        #expect(seen.pages.map(\.language) == [language, language, language])
        #expect(seen.complaints == [], "the browser's console holds something against a page")
        #expect(seen.axe == [])
        #expect(try await shop.promoter("alice@promoter.example").pendingMinor == 10_00)
    }
}
