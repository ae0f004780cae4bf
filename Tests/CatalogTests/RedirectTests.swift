import Testing

@testable import Catalog

@Suite("Redirects")
struct RedirectTests {
    @Test("Old addresses of products, pages and topics, and those of the list, lead to the end at once, in order")
    func all() throws {
        let catalogue = try load([
            "content/products/lamp.md": "---\ntitle: L\nprice: \"1\"\ncategory: Light\naliases: [/shop/lamp, lantern, /old.html]\n---\n",
            "content/pages/terms.md": "---\ntitle: T\naliases: agb\n---\n",
            "content/categories/light.md": "---\ntitle: Light\naliases: [lights]\n---\n",
            "content/redirects.yaml":
                "/a: /b/\n/b/: /products/lamp/?x=1#y\n/shop/: /\n/blog/: https://blog.example/\n/feed: /feed.xml\n",
        ])
        #expect(
            catalogue.redirects.map { "\($0.from) \($0.to)" } == [
                "/a/ /products/lamp/?x=1#y", "/b/ /products/lamp/?x=1#y", "/blog/ https://blog.example/",
                "/categories/lights/ /categories/light/",
                "/feed/ /feed.xml", "/old.html /products/lamp/", "/pages/agb/ /pages/terms/", "/products/lantern/ /products/lamp/",
                "/shop/ /",
                "/shop/lamp/ /products/lamp/",
            ])
        #expect(try load([:]).redirects.isEmpty)
    }

    @Test("What leads to something hidden leads nowhere for now")
    func hidden() throws {
        let files = [
            "content/products/lamp.md": "---\ntitle: L\nprice: \"1\"\nstatus: draft\naliases: [lantern]\n---\n",
            "content/redirects.yaml": "/x/: /products/lamp/\n",
        ]
        #expect(try load(files).redirects.isEmpty)
        #expect(try load(files, drafts: true).redirects.map(\.from) == ["/products/lantern/", "/x/"])
    }

    @Test("Each mistake is said letter by letter", arguments: mistakes)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let mistakes: [Mistake] = [
        Mistake(
            "Aliases that are no paths", product: "aliases: [Old Lamp, /a/../b, /x?y=1, //evil.example/]",
            """
            content/products/lamp.md:4:11: error: “Old Lamp” is not a path
              aliases: [Old Lamp, /a/../b, /x?y=1, //evil.example/]
                        ^
              hint: write a path of this site, e.g. /old/lamp/
            content/products/lamp.md:4:21: error: “/a/../b” cannot be a path of this site
              aliases: [Old Lamp, /a/../b, /x?y=1, //evil.example/]
                                  ^
              hint: write a path of this site, e.g. /old/lamp/
            content/products/lamp.md:4:30: error: an old path has no “?” and no “#”
              aliases: [Old Lamp, /a/../b, /x?y=1, //evil.example/]
                                           ^
              hint: write a path of this site, e.g. /old/lamp/
            content/products/lamp.md:4:38: error: “//evil.example/” cannot be a path of this site
              aliases: [Old Lamp, /a/../b, /x?y=1, //evil.example/]
                                                   ^
              hint: write a path of this site, e.g. /old/lamp/
            """),
        Mistake(
            "An alias that is a page", product: "aliases: [/products/lamp]",
            """
            content/products/lamp.md:4:11: error: “/products/lamp/” is a page of the shop
              aliases: [/products/lamp]
                        ^
              hint: an old address is one that no page has any more
            """),
        Mistake(
            "An alias twice",
            [
                "content/products/a.md": "---\ntitle: A\nprice: \"1\"\naliases: [/x/]\n---\n",
                "content/products/b.md": "---\ntitle: B\nprice: \"1\"\naliases: [/x]\n---\n",
            ],
            """
            content/products/b.md:4:11: error: “/x/” is redirected twice
              aliases: [/x]
                        ^
              hint: it is first at content/products/a.md:4:11
            """),
        Mistake(
            "Redirects to nothing, in a circle, elsewhere",
            [
                "content/products/lamp.md": "---\ntitle: L\nprice: \"1\"\n---\n",
                "content/redirects.yaml": "/a/: /products/lmap/\n/b/: /c/\n/c/: /b/\n/d/:\n/e/: ftp://x.example\nf: /\n/g/: https://\n",
            ],
            """
            content/redirects.yaml:1:1: error: there is no page “/products/lmap/”
              /a/: /products/lmap/
              ^
              hint: did you mean “/products/lamp/”?
            content/redirects.yaml:2:1: error: “/b/” leads back to itself
              /b/: /c/
              ^
              hint: let it lead to a page
            content/redirects.yaml:3:1: error: “/c/” leads back to itself
              /c/: /b/
              ^
              hint: let it lead to a page
            content/redirects.yaml:4:5: error: “/d/” leads nowhere
              /d/:
                  ^
              hint: write “/d/: /new/”
            content/redirects.yaml:5:6: error: “ftp://x.example” is not a path
              /e/: ftp://x.example
                   ^
              hint: write a path of this site, e.g. /old/lamp/
            content/redirects.yaml:6:1: error: “f” is not a path
              f: /
              ^
              hint: write a path of this site, e.g. /old/lamp/
            content/redirects.yaml:7:6: error: “https://” is not a web address
              /g/: https://
                   ^
              hint: write e.g. https://shop.example/
            """),
        Mistake(
            "A list instead of keys", ["content/redirects.yaml": "- /a/\n"],
            """
            content/redirects.yaml:1:1: error: the file must be a set of keys, not a list
              - /a/
              ^
              hint: write “/old/: /new/”, a line for each
            """),
    ]
}
