import Testing

@testable import Catalog

@Suite("What a merchant reads: body")
struct BodyMistakeTests {
    /// A shop's files, and the text of all that is said about them.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let files: [String: String]
        let text: String

        init(_ name: String, _ files: [String: String], _ text: String) {
            testDescription = name
            self.files = files
            self.text = text
        }
    }

    @Test("Each mistake is said letter by letter", arguments: cases)
    func message(_ example: Case) {
        #expect(complaint(example.files) == example.text)
    }

    static let cases: [Case] = [
        Case(
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
        Case(
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
        Case(
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
        Case(
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
        Case(
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
        Case(
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
        Case(
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
        Case(
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
        Case(
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
