import CCmark
import Foundation
import Testing

@testable import Catalog

@Suite("Markdown")
struct MarkdownTests {
    @Test("A table with alignment and mark-up in its cells")
    func table() throws {
        let text = """
            Before

            | Plan | *Keys* | Price |
            |:-----|:------:|------:|
            | **A** | 1 \\| 2 | ¥68 |
            | ~~B~~ | `a\\|b` |
            """
        #expect(
            try html(text) == """
                <p>Before</p>
                <table>
                <thead>
                <tr>
                <th align="left">Plan</th>
                <th align="center"><em>Keys</em></th>
                <th align="right">Price</th>
                </tr>
                </thead>
                <tbody>
                <tr>
                <td align="left"><strong>A</strong></td>
                <td align="center">1 | 2</td>
                <td align="right">¥68</td>
                </tr>
                <tr>
                <td align="left"><del>B</del></td>
                <td align="center"><code>a|b</code></td>
                <td align="right"></td>
                </tr>
                </tbody>
                </table>

                """)
    }

    @Test(
        "Without our additions the HTML is libcmark's own, byte for byte",
        arguments: [
            "# not an id\n".replacing("# not an id\n", with: "para\nline  \nbreak\\\nhard"),
            "* a\n* b\n\n  c\n\n1. x\n2. y\n   - z\n\n7) seven\n",
            "> quote\n> more\n>\n> > nested\n\n---\n\n    code <x> & \"y\"\n\n``` swift extra\nlet a = 1 < 2\n```\n\n```\nplain\n```\n",
            "[a](https://x.example/?a=1&b='2' \"ti<t>le\") <https://auto.example/ü> `code \\~ &` **b *i* b** &copy; &#x4e2d;\n",
            "[ref]: https://r.example/a%20b\n\n[ref] and [*t*][ref] a_b_c __x__ ***y***\n",
            "- [mail](mailto:a@b.example)\n- 中文**粗体**文字\n",
            "a | b\nc | d\n", "a ~ b ~~~ c ~~ d\n", "\\*not\\* \\~tilde\\~\n",
        ])
    func differential(_ text: String) throws {
        let expected = try #require(cmark_markdown_to_html(text, text.utf8.count, CMARK_OPT_DEFAULT))
        defer { free(expected) }
        #expect(try html(text) == String(cString: expected))
    }
}
