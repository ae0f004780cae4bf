import Catalog
import Testing

@testable import Storefront

@Suite("Related products")
struct RelatedTests {
    private static func product(_ tags: String, _ more: String = "") -> String {
        "---\ntitle: P\nprice: \"1\"\ntags: [\(tags)]\n\(more)---\n"
    }

    @Test("Those named alone; else those bought together, then those with most tags in common, then those that follow in the category")
    func related() throws {
        let catalogue = try Catalogue.load(
            files: [
                "shop.yaml": "name: L\nurl: https://shop.example\ncurrency: CNY\n",
                "content/products/a.md": Self.product("x, y, z"), "content/products/b.md": Self.product("x, y"),
                "content/products/c.md": Self.product("x"), "content/products/d.md": Self.product("z, y, q"),
                "content/products/e.md": Self.product("q", "related: [c]\n"),
                "content/products/f.md": Self.product("x, y, z", "status: unlisted\n"),
                "content/products/g.md": Self.product("x, y, z", "status: retired\n"),
                "content/products/h.md": Self.product("", "category: K\n"), "content/products/i.md": Self.product("", "category: K\n"),
                "content/products/j.md": Self.product("", "category: K\n"),
                "content/data/bought-together.csv": "sku,sku,count\nc,a,3\na,gone,99\nf,a,7\nh,a,1\n",
            ], now: 0)
        let plan = Plan(catalogue)
        func names(_ slug: String) -> [String] {
            plan.related(catalogue.products.firstIndex { $0.slug == slug } ?? 0, catalogue).map { catalogue.products[$0].slug }
        }
        #expect(names("a") == ["c", "h", "b", "d"])
        #expect(names("b") == ["a", "c", "d"])
        #expect(names("e") == ["c"])
        #expect(names("i") == ["j", "h"])
    }

    @Test("A tag that every product carries is no relation")
    func common() throws {
        var files = ["shop.yaml": "name: L\nurl: https://shop.example\ncurrency: CNY\n"]
        for number in 100...305 { files["content/products/p\(number).md"] = Self.product(number < 102 ? "all, rare" : "all") }
        let catalogue = try Catalogue.load(files: files, now: 0)
        let plan = Plan(catalogue)
        #expect(plan.related(0, catalogue) == [1] && plan.related(50, catalogue).isEmpty)
    }
}
