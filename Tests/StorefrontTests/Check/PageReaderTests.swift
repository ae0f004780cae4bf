import Catalog
import Testing

@testable import Storefront

@Suite("Reading a page strictly")
struct PageReaderTests {
    /// What is wrong with a page that has this in its `<main>`, as `rule: message`.
    private func faults(_ body: String) -> [String] {
        let page =
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>t</title></head><body><main>\(body)</main></body></html>"
        return PageReader.read(Array(page.utf8)).faults.map { "\($0.rule): \($0.message)" }
    }

    @Test(
        "What the standard allows is not told",
        arguments: [
            "<p>one<p>two<ul><li>a<li>b</ul>", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "<table><tr><th>a<td>b<tr><td>c</table>",
            "<a href=\"/\"><div>block in a link</div></a>", "<p>a &lt; b &amp; c — AT&T</p>", "<input type=hidden name=a value=b>",
            "<label>name <input name=n></label>", "<label for=i>n</label><input id=i required>", "<input aria-label=\"n\" disabled>",
            "<img src=\"/a.png\" alt=\"\" width=\"1\" height=\"1\">",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><g><circle r=\"1\"/></g></svg>",
            "<details><summary>a</summary><p>b</p></details>", "<fieldset><legend>a</legend></fieldset>",
            "<select aria-label=a><option>a<option selected>b</select>", "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>",
            "<button type=submit>go</button>",
            "<a href=\"/x\" aria-hidden=\"true\" tabindex=\"-1\"><img src=\"/a\" alt=\"\" width=\"1\" height=\"1\"></a>",
            "<pre>a\n b</pre><blockquote><p>q</p></blockquote>", "<script type=\"application/ld+json\">{\"a\":\"</b>\"}</script>",
            "<my-part>a</my-part>", "<p>a<br>b<wbr>c</p>", "<ruby>漢<rt>kan</ruby>", "<!-- a < b -->", "<p hidden>a</p>",
        ])
    func right(body: String) {
        #expect(faults(body) == [])
    }

    @Test(
        "Mistakes are told, each once",
        arguments: [
            ("<div><span>a</div>", "html.unclosed: <span> is opened here and not closed"),
            ("<div>", "html.unclosed: <div> is opened here and not closed"),
            ("<b><i>a</b></i>", "html.unclosed: <i> is opened here and not closed|html.stray: </i> closes nothing"),
            ("</div>", "html.stray: </div> closes nothing"), ("<br></br>", "html.stray: </br>: this element has no end tag"),
            ("<p>a<ul><li>b</ul></p>", "html.stray: </p> closes nothing"),
            ("<div/>", "html.syntax: <div/>: “/” closes no HTML element|html.unclosed: <div> is opened here and not closed"),
            ("<blink>a</blink>", "html.element: <blink> is obsolete"),
            ("<produkt>a</produkt>", "html.element: there is no element <produkt>"),
            ("<p class=\"a\" id=\"b\" class=\"c\">a</p>", "html.syntax: the attribute “class” is given twice"),
            ("<p id=\"a\"class=\"b\">a</p>", "html.syntax: white space is missing between attributes"),
            ("<p id=a\"b>c</p>", "html.syntax: the value of “id” needs quotes"),
            ("<p id=\"a\">a</p><p id=\"a\">b</p>", "html.id: the id “a” is given twice in the page"),
            ("a < b", "html.syntax: a “<” that begins no tag must be written &lt;"),
            ("<p>a</p class=\"b\">", "html.syntax: an end tag has no attributes and no “/” at its end"),
            ("<a href=\"/a\"><a href=\"/b\">x</a></a>", "html.nesting: <a> in <a>: one cannot be pressed inside the other"),
            ("<a href=\"/a\">x <button>y</button></a>", "html.nesting: <button> in <a>: one cannot be pressed inside the other"),
            ("<span><div>a</div></span>", "html.nesting: <div> in <span>, which holds phrases alone"),
            ("<h2><p>a</p></h2>", "html.nesting: <p> in <h2>, which holds phrases alone"),
            ("<ul><div>a</div></ul>", "html.nesting: <div> directly in <ul>"),
            ("<ul>a<li>b</ul>", "html.nesting: text directly in <ul>"),
            ("<div><li>a</div>", "html.nesting: <li> outside of <menu>, <ol>, <ul>"),
            ("<form><form></form></form>", "html.nesting: <form> in <form>"),
            ("<details>a<p>b</p><summary>c</summary></details>", "html.nesting: <summary> is the first element of its <details>"),
            ("<img src=\"/a\" width=\"1\" height=\"1\">", "html.alt: <img> has no alt"),
            ("<img src=\"/a\" alt=\"\">", "html.image: <img> has no width and height: the page jumps when it arrives"),
            ("<input name=\"a\">", "html.label: <input> has no label"),
            ("<label for=\"b\">x</label>", "html.reference: for=\"b\": the page has no element with this id"),
            ("<p aria-labelledby=\"c\">x</p>", "html.reference: aria-labelledby=\"c\": the page has no element with this id"),
            ("<a href=\"/x\"></a>", "html.access: a link without a text"),
            ("<button><svg></svg></button>", "html.access: a button without a text"),
            ("<h1>a</h1><h3>b</h3>", "html.heading: <h3> follows <h1>: a level is left out"),
            ("<p onclick=\"x()\">a</p>", "html.policy: “onclick” does nothing: the page's policy forbids inline scripts"),
            ("<p style=\"color:red\">a</p>", "html.policy: “style” does nothing: the page's policy forbids inline styles"),
            ("<script>x()</script>", "html.policy: an inline script does nothing: the page's policy forbids it"),
            ("<a href=\"\">a</a>", "link.empty: href of <a> is empty"),
            ("<!-- a", "html.syntax: this comment never ends|html.unclosed: <main> is opened here and not closed"),
        ])
    func wrong(body: String, told: String) {
        // What an unfinished comment swallows is told as well: the end of main, body and html may be left out but for main.
        #expect(Set(faults(body)) == Set(told.split(separator: "|").map(String.init)))
    }

    @Test("A page as a whole has a type, a language, a title, a character set and one main")
    func document() {
        let rules = PageReader.read(Array("<p>a".utf8)).faults.map(\.message)
        #expect(
            rules == [
                "the page does not begin with <!doctype html>", "the page does not say <meta charset=\"utf-8\">",
                "<html> does not say its language", "the page has no title", "the page has 0 elements <main>; it should have one",
            ])
        #expect(faults("</main><main>").contains { $0.contains("2 elements <main>") })
    }

    @Test("Links, ids, texts and data are found, references resolved")
    func facts() {
        let page = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>A &amp; B</title><meta name="description" content="d &#39;x&#39;">
            <meta name="robots" content="noindex"><link rel="canonical" href="https://x.example/"></head><body><main id="top">
            <a href="/a/?x=1&amp;y=2#p">x</a><img src=/b.png srcset="/c.png 1x, /d.png 2x" alt="y" width="1" height="1"><!-- <a href="/no/"> -->
            <script type="application/ld+json">{"a":1}</script><input type="hidden" name="sku" value="s1"><p>¥ 68.00</p></main></body></html>
            """
        let facts = PageReader.read(Array(page.utf8)).facts
        #expect(facts.links.map(\.target) == ["https://x.example/", "/a/?x=1&y=2#p", "/b.png", "/c.png", "/d.png"])
        #expect(facts.title?.text == "A & B" && facts.description?.text == "d 'x'")
        #expect(facts.ids == ["top"] && facts.language == "en" && facts.isHidden && facts.canonical == "https://x.example/")
        #expect(facts.data.map(\.json) == ["{\"a\":1}"] && facts.skus == ["s1"] && facts.text.contains("¥ 68.00"))
    }

    @Test("Marks say where the theme wrote a tag, and are nowhere in what is read")
    func marks() throws {
        let marks = SourceMarks()
        let text = marks.marked("<p title=\"a<b\">{{#x}}<b></p>\n键<i>", path: "t.html")
        let (facts, _) = PageReader.read(Array(text.utf8))
        #expect(!facts.text.contains("\u{E000}") && facts.text.contains("键"))
        let tokens = HTMLTokenizer.tokens(of: Array((text + "<u>").utf8))
        let places = tokens.compactMap { token -> String? in
            guard case .start(let name, let attributes, _) = token.kind else { return nil }
            let place = token.place.mark.flatMap(marks.place).map { "\($0.location)" } ?? "none"
            return name + (attributes["title"].map { "[\($0)]" } ?? "") + " " + place
        }
        #expect(places == ["p[a<b] t.html:1:1", "b t.html:1:22", "i t.html:2:2", "u none"])
        // What belongs to Mustache is left alone, and so is a file that changes its delimiters.
        for text in ["{{<y}}{{! < }}{{/y}}", "{{=<% %>=}}<p>"] { #expect(marks.marked(text, path: "t.html") == text) }
    }

    @Test("Any bytes are read to their end")
    func soup() {
        var state: UInt64 = 42
        let pieces = [
            "<", "</", ">", "<p", " a=", "\"", "'", "<!--", "-->", "<script>", "</script", "/>", "\u{E000}", "7", "\u{E001}", "&#", ";",
            "键", "<a href=x>", "<table>", "<tr>",
        ]
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            _ = PageReader.read(Array(text.utf8))
        }
    }
}
