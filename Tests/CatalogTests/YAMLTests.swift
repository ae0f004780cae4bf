import Testing

@testable import Catalog

@Suite("YAML")
struct YAMLTests {
    @Test("Documents made to take for ever are refused at once")
    func bombs() throws {
        var laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            laughs += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
        }
        let text = try #require(complaint(["shop.yaml": plainShop + laughs]))
        #expect(text.hasPrefix("shop.yaml:6:5: error: anchors and aliases are not read\n"))
        #expect(complaint(["shop.yaml": plainShop + laughs + "? *a30\n: x\n"])?.contains("anchors and aliases") == true)
    }

    @Test("Nesting has an end", arguments: ["[", "{a: ", "- ", "? "])
    func nesting(_ opening: String) throws {
        let text = try #require(complaint(product: "tags: " + String(repeating: opening, count: 20_000)))
        #expect(text.contains("content/products/lamp.md:"))
    }

    @Test("Stars and ampersands in a text are no anchors")
    func text() throws {
        #expect(complaint(product: "summary: Tom &Jerry *and* R&D\nfaq: [{question: \"*why*?\", answer: '&b'}]") == nil)
    }

    @Test("Keys that Unicode holds equal stand twice")
    func canonical() throws {
        let text = try #require(complaint(product: "caf\u{E9}: 1\n\"cafe\u{301}\": 2"))
        #expect(text.contains("stands here twice"))
    }

    @Test("A key that is written twice further in is found there")
    func nestedRepeat() throws {
        #expect(
            complaint(product: "stock:\n  low: 1\n  \"low\": 2") == """
                content/products/lamp.md:6:3: error: “low” stands here twice
                    "low": 2
                    ^
                  hint: it is first at line 5
                """)
    }

    @Test("A second document is refused, a comment and an empty value are not")
    func documents() throws {
        #expect(complaint(["shop.yaml": plainShop + "---\na: b\n"])?.contains("error: a second document begins here") == true)
        #expect(complaint(product: "variants:")?.hasPrefix("content/products/lamp.md:4:1: error: “variants” is empty\n") == true)
        #expect(complaint(product: "# comment\ncategory:\ntags:\nstock:") == nil)
    }

    @Test("A list or a set as a key is refused")
    func keys() throws {
        #expect(complaint(product: "? [a, b]\n: c")?.contains("error: a key must be a text, not a list or a set of keys") == true)
    }

    @Test("Block texts keep or fold their lines")
    func blocks() throws {
        let catalogue = try load(["content/products/lamp.md": "---\ntitle: >-\n  A\n  lamp\nprice: \"1\"\nsummary: |-\n  one\n  two\n---\n"]
        )
        let text = try #require(catalogue.products.first).text("en")
        #expect(text.title == "A lamp" && text.summary == "one\ntwo")
    }
}
