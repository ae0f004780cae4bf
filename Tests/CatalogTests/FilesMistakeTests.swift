import Testing

@testable import Catalog

@Suite("What a merchant reads: files")
struct FilesMistakeTests {
    @Test("Each mistake is said letter by letter", arguments: cases)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let cases: [Mistake] = [
        Mistake(
            "A name that cannot stand in an address",
            [
                "content/products/My Lamp.md": #"""
                ---
                title: L
                price: "1"
                ---

                """#
            ],
            #"""
            content/products/My Lamp.md:1:1: error: “My Lamp” cannot stand in an address
              hint: did you mean “my-lamp”?
            """#),
        Mistake(
            "A Chinese file name",
            [
                "content/products/台灯.md": #"""
                ---
                title: L
                price: "1"
                ---

                """#
            ],
            #"""
            content/products/台灯.md:1:1: error: “台灯” cannot stand in an address
              hint: use a-z, 0-9 and “-”
            """#),
        Mistake(
            "One slug twice",
            [
                "content/products/lamp.md": #"""
                ---
                title: L
                price: "1"
                ---

                """#,
                "content/products/lamp/index.md": #"""
                ---
                title: L
                price: "1"
                ---

                """#,
            ],
            #"""
            content/products/lamp.md:1:1: error: “lamp” is taken
              hint: it is also in content/products/lamp/index.md
            """#),
        Mistake(
            "A translation of nothing",
            [
                "content/products/lamp.zh.md": #"""
                ---
                title: L
                ---

                """#
            ],
            #"""
            content/products/lamp.zh.md:1:1: error: a translation of nothing
              hint: the text in en must be in lamp.md or lamp/index.md
            """#),
        Mistake(
            "A language the shop does not have",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                order: 1
                ---

                """#,
                "content/products/lamp.fr.md": #"""
                ---
                title: L
                ---

                """#,
            ],
            #"""
            content/products/lamp.fr.md:1:1: error: the shop has no language “fr”
              hint: languages of the shop: en, zh-CN
            """#),
        Mistake(
            "A translation into the first language",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                order: 1
                ---

                """#,
                "content/products/lamp.en.md": #"""
                ---
                title: L
                ---

                """#,
            ],
            #"""
            content/products/lamp.en.md:1:1: error: en is the shop's first language
              hint: its text is the file without “.en”
            """#),
        Mistake(
            "Two texts of one language",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                order: 1
                ---

                """#,
                "content/products/lamp.zh.md": #"""
                ---
                title: L
                ---

                """#,
                "content/products/lamp.zh-CN.md": #"""
                ---
                title: L
                ---

                """#,
            ],
            #"""
            content/products/lamp.zh.md:1:1: error: there is another text in zh-CN
              hint: it is in content/products/lamp.zh-CN.md
            """#),
        Mistake(
            "A price in a translation",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                order: 1
                ---

                """#,
                "content/products/lamp.zh.md": #"""
                ---
                title: 灯
                price: "1"
                ---

                """#,
            ],
            #"""
            content/products/lamp.zh.md:3:1: error: “price” cannot be translated
              price: "1"
              ^
              hint: it is said once, in the file of the first language
            """#),
        Mistake(
            "A translated variant that does not exist",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                variants: [{sku: lamp-1, title: One}]
                ---

                """#,
                "content/products/lamp.zh.md": #"""
                ---
                title: 灯
                variants: [{sku: lamp1, title: 一}]
                ---

                """#,
            ],
            #"""
            content/products/lamp.zh.md:3:18: error: the product has no variant “lamp1”
              variants: [{sku: lamp1, title: 一}]
                               ^
              hint: did you mean “lamp-1”?
            """#),
        Mistake(
            "A folder without index.md",
            [
                "content/products/lamp/readme.md": #"""
                x
                """#
            ],
            #"""
            content/products/lamp:1:1: error: this folder has no index.md
              hint: the text in en is lamp/index.md
            """#),
        Mistake(
            "A page with an unknown key",
            [
                "content/pages/terms.md": #"""
                ---
                title: T
                navv: true
                ---

                """#
            ],
            #"""
            content/pages/terms.md:3:1: error: unknown key “navv”
              navv: true
              ^
              hint: did you mean “nav”?
            """#),
        Mistake(
            "Mistakes of several files at once, sorted",
            [
                "content/products/b.md": #"""
                ---
                title: B
                pric: "1"
                ---

                """#,
                "content/products/a.md": #"""
                ---
                title: A
                price: "x"
                order: first
                ---

                """#,
                "content/pages/z.md": #"""
                x
                """#,
            ],
            #"""
            content/pages/z.md:1:1: error: the front matter is missing
              x
              ^
              hint: begin the file with a line “---”, keys, and a second line “---”
            content/products/a.md:3:8: error: “x” is not an amount
              price: "x"
                     ^
              hint: write digits with a point, e.g. "68.00"
            content/products/a.md:4:8: error: “order” must be a whole number from -1000000 to 1000000
              order: first
                     ^
            content/products/b.md:2:1: error: “price” is missing
              title: B
              ^
              hint: e.g. price: "68.00"
            content/products/b.md:3:1: error: unknown key “pric”
              pric: "1"
              ^
              hint: did you mean “price”?
            """#),
    ]
}
