import Testing

@testable import Catalog

@Suite("What texts have beyond CommonMark")
struct ShortcodeTests {
    /// The body of a product, its inserts shown in braces and its addresses in angles.
    private func resolved(_ markdown: String) throws -> String {
        let catalogue = try load([
            "content/products/lamp/index.md": "---\ntitle: Lamp\nprice: \"68.00\"\n---\n" + markdown, "content/products/lamp/tour.mp4": "",
        ])
        let prose = try #require(catalogue.products.first).text("en").body
        let html = prose.resolved(
            { reference in
                switch reference.kind {
                case .buy: "/buy/\(reference.path)"
                case .film: "/assets/\(reference.path)"
                case .image, .link: nil
                }
            },
            insert: { kind in
                switch kind {
                case .price(let sku): "{price \(sku)}"
                case .word(let word): "{\(word)}"
                }
            })
        return String(decoding: html, as: UTF8.self)
    }

    @Test(
        "Prices and buttons",
        arguments: [
            ("It costs <price:lamp>.", "<p>It costs <span class=\"price\">{price lamp}</span>.</p>\n"),
            (
                "**<price:lamp>** [T](/pages/t/)",
                "<p><strong><span class=\"price\">{price lamp}</span></strong> <a href=\"/pages/t/\">T</a></p>\n"
            ),
            ("<buy:lamp>", "<p><a class=\"button buy\" href=\"/buy/lamp\">{buy_here}</a></p>\n"),
            ("[](buy:lamp)", "<p><a class=\"button buy\" href=\"/buy/lamp\">{buy_here}</a></p>\n"),
            ("[Get *it*](buy:lamp) now", "<p><a class=\"button buy\" href=\"/buy/lamp\">Get <em>it</em></a> now</p>\n"),
            (
                "| a | b |\n|---|---|\n| x | <price:lamp> <buy:lamp> |\n",
                "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>x</td>\n"
                    + "<td><span class=\"price\">{price lamp}</span> <a class=\"button buy\" href=\"/buy/lamp\">{buy_here}</a></td>\n</tr>\n</tbody>\n</table>\n"
            ),
            ("`<price:lamp>` \\<price:lamp>", "<p><code>&lt;price:lamp&gt;</code> &lt;price:lamp&gt;</p>\n"),
        ])
    func prices(_ markdown: String, _ expected: String) throws {
        #expect(try resolved(markdown) == expected)
    }

    @Test(
        "Boxes and questions",
        arguments: [
            (
                "> [!NOTE]\n> A *word*.\n>\n> Another.",
                "<aside class=\"notice notice-note\">\n<p class=\"notice-title\">{notice_note}</p>\n<p>A <em>word</em>.</p>\n<p>Another.</p>\n</aside>\n"
            ),
            (
                "> [!warning] Read **this**\n> Once.",
                "<aside class=\"notice notice-warning\">\n<p class=\"notice-title\">Read <strong>this</strong></p>\n<p>Once.</p>\n</aside>\n"
            ),
            (
                "> [!TIP]\n>\n> - a\n> - b\n\nend",
                "<aside class=\"notice notice-tip\">\n<p class=\"notice-title\">{notice_tip}</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n</aside>\n<p>end</p>\n"
            ),
            (
                "> [!QUESTION] Can I get a refund?\n> For seven days.",
                "<details class=\"question\">\n<summary>Can I get a refund?</summary>\n<p>For seven days.</p>\n</details>\n"
            ),
            (
                "> [!IMPORTANT]\n> | a |\n> |---|\n> | 1 |",
                "<aside class=\"notice notice-important\">\n<p class=\"notice-title\">{notice_important}</p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n"
                    + "</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n</aside>\n"
            ),
            ("> [!] a\n> [x] b", "<blockquote>\n<p>[!] a\n[x] b</p>\n</blockquote>\n"),
            ("> a\n> [!NOTE]", "<blockquote>\n<p>a\n[!NOTE]</p>\n</blockquote>\n"),
        ])
    func boxes(_ markdown: String, _ expected: String) throws {
        #expect(try resolved(markdown) == expected)
    }

    @Test("A picture that is a film is played; nothing is loaded before")
    func film() throws {
        #expect(
            try resolved("![A \"tour\"](tour.mp4)")
                == "<p><video class=\"video\" controls preload=\"none\" src=\"/assets/content/products/lamp/tour.mp4\" aria-label=\"A &quot;tour&quot;\">"
                + "</video></p>\n")
    }

    @Test("The contents are the headings of levels 2 and 3, nested")
    func contents() throws {
        let body = "### Zero\n# One\n## Two *a*\n### Three\n#### Four\n### Five\n## Six\n"
        let catalogue = try load(["content/pages/p.md": "---\ntitle: P\n---\n" + body])
        let contents = try #require(catalogue.pages.first).text("en").body.contents
        #expect(
            contents == [
                ContentsEntry(title: "Zero", id: "zero"),
                ContentsEntry(
                    title: "Two a", id: "two-a",
                    children: [ContentsEntry(title: "Three", id: "three"), ContentsEntry(title: "Five", id: "five")]),
                ContentsEntry(title: "Six", id: "six"),
            ])
    }

    @Test("Each mistake is said letter by letter", arguments: mistakes)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let mistakes: [Mistake] = [
        Mistake(
            "A box that does not exist", body: "> [!WARNNG]\n> x\n",
            """
            content/pages/p.md:4:1: error: there is no box “[!WARNNG]”
              > [!WARNNG]
              ^
              hint: did you mean “[!WARNING]”?
            """),
        Mistake(
            "A box of another kind", body: "> [!AUDIO]\n> x\n",
            """
            content/pages/p.md:4:1: error: there is no box “[!AUDIO]”
              > [!AUDIO]
              ^
              hint: one of: [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!QUESTION]
            """),
        Mistake(
            "A question without words", body: "> [!QUESTION]\n> Seven days.\n",
            """
            content/pages/p.md:4:1: error: this question is empty
              > [!QUESTION]
              ^
              hint: write “> [!QUESTION] Can I …?” and the answer on the lines below
            """),
        Mistake(
            "A question without an answer", body: "> [!QUESTION] Why?\n",
            """
            content/pages/p.md:4:1: error: this question has no answer
              > [!QUESTION] Why?
              ^
              hint: write it on the lines below, each after “> ”
            """),
        Mistake(
            "An empty box", body: "> [!NOTE] Read this\n",
            """
            content/pages/p.md:4:1: error: this box is empty
              > [!NOTE] Read this
              ^
              hint: write it on the lines below, each after “> ”
            """),
        Mistake(
            "A shortcode that does not exist", body: "Only <prise:lamp>!\n",
            """
            content/pages/p.md:4:6: error: a link may not begin with “prise:”
              Only <prise:lamp>!
                   ^
              hint: did you mean “price:”?
            """),
        Mistake(
            "A price with words", body: "[cheap](price:lamp)\n",
            """
            content/pages/p.md:4:1: error: a price has no words of its own
              [cheap](price:lamp)
              ^
              hint: write <price:lamp>
            content/pages/p.md:4:1: error: there is no SKU “lamp”
              [cheap](price:lamp)
              ^
            """),
        Mistake(
            "Something that is no SKU", body: "<buy:-x>\n",
            """
            content/pages/p.md:4:1: error: “-x” is not a SKU
              <buy:-x>
              ^
              hint: write e.g. <buy:lamp-1>
            """),
        Mistake(
            "A SKU that nothing has",
            [
                "content/products/lamp.md": "---\ntitle: L\nprice: \"1\"\n---\n",
                "content/products/lamp.zh.md": "---\ntitle: 灯\n---\n文字 <price:lmap>\n",
            ],
            """
            content/products/lamp.zh.md:4:4: error: there is no SKU “lmap”
              文字 <price:lmap>
                   ^
              hint: did you mean “lamp”?
            """),
        Mistake(
            "A SKU that nothing has, in an answer", product: "faq:\n  - {question: Why?, answer: \"So: <buy:x>\"}",
            """
            content/products/lamp.md:5:30: error: there is no SKU “x”
                - {question: Why?, answer: "So: <buy:x>"}
                                           ^
            """),
        Mistake(
            "A film from another machine", body: "![x](https://video.example/x.mp4)\n",
            """
            content/pages/p.md:4:1: error: a film must be a file of the shop
              ![x](https://video.example/x.mp4)
              ^
              hint: another machine would see every visitor; put the file beside this one, or write a link
            """),
    ]
}
