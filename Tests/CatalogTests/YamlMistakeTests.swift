import Testing

@testable import Catalog

@Suite("What a merchant reads: yaml")
struct YamlMistakeTests {
    @Test("Each mistake is said letter by letter", arguments: cases)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let cases: [Mistake] = [
        Mistake(
            "An anchor",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                summary: &a x
                category: *a
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:10: error: anchors and aliases are not read
              summary: &a x
                       ^
              hint: write the value out where it is needed
            """#),
        Mistake(
            "An alias without an anchor",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                category: *a
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:11: error: anchors and aliases are not read
              category: *a
                        ^
              hint: put the value in quotes if it begins with “*”
            """#),
        Mistake(
            "A tag",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                summary: !!int 5
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:10: error: tags (“!…”) are not read
              summary: !!int 5
                       ^
              hint: put the value in quotes if it begins with “!”
            """#),
        Mistake(
            "A colon in a text",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                summary: Bright: very
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:16: error: unexpected “:”
              summary: Bright: very
                             ^
              hint: put the value in quotes if it holds a colon; check the indentation
            """#),
        Mistake(
            "A quote left open",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                summary: "Bright
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:10: error: this quote is not closed
              summary: "Bright
                       ^
            """#),
        Mistake(
            "A list left open",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                tags: [a, b
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:7: error: this list is not closed
              tags: [a, b
                    ^
              hint: separate with “,” and end with “]”
            """#),
        Mistake(
            "A tab as indentation",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                stock:
                \#tlow: 5
                ---

                """#
            ],
            #"""
            content/products/lamp.md:5:1: error: a tab cannot indent
               low: 5
              ^
              hint: use spaces
            """#),
        Mistake(
            "A value that begins with an at sign",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                summary: @home
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:10: error: a value cannot begin with “@”
              summary: @home
                       ^
              hint: put the value in quotes
            """#),
        Mistake(
            "A key without a colon",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                summary
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:1: error: “:” is missing after the key
              summary
              ^
              hint: write “key: value”, with a space after the colon
            """#),
        Mistake(
            "A wide text before the mistake",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                stock: {灯灯: 1}
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:9: error: unknown key “灯灯”
              stock: {灯灯: 1}
                      ^
              hint: known keys: low, cap
            """#),
        Mistake(
            "No front matter",
            [
                "content/products/lamp.md": #"""
                # Lamp

                """#
            ],
            #"""
            content/products/lamp.md:1:1: error: the front matter is missing
              # Lamp
              ^
              hint: begin the file with a line “---”, keys, and a second line “---”
            """#),
        Mistake(
            "Front matter left open",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp

                """#
            ],
            #"""
            content/products/lamp.md:1:1: error: the front matter is not closed
              ---
              ^
              hint: end it with a line “---”
            """#),
        Mistake(
            "A list as front matter",
            [
                "content/products/lamp.md": #"""
                ---
                - title
                ---

                """#
            ],
            #"""
            content/products/lamp.md:2:1: error: the file must be a set of keys, not a list
              - title
              ^
              hint: known keys: title, summary, category, tags, sku, price, currency, compare_at, variants, delivery, stock, limits, commission, tiers, valid_days, images, image_texts, related, order, status, publish_at, expires_at, faq, aliases
            """#),
        Mistake(
            "An invisible line separator",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                summary: a\#u{2028}b
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:11: error: invisible character U+2028
              summary: a\#u{2028}b
                        ^
              hint: delete it
            """#),
    ]
}
