import Cryptography
import Foundation
import Testing

@testable import Storefront

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct MachineFileTests {
    private let fixture: ShopFixture

    init() throws {
        fixture = try ShopFixture()
        try fixture.build()
    }

    @Test("The catalogue for programs has prices in whole minor units")
    func catalog() throws {
        let object = try JSONSerialization.jsonObject(with: Data(fixture.read("catalog.json").utf8))
        let root = try #require(object as? [String: Any])
        let products = try #require(root["products"] as? [[String: Any]])
        #expect(root["currency"] as? String == "CNY")
        #expect(products.map { $0["slug"] as? String } == ["lamp", "torch", "book"])
        let variants = try #require(products[1]["variants"] as? [[String: Any]])
        #expect(variants.map { $0["priceMinor"] as? Int } == [500, 950])
        #expect(products[0]["title"] as? String == "Lamp <b>")
        let translations = try #require(products[0]["translations"] as? [String: [String: String]])
        #expect(translations["zh-CN"]?["title"] == "灯")
    }

    @Test("The search index of a language leads to that language")
    func search() throws {
        let object = try JSONSerialization.jsonObject(with: Data(fixture.read("zh-CN/search.json").utf8))
        let items = try #require(object as? [[String: Any]])
        #expect(items.map { $0["title"] as? String } == ["灯", "Torch", "Book"])
        #expect(items[0]["url"] as? String == "/zh-CN/products/lamp/")
        #expect(items[0]["price"] as? String == "¥68.00")
    }

    @Test("The site map lists translations, and a day only where one is known")
    func sitemap() throws {
        let map = try fixture.read("sitemap.xml")
        #expect(
            map.contains(
                "<url><loc>https://shop.example/products/lamp/</loc><lastmod>2025-01-02</lastmod>"
                    + "<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://shop.example/products/lamp/\"/>"
                    + "<xhtml:link rel=\"alternate\" hreflang=\"zh-CN\" href=\"https://shop.example/zh-CN/products/lamp/\"/></url>\n"))
        #expect(map.contains("<url><loc>https://shop.example/products/torch/</loc></url>\n"))
        #expect(!map.contains("zh-CN/products/torch") && !map.contains("404"))
        #expect(try fixture.read("robots.txt") == "User-agent: *\nDisallow:\n\nSitemap: https://shop.example/sitemap.xml\n")
        #expect(XMLParser(data: Data(map.utf8)).parse())
    }

    @Test("The feed is Atom, with the products that have a day")
    func feed() throws {
        let feed = try fixture.read("feed.xml")
        #expect(XMLParser(data: Data(feed.utf8)).parse())
        #expect(feed.contains("<updated>2025-01-02T03:04:05Z</updated>\n<author>"))
        #expect(feed.contains("<title>Lamp &lt;b&gt;</title>\n<id>https://shop.example/products/lamp/</id>"))
        #expect(feed.contains("<summary>It &quot;shines&quot;</summary>") && !feed.contains("Torch"))
    }

    @Test("Assets are named by their content, and pages pin it")
    func assets() throws {
        let page = try fixture.read("index.html")
        let style = try #require(page.split(separator: "<css /").last?.split(separator: ">").first).split(separator: " ")
        let content = try fixture.read(String(style[0]))
        #expect(style[1] == "sha384-" + Base64.encode(Digest.sha384(Array(content.utf8))))
        let dot = try #require(fixture.snapshot().keys.first { $0.hasPrefix("assets/img/dot.") })
        #expect(content == "body{background:url(/\(dot))}\n")
        #expect(page.contains("<card /products/lamp/ Lamp &lt;b&gt; ¥68.00 /media/cover."))
        #expect(page.contains(" 640x480 A lamp>"))
        try fixture.write("templates/assets/img/dot.svg", "<svg/>")
        try fixture.build()
        #expect(!fixture.exists(String(style[0])) && !fixture.exists(dot))
    }

    @Test("A page's policy forbids everything but the shop, the daemon and where buyers pay")
    func policy() throws {
        #expect(
            try fixture.read("index.html").contains(
                "default-src &#39;none&#39;; style-src &#39;self&#39;; img-src &#39;self&#39; data:; font-src &#39;self&#39;; "
                    + "script-src &#39;self&#39;; connect-src &#39;self&#39; https://daemon.example; "
                    + "form-action &#39;self&#39; https://daemon.example https://pay.example; base-uri &#39;none&#39;"))
    }

    @Test("A shop overrides a single file of the theme below")
    func overriding() throws {
        let base = fixture.scratch.path + "/base"
        try FileManager.default.moveItem(atPath: fixture.shop + "/templates", toPath: base)
        try fixture.write("templates/pages/not-found.html", "own")
        let site = try Site.load(folder: fixture.shop, baseThemes: [base], now: 1_750_000_000)
        _ = try site.build(BuildRequest(out: fixture.out))
        #expect(try fixture.read("404.html") == "own")
        #expect(try fixture.read("products/torch/index.html").contains("<h1>Torch</h1>"))
    }
}
