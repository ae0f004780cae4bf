import Catalog
import Testing

@testable import Storefront

@Suite struct PlacementTests {
    private let fixture: ShopFixture

    init() throws { fixture = try ShopFixture() }

    @Test("A shop below a path of its host leads every link through it")
    func base() throws {
        let yaml = try #require(ShopFixture.files["shop.yaml"])
        try fixture.write("shop.yaml", yaml.replacing("https://shop.example", with: "https://host.example/my/shop"))
        try fixture.build([PromoterPage(token: "aaaabbbbccccdddd")])
        let page = try fixture.read("zh-CN/products/lamp/index.html")
        #expect(page.contains("<link canonical=\"https://host.example/my/shop/zh-CN/products/lamp/\">"))
        #expect(page.contains("<css /my/shop/assets/style.") && page.contains("<a href=\"/my/shop/zh-CN/\">home</a>"))
        #expect(try fixture.read("products/lamp/index.html").contains("<a href=\"/my/shop/pages/terms/\">terms</a>"))
        #expect(try LinkCheck.check(out: fixture.out, base: "/my/shop") == [])
        let server = try StaticServer(root: fixture.out, port: 0, base: "/my/shop")
        defer { server.stop() }
        #expect(LoopbackClient.get("/my/shop/products/lamp", port: server.port).contains("\r\nLocation: /my/shop/products/lamp/\r\n"))
        #expect(LoopbackClient.get("/my/shop/products/lamp/", port: server.port).hasPrefix("HTTP/1.1 200 OK"))
        #expect(LoopbackClient.get("/products/lamp/", port: server.port).hasPrefix("HTTP/1.1 404 Not Found"))
    }

    @Test("An unlisted product has its page and is found nowhere else")
    func unlisted() throws {
        try fixture.write(
            "content/products/book.md", "---\ntitle: Secret\nprice: \"12.00\"\ncategory: lights\ntags: [small]\nstatus: unlisted\n---\n")
        try fixture.build([PromoterPage(token: "aaaabbbbccccdddd")])
        let page = try fixture.read("products/book/index.html")
        #expect(page.contains("<h1>Secret</h1>") && page.contains("<noindex>") && page.contains("<input sku=\"book\""))
        for (path, content) in try fixture.snapshot() where !path.contains("products/book/") && !path.hasPrefix(".keyfront/") {
            #expect(!String(decoding: content, as: UTF8.self).contains("Secret"), "\(path)")
        }
    }

    @Test("A retired product is shown as gone from sale, and promoters are not given it")
    func retired() throws {
        try fixture.write("content/products/book.md", "---\ntitle: Old\nprice: \"12.00\"\ncategory: lights\nstatus: retired\n---\n")
        try fixture.build([PromoterPage(token: "aaaabbbbccccdddd")])
        #expect(try fixture.read("products/book/index.html").contains("\"availability\":\"https://schema.org/Discontinued\""))
        #expect(try !fixture.read("r/aaaabbbbccccdddd/index.html").contains("Old"))
    }

    @Test("The plan names every route from the catalogue alone")
    func plan() throws {
        let plan = Plan(try fixture.site().catalogue)
        #expect(plan.routes.count == 34)
        #expect(Set(plan.routes.map { "\($0.language) \($0.path)" }).count == plan.routes.count)
        #expect(plan.promoterRoutes.map(\.path) == ["r/{token}/poster.svg", "r/{token}/", "r/{token}/"])
        #expect([0, 1, 24, 25, 48, 49].map(Plan.pages) == [1, 1, 1, 2, 2, 3])
    }
}
