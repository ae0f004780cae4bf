import Foundation
import Testing

@testable import Storefront

/// The properties that must be there, from developers.google.com/search/docs/appearance/structured-data as of 2025: “Merchant listing” and
/// “Product snippet” (Product: name, and image for a merchant listing; Offer: price, priceCurrency), “Breadcrumb”
/// (BreadcrumbList: itemListElement; ListItem: position, name, item), “FAQ” (FAQPage: mainEntity; Question: name, acceptedAnswer;
/// Answer: text). Types and properties are those of schema.org.
@Suite struct StructuredDataTests {
    private static let required: [String: [String]] = [
        "Product": ["name", "image", "offers"], "Offer": ["price", "priceCurrency", "availability", "url"],
        "BreadcrumbList": ["itemListElement"], "ListItem": ["position", "name", "item"],
        "FAQPage": ["mainEntity"], "Question": ["name", "acceptedAnswer"], "Answer": ["text"],
        "WebSite": ["name", "url"], "Organization": ["name"],
    ]

    private let fixture: ShopFixture

    init() throws {
        fixture = try ShopFixture()
        try fixture.write(
            "content/products/lamp/index.md",
            """
            ---
            title: Lamp
            summary: Shines
            price: "68.00"
            category: lights
            images: [cover.svg]
            expires_at: 2030-01-02T00:00:00Z
            faq:
              - {question: "Is it <bright>?", answer: "Yes & **very**. See [terms](/pages/terms/).\\n\\nTry it."}
            ---
            """)
        try fixture.build()
    }

    private func data(_ path: String) throws -> [[String: Any]] {
        let page = try fixture.read(path)
        let script = try #require(
            page.components(separatedBy: "<script type=\"application/ld+json\">").last?.components(separatedBy: "</script>").first)
        let value = try JSONSerialization.jsonObject(with: Data(script.utf8))
        if let list = value as? [[String: Any]] { return list }
        return [try #require(value as? [String: Any])]
    }

    /// Every object inside, with its type.
    private func objects(_ value: Any) -> [[String: Any]] {
        if let list = value as? [Any] { return list.flatMap(objects) }
        guard let object = value as? [String: Any] else { return [] }
        return [object] + object.values.flatMap(objects)
    }

    @Test(
        "Every object has the properties that search engines require, none of them empty",
        arguments: [
            "index.html", "products/lamp/index.html", "zh-CN/products/lamp/index.html", "categories/lights/index.html",
            "pages/terms/index.html",
        ])
    func complete(path: String) throws {
        let top = try data(path)
        for object in top { #expect(object["@context"] as? String == "https://schema.org") }
        for object in objects(top) {
            let type = try #require(object["@type"] as? String)
            for name in try #require(Self.required[type], "\(type) is new: look up what it must have") {
                let value = try #require(object[name], "\(type) without \(name)")
                #expect((value as? String) != "" && (value as? [Any])?.isEmpty != true)
            }
            for name in ["url", "item", "image"] {
                for address in [object[name] as? String].compactMap(\.self) { #expect(address.hasPrefix("https://shop.example/")) }
            }
        }
    }

    @Test("A product says its price, how long it holds, its questions and the way to it")
    func product() throws {
        let top = try data("products/lamp/index.html")
        #expect(top.map { $0["@type"] as? String } == ["Product", "BreadcrumbList", "FAQPage"])
        let offer = try #require(top[0]["offers"] as? [String: Any])
        #expect(
            offer["price"] as? String == "68.00" && offer["priceCurrency"] as? String == "CNY"
                && offer["priceValidUntil"] as? String == "2030-01-02")
        let question = try #require((top[2]["mainEntity"] as? [[String: Any]])?.first)
        #expect(question["name"] as? String == "Is it <bright>?")
        #expect((question["acceptedAnswer"] as? [String: Any])?["text"] as? String == "Yes & very. See terms. Try it.")
        let steps = try #require(top[1]["itemListElement"] as? [[String: Any]])
        #expect(steps.map { $0["position"] as? Int } == [1, 2, 3])
        // Nothing is made up.
        let text = try fixture.read("products/lamp/index.html")
        for word in ["aggregateRating", "review", "inventoryLevel"] { #expect(!text.contains("\"\(word)\"")) }
        #expect(try data("products/torch/index.html").count == 2)
    }

    @Test("The words of markup are its text, with references undone once")
    func words() {
        func words(_ html: String) -> String { StructuredData.words(of: Array(html.utf8)) }
        #expect(words("<p>a <em>b</em>c.</p>\n<ul>\n<li>d</li>\n<li>e</li></ul>\n") == "a bc. d e")
        #expect(words("<p>&amp;lt; &lt;b&gt;<br />x</p>") == "&lt; <b> x" && words("") == "")
    }
}
