import Testing

@testable import Templates

@Suite("Compact templates")
struct CompactionTests {
    private func render(_ text: String, _ model: Value = [:], partials: [String: String] = [:], strings: [String: String]? = nil) throws
        -> String
    {
        var sources = partials.reduce(into: [:]) { $0["partials/\($1.key)"] = TemplateSource(path: "\($1.key).html", text: $1.value) }
        sources["page"] = TemplateSource(path: "page.html", text: text)
        sources["mail.txt"] = TemplateSource(path: "mail.txt", text: "a\n\n  b   c\n")
        let set = try TemplateSet(sources: sources, strings: strings, compact: true)
        #expect(String(decoding: try set.render("mail.txt", [:]), as: UTF8.self) == "a\n\n  b   c\n")
        return String(decoding: try set.render("page", model), as: UTF8.self)
    }

    @Test("Runs of white space become one, comments go, values stay as they are")
    func runs() throws {
        #expect(
            try render("<ul>\n\n    <li  class=\"a   b\"\n   id='x  y'>one   two  </li>\n  </ul>\n")
                == "<ul>\n<li class=\"a   b\" id='x  y'>one two </li>\n</ul>\n")
        #expect(try render("a <!-- gone --> b<!-- gone\n too -->c") == "a bc")
        #expect(try render("<!--[if IE]>  <p>  <![endif]-->") == "<!--[if IE]>  <p>  <![endif]-->")
        #expect(try render("<p>  {{x}}  </p>", ["x": "a   b"]) == "<p> a   b </p>")
        #expect(try render("<p>{{t.x}}</p>", strings: ["x": "a   b"]) == "<p>a   b</p>")
        #expect(try render("1 < 2   and <  3 >  2") == "1 < 2 and < 3 > 2")
    }

    @Test("Where white space counts it stays", arguments: ["pre", "textarea", "script", "style", "PRE"])
    func verbatim(name: String) throws {
        let text = "<\(name) a='>'  b>\n  x   {{x}}\n\n  <!-- y -->  <p>  </\(name)>"
        #expect(try render(text + "   z", ["x": "1"]) == text.replacing("{{x}}", with: "1").replacing("'  b", with: "' b") + " z")
        #expect(try render("<pretty>  a  </pretty>") == "<pretty> a </pretty>")
    }

    @Test("Pieces lose their indentation, and stay whole inside a pre or a tag")
    func pieces() throws {
        #expect(try render("<div>\n    {{>a}}\n</div>", partials: ["a": "<p>\n    x\n</p>\n"]) == "<div>\n<p>\nx\n</p>\n</div>")
        let both = ["a": "  x\n    {{>b}}", "b": "  y\n  z"]
        #expect(try render("<pre>{{>a}}</pre> {{>b}}", partials: both) == "<pre>  x\n      y\n      z</pre>   y\n  z")
        #expect(try render("<a{{>a}}>  b</a>", partials: ["a": "   href=''  "]) == "<a   href=''  > b</a>")
        #expect(try render("<p>  a</p><textarea>{{#x}}  {{/x}}</textarea>", ["x": true]) == "<p> a</p><textarea>  </textarea>")
    }

    @Test("A theme whose markup can not be followed stays as it is")
    func open() throws {
        #expect(try render("{{>a}}  x  {{>b}}", partials: ["a": "<pre>", "b": "</pre>"]) == "<pre>  x  </pre>")
        #expect(try render("{{#x}}<pre>{{/x}}  y  {{#x}}</pre>{{/x}}", ["x": true]) == "<pre>  y  </pre>")
        #expect(try render("<pre>{{>*x}}</pre>", ["x": "a"], partials: ["a": "  y  "]) == "<pre>  y  </pre>")
        #expect(try render("<p>  <!-- {{x}} -->  </p>", ["x": "1"]) == "<p> <!-- 1 --> </p>")
    }

    @Test("Blocks are compacted, unless one of them is an attribute's value")
    func blocks() throws {
        let layout = "<main>\n    {{$body}}\n    <p>  none  </p>\n    {{/body}}\n</main>"
        #expect(try render("{{<a}}{{$body}}<b>   x   </b>{{/body}}{{/a}}", partials: ["a": layout]) == "<main>\n<b> x </b></main>")
        #expect(try render("{{<a}}{{$c}}x   y{{/c}}{{/a}}", partials: ["a": "<p class=\"{{$c}}{{/c}}\">"]) == "<p class=\"x   y\">")
    }
}
