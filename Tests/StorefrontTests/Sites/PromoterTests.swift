import Testing

@testable import Storefront

@Suite struct PromoterTests {
    private let fixture: ShopFixture
    private let ann = PromoterPage(token: "aaaabbbbccccdddd", name: "Ann <3", message: "Buy \"it\"")
    private let bob = PromoterPage(token: "eeeeffffgggghhhh")

    init() throws { fixture = try ShopFixture() }

    @Test("A landing page has each product's buy form with the promoter's token in it, and is kept out of search engines")
    func landing() throws {
        try fixture.build([ann, bob])
        for (path, prefix) in [("r/aaaabbbbccccdddd/index.html", ""), ("zh-CN/r/aaaabbbbccccdddd/index.html", "/zh-CN")] {
            let page = try fixture.read(path)
            #expect(page.split(separator: "<input name=\"ref\" value=\"aaaabbbbccccdddd\">").count == 4)
            #expect(page.contains("<from Ann &lt;3><says Buy &quot;it&quot;><poster /r/aaaabbbbccccdddd/poster.svg>"))
            #expect(page.contains("<noindex>") && page.contains("<link canonical=\"https://shop.example\(prefix)/\">"))
            #expect(page.contains("<card \(prefix)/products/torch/?ref=aaaabbbbccccdddd "))
            #expect(!page.contains("kfslot") && !page.contains("eeeeffff"))
        }
        let other = try fixture.read("r/eeeeffffgggghhhh/index.html")
        #expect(!other.contains("<from") && !other.contains("<says") && !other.contains("Ann") && !other.contains("aaaabbbb"))
        #expect(try fixture.read("r/aaaabbbbccccdddd/poster.svg").contains(">Ann &lt;3</text>"))
        for shared in ["sitemap.xml", "index.html", "search.json", "catalog.json", "feed.xml"] {
            #expect(try !fixture.read(shared).contains("aaaabbbb"))
        }
    }

    @Test("Publishing one promoter on a standing site gives the same bytes as a build with them")
    func published() throws {
        try fixture.build([ann, bob])
        let together = try fixture.snapshot()
        let other = try ShopFixture()
        try other.build([ann])
        let report = try other.site().publishPromoter(bob, BuildRequest(out: other.out, paymentOrigins: ["https://pay.example/x"]))
        #expect(report.pages == 2 && report.written == 3 && report.removed == 0)
        #expect(try other.snapshot() == together)
        let again = try other.site().publishPromoter(bob, BuildRequest(out: other.out, paymentOrigins: ["https://pay.example/x"]))
        #expect(again.written == 0)
    }

    @Test("A promoter who was published stays until a build does not name them")
    func removed() throws {
        try fixture.build()
        _ = try fixture.site().publishPromoter(ann, BuildRequest(out: fixture.out))
        #expect(fixture.exists("r/aaaabbbbccccdddd/index.html"))
        #expect(try fixture.build().removed == 3)
        #expect(!fixture.exists("r"))
    }

    @Test("Nothing is published for a promoter on a site that is not there, or under a name that is no token")
    func refused() throws {
        var error = #expect(throws: SiteError.self) { try fixture.site().publishPromoter(ann, BuildRequest(out: fixture.out)) }
        #expect(error?.code == .notPublished)
        try fixture.build()
        let before = try fixture.snapshot()
        error = #expect(throws: SiteError.self) {
            try fixture.site().publishPromoter(PromoterPage(token: "../../escape"), BuildRequest(out: fixture.out))
        }
        #expect(error?.code == .invalidName)
        error = #expect(throws: SiteError.self) { try fixture.build([ann, ann]) }
        #expect(error?.code == .collision)
        #expect(try fixture.snapshot() == before)
    }

    @Test("With full pages each product has one that carries the token; with none there is nothing")
    func kinds() throws {
        let yaml = try #require(ShopFixture.files["shop.yaml"])
        try fixture.write("shop.yaml", String(yaml.dropLast("landing}".count)) + "full}\n")
        try fixture.build([ann])
        let page = try fixture.read("r/aaaabbbbccccdddd/products/torch/index.html")
        #expect(page.contains("<input name=\"ref\" value=\"aaaabbbbccccdddd\">") && page.contains("<noindex>"))
        #expect(page.contains("<link canonical=\"https://shop.example/products/torch/\">"))
        #expect(try fixture.read("r/aaaabbbbccccdddd/index.html").contains("<card /r/aaaabbbbccccdddd/products/torch/ "))
        #expect(fixture.exists("zh-CN/r/aaaabbbbccccdddd/products/lamp/index.html"))
        #expect(try LinkCheck.check(out: fixture.out) == [])
        try fixture.write("shop.yaml", String(yaml.dropLast("landing}".count)) + "none}\n")
        try fixture.build([ann])
        #expect(!fixture.exists("r") && !fixture.exists("zh-CN/r"))
    }
}
