import Catalog
import Testing

@testable import Storefront

@Suite struct BrokenShopTests {
    private let fixture: ShopFixture

    init() throws { fixture = try ShopFixture() }

    /// Builds, expects a refusal with these words, and expects the site to be as it was, byte for byte.
    private func refusal(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
        let before = try fixture.snapshot()
        let error = #expect(throws: SiteError.self, sourceLocation: sourceLocation) { try fixture.build() }
        #expect(error?.description == text, sourceLocation: sourceLocation)
        #expect(try fixture.snapshot() == before, sourceLocation: sourceLocation)
    }

    @Test("A broken product is told by file, line and column, and the old site stands")
    func product() throws {
        try fixture.build()
        try fixture.write("content/products/book.md", "---\ntitle: Book\nprise: \"12.00\"\ncategory: reading\n---\n")
        try refusal(
            """
            content/products/book.md:2:1: error: “price” is missing
              title: Book
              ^
              hint: e.g. price: "68.00"
            content/products/book.md:3:1: error: unknown key “prise”
              prise: "12.00"
              ^
              hint: did you mean “price”?
            """)
    }

    @Test("A name that a page does not have is told where the theme uses it, and the old site stands")
    func template() throws {
        try fixture.build()
        try fixture.write("templates/pages/page.html", "{{>head}}\n<h1>{{document.tittle}}</h1>\n")
        try refusal(
            """
            templates/pages/page.html:2:7: error: “document” is a record without “tittle”
              <h1>{{document.tittle}}</h1>
                    ^
              hint: did you mean “document.title”?
            """)
    }

    @Test("Mistakes in the shop, the products, the theme and its style sheets come together, in the order of files")
    func everything() throws {
        try fixture.build()
        let before = try fixture.snapshot()
        try fixture.write("content/products/book.md", "---\ntitle: Book\nprice: \"12,00\"\n---\n")
        try fixture.write("templates/pages/page.html", "{{>heads}}\n")
        try fixture.write("templates/assets/style.css", "a{}\nb{background:url(none.png)}\nc{background:url(https://cdn.example/x.png)}\n")
        let error = #expect(throws: SiteError.self) { try fixture.build() }
        #expect(
            error?.diagnostics.map { "\($0.location)" } == [
                "content/products/book.md:3:8", "templates/assets/style.css:2:18", "templates/assets/style.css:3:18",
                "templates/pages/page.html:1:4",
            ])
        #expect(
            error?.diagnostics[1].description == """
                templates/assets/style.css:2:18: error: there is no asset “none.png”
                  b{background:url(none.png)}
                                   ^
                  hint: put the file into templates/assets, or mend the address
                """)
        #expect(
            error?.diagnostics[2].message == "“https://cdn.example/x.png” is on another host")
        #expect(try fixture.snapshot() == before)
    }

    @Test("Style sheets that import each other in a circle are told")
    func circle() throws {
        try fixture.write("templates/assets/a.css", "@import \"b.css\";")
        try fixture.write("templates/assets/b.css", "@import \"a.css\";")
        let error = #expect(throws: SiteError.self) { try fixture.build() }
        #expect(error?.diagnostics.map(\.message) == ["the style sheets import each other in a circle"])
    }

    @Test("A theme without a page that every site needs is told which")
    func missingTemplate() throws {
        try fixture.remove("templates/pages/landing.html")
        let error = #expect(throws: SiteError.self) { try fixture.build() }
        #expect(
            error?.description
                == "templates/pages/landing.html:1:1: error: the theme has no such template\n  hint: copy it from the default theme")
        #expect(!fixture.exists("index.html"))
    }

    @Test("A picture that vanished between reading and building leaves the old site")
    func vanished() throws {
        try fixture.build()
        let site = try fixture.site()
        try fixture.remove("content/products/lamp/cover.svg")
        let before = try fixture.snapshot()
        let error = #expect(throws: SiteError.self) { try site.build(BuildRequest(out: fixture.out)) }
        #expect(error?.code == .file)
        #expect(try fixture.snapshot() == before)
    }
}
