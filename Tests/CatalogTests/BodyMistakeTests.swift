import Testing

@testable import Catalog

@Suite("What a merchant reads: body")
struct BodyMistakeTests {
    @Test("Each mistake is said letter by letter", arguments: cases)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let cases: [Mistake] = [
        Mistake(
            "Raw HTML",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"

                ---
                Text <b>bold</b> text.

                <div>
                block
                </div>

                """#
            ],
            #"""
            content/products/lamp.md:6:6: warning: raw HTML is left out
              Text <b>bold</b> text.
                   ^
              hint: write Markdown; put “\” before a “<” that is meant as text
            content/products/lamp.md:6:13: warning: raw HTML is left out
              Text <b>bold</b> text.
                          ^
              hint: write Markdown; put “\” before a “<” that is meant as text
            content/products/lamp.md:8:1: warning: raw HTML is left out
              <div>
              ^
              hint: write Markdown; put “\” before a “<” that is meant as text
            """#),
        Mistake(
            "A link to a script",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"

                ---
                Click [here](JavaScript:alert(1)) now.

                """#
            ],
            #"""
            content/products/lamp.md:6:7: error: a link may not begin with “javascript:”
              Click [here](JavaScript:alert(1)) now.
                    ^
              hint: use https:, mailto: or tel:, or a path of the site
            """#),
        Mistake(
            "A picture from another machine",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"

                ---
                灯 ![x](https://evil.example/x.png)

                """#
            ],
            #"""
            content/products/lamp.md:6:3: error: an image must be a file of the shop
              灯 ![x](https://evil.example/x.png)
                 ^
              hint: another machine would see every visitor; put the file beside this one
            """#),
        Mistake(
            "A picture that is not there",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"

                ---
                a

                ![x](no.png)

                """#
            ],
            #"""
            content/products/lamp.md:8:1: error: “no.png”: there is no such file
              ![x](no.png)
              ^
              hint: it is looked for at content/products/no.png
            """#),
        Mistake(
            "A link to a file that is not there",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"

                ---
                [x](other.md)

                """#
            ],
            #"""
            content/products/lamp.md:6:1: error: “other.md”: there is no such file
              [x](other.md)
              ^
              hint: it is looked for at content/products/other.md
            """#),
        Mistake(
            "A table whose delimiter row is too short",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"

                ---
                | a | b |
                |---|

                """#
            ],
            #"""
            content/products/lamp.md:7:1: warning: this is not read as a table: 2 cells above, 1 here
              |---|
              ^
              hint: write one “---” for each cell
            """#),
        Mistake(
            "A row with a cell too many",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"

                ---
                | a | b |
                |---|---|
                | 1 | 2 | 3 |

                """#
            ],
            #"""
            content/products/lamp.md:8:11: warning: this row has 3 cells, the table 2 columns
              | 1 | 2 | 3 |
                        ^
              hint: write “\|” for a “|” in a cell
            """#),
        Mistake(
            "A script in a cell of a table",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"

                ---
                | a | b |
                |---|---|
                | 1 | [x](data:text/html,x) |

                """#
            ],
            #"""
            content/products/lamp.md:8:7: error: a link may not begin with “data:”
              | 1 | [x](data:text/html,x) |
                    ^
              hint: use https:, mailto: or tel:, or a path of the site
            """#),
        Mistake(
            "A mistake in an answer",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                faq:
                  - question: Why?
                    answer: "[x](vbscript:y)"
                ---

                """#
            ],
            #"""
            content/products/lamp.md:6:13: error: a link may not begin with “vbscript:”
                  answer: "[x](vbscript:y)"
                          ^
              hint: use https:, mailto: or tel:, or a path of the site
            """#),
    ]
}
