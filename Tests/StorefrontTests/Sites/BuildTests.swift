import Testing

@testable import Storefront

@Suite struct BuildTests {
    private let fixture: ShopFixture

    init() throws { fixture = try ShopFixture() }

    @Test("A shop becomes these files and no others")
    func routes() throws {
        let report = try fixture.build()
        let files = try fixture.snapshot().keys.filter { !$0.hasPrefix("assets/") && !$0.hasPrefix("media/") }.sorted()
        let pages = [
            "404.html", "categories/lights/index.html", "categories/reading/index.html", "feed.xml", "index.html", "llms.txt",
            "pages/terms/index.html",
            "products/book/index.html", "products/lamp/index.html", "products/torch/index.html", "search.json", "tags/small/index.html",
            "tags/warm/index.html",
        ]
        let once = [
            ".keyfront/manifest", "_headers", "_redirects", "_server/Caddyfile", "_server/nginx-http.conf", "_server/nginx-server.conf",
            "catalog.json", "robots.txt", "sitemap.xml",
        ]
        #expect(files == (once + pages + pages.map { "zh-CN/\($0)" }).sorted())
        #expect(report.pages == 20 && report.removed == 0 && report.unchanged == 0)
        #expect(try fixture.build() == BuildReport(written: 0, unchanged: report.written, removed: 0, pages: 20))
    }

    @Test("A product's page says what is sold to people and to machines, with everything escaped")
    func product() throws {
        try fixture.build()
        let page = try fixture.read("products/lamp/index.html")
        #expect(page.contains("<title>Lamp &lt;b&gt; · Tom &amp; Co</title>"))
        #expect(page.contains("<link canonical=\"https://shop.example/products/lamp/\">"))
        #expect(page.contains("<input sku=\"lamp\" Lamp &lt;b&gt; ¥68.00 was ¥80.00 first>"))
        #expect(page.contains("<form method=\"post\" action=\"https://daemon.example/checkout\">"))
        #expect(page.contains("<input gateway=\"test\" Test><input gateway=\"card\" card>"))
        #expect(page.contains("Buy Lamp &lt;b&gt;"))
        #expect(page.contains("<a href=\"/categories/lights/\" here>lights</a>"))
        #expect(page.contains("<a href=\"/pages/terms/\">terms</a>"))
        #expect(page.contains("<crumb Shop /><crumb lights /categories/lights/><crumb Lamp &lt;b&gt; /products/lamp/ last>"))
        let data = try #require(page.split(separator: "<script type=\"application/ld+json\">").last?.split(separator: "</script>").first)
        #expect(data.contains("\"name\":\"Lamp \\u003cb\\u003e\""))
        #expect(
            data.contains(
                "{\"@type\":\"Offer\",\"sku\":\"lamp\",\"name\":\"Lamp \\u003cb\\u003e\",\"price\":\"68.00\",\"priceCurrency\":\"CNY\","
                    + "\"availability\":\"https://schema.org/InStock\",\"url\":\"https://shop.example/products/lamp/\","
                    + "\"itemCondition\":\"https://schema.org/NewCondition\",\"seller\":{\"@type\":\"Organization\",\"name\":\"Tom \\u0026 Co\"}}"
            ))
        #expect(data.contains("\"@type\":\"BreadcrumbList\""))
        #expect(!data.contains("<") && !data.contains("&"))
        #expect(!page.contains("<b>") && !page.contains("noindex"))
        let several = try fixture.read("products/torch/index.html")
        #expect(several.contains("many <input sku=\"torch-s\" Small ¥5.00 first><input sku=\"torch-l\" Large ¥9.50>"))
        #expect(several.contains("<card /products/lamp/ "))
    }

    @Test("Each language has its own pages that know of each other; a missing translation shows the original and says so")
    func languages() throws {
        try fixture.build()
        let english = try fixture.read("products/lamp/index.html")
        let chinese = try fixture.read("zh-CN/products/lamp/index.html")
        for page in [english, chinese] {
            #expect(page.contains("<alt en https://shop.example/products/lamp/><alt zh-CN https://shop.example/zh-CN/products/lamp/>"))
        }
        #expect(chinese.hasPrefix("<html lang=\"zh-CN\"><title>灯 · Tom &amp; Co</title>"))
        #expect(chinese.contains("<to en English /products/lamp/><to zh-CN 中文 /zh-CN/products/lamp/ here>"))
        #expect(chinese.contains("<input gateway=\"test\" 测试>") && chinese.contains("买 灯"))
        #expect(chinese.contains("<link canonical=\"https://shop.example/zh-CN/products/lamp/\">"))
        let untranslated = try fixture.read("zh-CN/products/torch/index.html")
        #expect(untranslated.contains("<h1>Torch</h1>") && untranslated.contains("<a href=\"/zh-CN/\">home</a>"))
        #expect(untranslated.contains("<link canonical=\"https://shop.example/products/torch/\">"))
        #expect(!untranslated.contains("<alt "))
    }

    @Test("Listings are cut into pages of 24 that lead to each other")
    func pagination() throws {
        for number in 10..<60 {
            try fixture.write(
                "content/products/n\(number).md", "---\ntitle: N\(number)\nprice: \"1.00\"\ncategory: many\norder: \(number)\n---\n")
        }
        try fixture.build()
        let first = try fixture.read("categories/many/index.html")
        let second = try fixture.read("categories/many/2/index.html")
        let third = try fixture.read("categories/many/3/index.html")
        #expect(first.contains("<h1>many 50</h1>") && first.contains("N10 ") && first.contains("N33 ") && !first.contains("N34 "))
        #expect(
            first.contains(
                "<page 1 /categories/many/ here><page 2 /categories/many/2/><page 3 /categories/many/3/><next /categories/many/2/>"))
        #expect(!first.contains("<prev"))
        #expect(second.contains("<title>many, page 2 · Tom &amp; Co</title>") && second.contains("<prev /categories/many/>"))
        #expect(third.contains("N58 ") && third.contains("N59 ") && !third.contains("N57 ") && !third.contains("<next"))
        #expect(!fixture.exists("categories/many/4/index.html") && !fixture.exists("categories/many/1/index.html"))
        #expect(try fixture.read("zh-CN/categories/many/2/index.html").contains("many，第 2 页"))
    }

    @Test("The bytes do not depend on how many threads render, nor on a build before", arguments: [2, 5])
    func deterministic(jobs: Int) throws {
        let promoters = [PromoterPage(token: "aaaabbbbccccdddd", name: "Ann"), PromoterPage(token: "eeeeffffgggghhhh")]
        try fixture.build(promoters, jobs: 1)
        let alone = try fixture.snapshot()
        let other = try ShopFixture()
        try other.write("content/products/gone.md", "---\ntitle: Gone\nprice: \"1.00\"\n---\n")
        try other.build(promoters, jobs: jobs)
        try other.remove("content/products/gone.md")
        try other.build(promoters.reversed(), jobs: jobs)
        #expect(try other.snapshot() == alone)
        try other.build(promoters, jobs: jobs, clean: true)
        #expect(try other.snapshot() == alone)
    }

    @Test("A product that is gone takes its pages with it")
    func pruned() throws {
        try fixture.build()
        try fixture.remove("content/products/book.md")
        let report = try fixture.build()
        #expect(report.removed == 4)
        for path in ["products/book", "zh-CN/products/book", "categories/reading", "zh-CN/categories/reading"] {
            #expect(!fixture.exists(path))
        }
        #expect(try !fixture.read("index.html").contains("Book") && !fixture.read("sitemap.xml").contains("book"))
        #expect(fixture.exists("products/lamp/index.html"))
    }

    @Test("A product appears when its day comes")
    func scheduled() throws {
        let request = BuildRequest(out: fixture.out)
        _ = try fixture.site(now: 1_000_000_000).build(request)
        #expect(!fixture.exists("products/lamp/index.html"))
        _ = try fixture.site(now: 1_750_000_000).build(request)
        #expect(fixture.exists("products/lamp/index.html"))
    }

    @Test("Every link inside the site leads somewhere")
    func links() throws {
        try fixture.build([PromoterPage(token: "aaaabbbbccccdddd")])
        #expect(try LinkCheck.check(out: fixture.out) == [])
    }
}
