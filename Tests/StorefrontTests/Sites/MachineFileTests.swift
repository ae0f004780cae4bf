import Catalog
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
        #expect(content == "body{background:url(/\(dot))}")
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
                "default-src &#39;none&#39;; style-src &#39;self&#39;; img-src &#39;self&#39; data:; media-src &#39;self&#39;; font-src &#39;self&#39;; "
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

    @Test("A site map that would be too long becomes an index of several, with every address once")
    func parts() throws {
        let site = try fixture.site()
        let whole = Plan(site.catalogue)
        let plan = Plan(site.catalogue, mapLimit: 5)
        #expect(whole.mapped == plan.mapped && !whole.routes.contains { $0.path.hasPrefix("sitemap-") })
        let parts = plan.routes.filter { $0.path.hasPrefix("sitemap-") }.map(\.path)
        #expect(parts == (1...parts.count).map { "sitemap-\($0).xml" } && parts.count == (plan.mapped.count + 4) / 5)
        let links = Links(url: "https://shop.example", languages: site.catalogue.shop.languages)
        let editions = try site.catalogue.shop.languages.indices.map {
            try Edition(site, plan: plan, links: links, media: Media(), language: $0, eager: false, jobs: 1)
        }
        let index = String(decoding: Sitemap.index(editions[0], parts: parts.count), as: UTF8.self)
        #expect(XMLParser(data: Data(index.utf8)).parse())
        #expect(index.contains("<sitemap><loc>https://shop.example/sitemap-1.xml</loc></sitemap>\n"))
        #expect(index.components(separatedBy: "<sitemap>").count == parts.count + 1)
        let maps = stride(from: 0, to: plan.mapped.count, by: 5).map {
            String(decoding: Sitemap.bytes(editions, plan.mapped.dropFirst($0).prefix(5)), as: UTF8.self)
        }
        let addresses = maps.flatMap {
            $0.components(separatedBy: "<url><loc>").dropFirst().compactMap { $0.components(separatedBy: "</loc>").first }
        }
        #expect(Set(addresses).count == plan.mapped.count && addresses.count == plan.mapped.count)
        #expect(maps.allSatisfy { $0.components(separatedBy: "<url>").count <= 6 && XMLParser(data: Data($0.utf8)).parse() })
        #expect(Sitemap.limit(languages: 2) == 50_000 && Sitemap.limit(languages: 30) == 5_000)
    }

    @Test("llms.txt says in Markdown what there is, in each language")
    func languageModels() throws {
        let text = try fixture.read("llms.txt")
        #expect(text.hasPrefix("# Tom & Co\n\n> Things\n\n"))
        #expect(text.contains("- [Lamp \\<b\\>](https://shop.example/products/lamp/): ¥68.00. It \"shines\"\n"))
        #expect(text.contains("- [Torch](https://shop.example/products/torch/): ¥5.00\n"))
        #expect(
            text.contains("- [lights](https://shop.example/categories/lights/)\n- [reading](https://shop.example/categories/reading/)\n"))
        #expect(text.contains("- [Terms](https://shop.example/pages/terms/)\n"))
        #expect(
            text.hasSuffix(
                "## Optional\n\n- [catalog.json](https://shop.example/catalog.json)\n- [sitemap.xml](https://shop.example/sitemap.xml)\n"))
        #expect(try fixture.read("zh-CN/llms.txt").contains("- [灯](https://shop.example/zh-CN/products/lamp/): ¥68.00. 很亮\n"))
    }

    @Test("Of many pages a listing offers the first, the last and those around the reader's")
    func pages() {
        func shown(_ count: Int, _ number: Int) -> String {
            PageRenderer.shownPages(count, number).map { ($0.gap ? "… " : "") + ($0.page == number ? "[\($0.page)]" : "\($0.page)") }
                .joined(separator: " ")
        }
        #expect(shown(1, 1) == "[1]" && shown(2, 2) == "1 [2]" && shown(7, 4) == "1 2 3 [4] 5 6 7")
        #expect(shown(417, 1) == "[1] 2 3 … 417" && shown(417, 417) == "1 … 415 416 [417]")
        #expect(shown(417, 5) == "1 2 3 4 [5] 6 7 … 417" && shown(417, 6) == "1 … 4 5 [6] 7 8 … 417")
        #expect(shown(9, 5) == "1 2 3 4 [5] 6 7 8 9" && shown(417, 413) == "1 … 411 412 [413] 414 415 416 417")
    }

    @Test("The words of a card fit its lines, in words and in Chinese")
    func lines() {
        #expect(TextLines.wrapped("Harbour Backup for small studios", ems: 10, most: 4) == ["Harbour Backup for", "small studios"])
        #expect(TextLines.wrapped("灯亮着，钥匙备好了。数字商品", ems: 5, most: 4) == ["灯亮着，钥", "匙备好了。", "数字商品"])
        #expect(TextLines.wrapped("one two three four five six", ems: 5, most: 2) == ["one two", "three…"])
        #expect(TextLines.wrapped("", ems: 5, most: 2).isEmpty && TextLines.wrapped(" a ", ems: 5, most: 2) == ["a"])
        #expect(TextLines.wrapped("a b c d e f g h i j k l m n o p", ems: 3, most: 2).count == 2)
    }
}
