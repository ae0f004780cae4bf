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
            "para\nline  \nbreak\\\nhard",
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

    @Test(
        "Strikethrough",
        arguments: [
            ("~~old~~ new", "<p><del>old</del> new</p>\n"),
            ("中文~~旧价~~新价", "<p>中文<del>旧价</del>新价</p>\n"),
            ("~~a *b* `c`~~", "<p><del>a <em>b</em> <code>c</code></del></p>\n"),
            ("*~~a~~*", "<p><em><del>a</del></em></p>\n"),
            ("~~a\nb~~", "<p><del>a\nb</del></p>\n"),
            ("~~a~~ and ~~b~~", "<p><del>a</del> and <del>b</del></p>\n"),
            ("~~ a ~~", "<p>~~ a ~~</p>\n"),
            ("~~a", "<p>~~a</p>\n"),
            ("b ~~~a~~~", "<p>b ~~~a~~~</p>\n"),
            ("\\~~a~~ \\~\\~b", "<p>~~a~~ ~~b</p>\n"),
            ("`~~a~~` `\\~`", "<p><code>~~a~~</code> <code>\\~</code></p>\n"),
            ("~~*a~~*", "<p>~~<em>a~~</em></p>\n"),
            ("# ~~a~~ b", "<h1 id=\"a-b\"><del>a</del> b</h1>\n"),
        ])
    func strikethrough(_ markdown: String, _ expected: String) throws {
        #expect(try html("x\n\n" + markdown) == "<p>x</p>\n" + expected)
    }

    @Test("Headings have ids of any script, each its own")
    func headings() throws {
        let body = "## What you get\n## What *you* get!\n### 你会得到什么？\n## ???\n## What you get 2\n"
        let catalogue = try load(["content/pages/p.md": "---\ntitle: P\n---\n" + body])
        let headings = try #require(catalogue.pages.first).text("en").headings
        #expect(headings.map(\.id) == ["what-you-get", "what-you-get-2", "你会得到什么", "section", "what-you-get-2-2"])
        #expect(headings.map(\.level) == [2, 2, 3, 2, 2])
        #expect(headings[1].title == "What you get!")
    }

    @Test("Files named in a text can be given their addresses afterwards")
    func references() throws {
        let body =
            "![A \"cut\"](img/a%20b.png \"T\") [Terms](/pages/terms/#x) [Other](notes.pdf#top) [Out](https://o.example/) [Here](#here)\n"
        let catalogue = try load([
            "content/products/lamp/index.md": "---\ntitle: L\nprice: \"1\"\n---\n" + body, "content/products/lamp/img/a b.png": "",
            "content/products/lamp/notes.pdf": "",
        ])
        let text = try #require(catalogue.products.first).text("en").body
        #expect(text.references.map(\.path) == ["content/products/lamp/img/a b.png", "/pages/terms/", "content/products/lamp/notes.pdf"])
        #expect(text.references.map(\.suffix) == ["", "#x", "#top"] && text.references.map(\.kind) == [.image, .link, .link])
        let resolved = String(decoding: text.resolved { $0.kind == .image ? "/assets/1.png?a&\"b" : nil }, as: UTF8.self)
        #expect(
            resolved
                == "<p><img src=\"/assets/1.png?a&amp;&quot;b\" alt=\"A &quot;cut&quot;\" title=\"T\" /> <a href=\"/pages/terms/#x\">Terms</a> "
                + "<a href=\"notes.pdf#top\">Other</a> <a href=\"https://o.example/\">Out</a> <a href=\"#here\">Here</a></p>\n")
    }

    @Test(
        "A target that a browser would run or follow elsewhere is refused",
        arguments: [
            "[x](javascript:alert(1))", "[x](JAVASCRIPT:x)", "[x](&#106;avascript:x)", "[x](<java\tscript:x>)",
            "[x](data:text/html;base64,x)", "<vbscript:x>",
            "[x](//evil.example)", "[x](/\\\\evil.example)", "[x](file:///etc/passwd)", "![x](data:image/png;base64,x)",
            "![x](//evil.example/x.png)",
            "[x][r]\n\n[r]: javascript:x", "![x](/etc/passwd)", "![x](../../shop.yaml)", "![]()", "[x](..%2f..%2fshop.yaml)", "![x](a%00b)",
        ])
    func refused(_ markdown: String) throws {
        let text = try #require(complaint(product: "order: 1", body: markdown))
        #expect(text.contains("content/products/lamp.md:6:1: error: "))
    }

    @Test("Raw HTML is left out, its text stays, comments go unnoticed")
    func rawHTML() throws {
        #expect(
            try html("a <script>x</script> <!-- no --> b\n\n<!-- block -->\n\n<iframe src=x></iframe>\n\nend")
                == "<p>a x  b</p>\n<p>end</p>\n")
        #expect(complaint(product: "order: 1", body: "a <!-- no --> b\n\n<!-- block -->\n") == nil)
    }

    @Test("Tables stand in quotes and lists, after text, with links defined elsewhere")
    func tablePlaces() throws {
        let table =
            "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
        #expect(try html("> | a | b |\n> |---|---|\n> | 1 | 2 |\n") == "<blockquote>\n\(table)</blockquote>\n")
        #expect(try html("- | a | b |\n  |---|---|\n  | 1 | 2 |\n") == "<ul>\n<li>\n\(table)</li>\n</ul>\n")
        #expect(try html("Text *here*\na | b\n--|--\n1 | 2\n") == "<p>Text <em>here</em></p>\n\(table)")
        #expect(try html("a | b\n--|--\n").hasSuffix("</thead>\n</table>\n"))
        let linked = try html("| a |\n|---|\n| [x][r] `r` # - 1. |\n\n[r]: https://r.example\n")
        #expect(linked.contains("<td><a href=\"https://r.example\">x</a> <code>r</code> # - 1.</td>"))
        #expect(try html("| # a |\n|---|\n| - b |\n").contains("<th># a</th>"))
        #expect(try html("```\n| a |\n|---|\n```\n") == "<pre><code>| a |\n|---|\n</code></pre>\n")
        #expect(try html("| a |\n|---|\n| <b>x</b> |\n").contains("<td>x</td>"))
    }

    @Test("Texts larger than a block of memory, and tables of thousands of cells, come out whole")
    func large() throws {
        let line = "A *word* and [a link](https://x.example/) ~~and~~ `code`.\n\n"
        let many = try html(String(repeating: line, count: 5000))
        let part = "<em>word</em> and <a href=\"https://x.example/\">a link</a> <del>and</del> <code>code</code>."
        #expect(many.components(separatedBy: part).count == 5001)
        let cells = "| *a* | b |\n|---|---|\n" + String(repeating: "| **x** | <https://y.example/> |\n", count: 3000)
        #expect(try html(cells).components(separatedBy: "<strong>x</strong>").count == 3001)
        #expect(try html("short") == "<p>short</p>\n")
    }

    @Test("A text may nest as deep as it is long")
    func deep() throws {
        let text = try html(String(repeating: "> ", count: 20_000) + "a\n\n" + String(repeating: "*a **b ", count: 2000))
        #expect(text.hasPrefix("<blockquote>\n<blockquote>"))
        #expect(try html(String(repeating: "[", count: 50_000)).count == 50_008)
        #expect(try html(String(repeating: "| ", count: 2000) + "|\n" + String(repeating: "|-", count: 2000) + "|\n").hasPrefix("<table>"))
    }
}
