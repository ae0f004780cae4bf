import Testing

@testable import Templates

@Suite("Strings")
struct StringTests {
    @Test("A string stands where its key is written and is read in that context")
    func substitution() throws {
        let strings = ["cart.items": "{{count}} items for {{shop.name}}", "buy": "Buy"]
        let model: Value = ["shop": ["name": "A&B"], "carts": [["count": 2], ["count": 3]]]
        let text = try render("{{#carts}}{{t.cart.items}}, {{t.buy}}; {{/carts}}", model, strings: strings)
        #expect(text == "2 items for A&amp;B, Buy; 3 items for A&amp;B, Buy; ")
    }

    @Test("The words of a string are escaped in HTML, not in text, and not in a raw tag")
    func escaping() throws {
        let strings = ["terms": "Terms & <b>{{x}}</b>"]
        #expect(try render("{{t.terms}}", ["x": "<"], strings: strings) == "Terms &amp; &lt;b&gt;&lt;&lt;/b&gt;")
        #expect(try render("{{{t.terms}}}", ["x": "<"], strings: strings) == "Terms & <b>&lt;</b>")
        #expect(try render("{{t.terms}}", ["x": "<"], strings: strings, path: "a.txt") == "Terms & <b><</b>")
    }

    @Test("Strings may hold sections and other strings")
    func nesting() throws {
        let strings = ["stock": "{{#left}}{{left}} {{t.left}}{{/left}}{{^left}}gone{{/left}}", "left": "left"]
        #expect(try render("{{t.stock}}", ["left": 3], strings: strings) == "3 left")
        #expect(try render("{{t.stock}}", ["left": 0], strings: strings) == "gone")
    }

    @Test("Without strings, t is a name of the data")
    func withoutStrings() throws {
        #expect(try render("{{t.a}}", ["t": ["a": "data"]]) == "data")
    }

    @Test("An unknown string is an error with the nearest key")
    func unknown() {
        #expect(
            errors("<a>{{t.cart.titel}}</a>", strings: ["cart.title": "Cart"]) == """
                page.html:1:6: error: there is no string “cart.titel”
                  <a>{{t.cart.titel}}</a>
                       ^
                  hint: did you mean “t.cart.title”?
                """)
    }

    @Test("A string that holds itself is an error, and so is one that includes a template")
    func refused() {
        #expect(
            errors("{{t.a}}", strings: ["a": "x {{t.b}}", "b": "{{t.a}}", "c": "{{>head}}"], partials: ["head": ""]) == """
                t.b:1:3: error: this string holds itself: t.a → t.b → t.a
                  {{t.a}}
                    ^

                t.c:1:1: error: a string cannot include templates or hold blocks
                  {{>head}}
                  ^
                """)
    }
}

/// The text of everything wrong with a template.
func errors(
    _ text: String, _ model: Value = [:], strings: [String: String]? = nil, partials: [String: String] = [:], strict: Bool = true
) -> String {
    do {
        return "rendered: " + (try render(text, model, partials: partials, strings: strings, strict: strict))
    } catch {
        return "\(error)"
    }
}
