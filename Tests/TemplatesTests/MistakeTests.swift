import Testing

@testable import Templates

@Suite("Mistakes in templates")
struct MistakeTests {
    @Test("Every mistake of a file is reported at once, in order")
    func allAtOnce() {
        let text = "{{#a}}\n  {{/b}}\n{{x y}} {{}}\n{{=<% =}}\n{{a..b}}\n{{>hed}}\n"
        #expect(
            errors(text, partials: ["partials/head": ""]) == """
                page.html:1:1: error: “a” is opened here and never closed
                  {{#a}}
                  ^
                  hint: close it with {{/a}}

                page.html:2:3: error: “b” is closed here, but “a” of line 1 is open
                    {{/b}}
                    ^
                  hint: did you mean {{/a}}?

                page.html:3:3: error: “x y” is not a name: white space is in it
                  {{x y}} {{}}
                    ^
                  hint: close the tag after one name

                page.html:3:9: error: this tag names nothing
                  {{x y}} {{}}
                          ^

                page.html:4:1: error: a change of delimiters names two, without “=” in them
                  {{=<% =}}
                  ^
                  hint: write it as {{=<% %>=}}

                page.html:5:3: error: “a..b” is not a name
                  {{a..b}}
                    ^
                  hint: a name is words with single dots between

                page.html:6:4: error: there is no template “hed” or “partials/hed”
                  {{>hed}}
                     ^
                  hint: did you mean “head”?
                """)
    }

    @Test("A tag that never ends is shown where it begins")
    func unclosedTag() {
        #expect(
            errors("one\n键 {{name") == """
                page.html:2:3: error: this tag never ends
                  键 {{name
                     ^
                  hint: close it with “}}”
                """)
        #expect(errors("{{{x}}").hasPrefix("page.html:1:1: error: this tag never ends"))
        #expect(errors("{{! x").hasPrefix("page.html:1:1: error: this tag never ends"))
    }

    @Test("Sections that cross are both named")
    func crossed() {
        let text = errors("{{#a}}{{#b}}{{/a}}{{/b}}")
        #expect(text.contains("page.html:1:7: error: “b” is opened here and never closed"))
        #expect(text.contains("page.html:1:19: error: “b” is closed here, but nothing is open"))
    }

    @Test("A missing partial is an error with the nearest name; the specification's form renders nothing")
    func missingPartial() {
        #expect(
            errors("a\n{{>hed}}", partials: ["partials/head": "", "partials/foot": ""]) == """
                page.html:2:4: error: there is no template “hed” or “partials/hed”
                  {{>hed}}
                     ^
                  hint: did you mean “head”?
                """)
        #expect(errors("a{{>hed}}", strict: false) == "rendered: a")
        #expect(errors("{{>*x}}", ["x": "hed"]).hasPrefix("page.html:1:4: error: there is no template “hed”"))
    }

    @Test("Partials that include each other without end are an error, beneath a data section they are not")
    func recursion() throws {
        #expect(
            errors("{{>a}}", partials: ["a": "x {{>b}}", "b": "{{^no}}{{>a}}{{/no}}"]) == """
                b.html:1:11: error: this include never ends: “a” → “b” → “a”
                  {{^no}}{{>a}}{{/no}}
                            ^
                  hint: put it into a section that descends into data, such as {{#children}}…{{/children}}
                """)
        let tree: Value = ["name": "a", "children": [["name": "b", "children": []], ["name": "c", "children": []]]]
        #expect(try render("{{>node}}", tree, partials: ["node": "{{name}}({{#children}}{{>node}}{{/children}})"]) == "a(b()c())")
    }

    @Test("Recursion that the data never ends stops at 128, in either form")
    func recursionLimit() {
        let node = ["node": "{{#more}}{{>node}}{{/more}}"]
        for strict in [true, false] {
            #expect(
                errors("{{>node}}", ["more": true], partials: node, strict: strict) == """
                    node.html:1:13: error: templates include each other more than 128 deep
                      {{#more}}{{>node}}{{/more}}
                                  ^
                      hint: let the include stand in a section whose data ends
                    """)
        }
        #expect(errors("{{>*x}}", ["x": "a"], partials: ["a": "{{>*x}}"]).contains("more than 128 deep"))
        #expect(errors("{{<a}}{{$b}}{{$b}}{{/b}}{{/b}}{{/a}}", partials: ["a": "{{$b}}{{/b}}"]).contains("more than 128 deep"))
    }

    @Test("Sections nested more than 64 deep are refused")
    func nesting() {
        let deep = { String(repeating: "{{#a}}", count: $0) + String(repeating: "{{/a}}", count: $0) }
        #expect(errors(deep(64), ["a": true]) == "rendered: ")
        #expect(errors(deep(65), ["a": true]).hasPrefix("page.html:1:385: error: sections are nested more than 64 deep"))
        #expect(errors(deep(20_000), ["a": true]).hasPrefix("page.html:1:385: error: sections are nested more than 64 deep"))
    }

    @Test("Sections of recursive templates stop at 512, long before the stack does")
    func levels() {
        let sections = 60
        let node = String(repeating: "{{#a}}", count: sections) + "{{>node}}" + String(repeating: "{{/a}}", count: sections)
        let text = errors("{{>node}}", ["a": true], partials: ["node": node])
        #expect(text.contains("error: templates and sections stand in each other more than 512 deep"))
        #expect(text.hasPrefix("node.html:1:"))
    }

    @Test("A name that the data lacks is an error when strict, nothing otherwise")
    func missingName() {
        #expect(
            errors("<p>\n\t{{titel}}", ["title": "x"]) == """
                page.html:2:4: error: “titel” is not in the data
                   {{titel}}
                     ^
                  hint: did you mean “title”?
                """)
        #expect(errors("{{#a}}{{/a}}").hasPrefix("page.html:1:4: error: “a” is not in the data"))
        #expect(errors("{{^a}}{{/a}}").hasPrefix("page.html:1:4: error: “a” is not in the data"))
        #expect(errors("{{a.b}}", ["a": ["c": 1]]).hasPrefix("page.html:1:3: error: “a.b” is not in the data"))
        #expect(errors("{{a.b}}", ["a": nil]) == "rendered: ")
        #expect(errors("[{{a.b}}{{#c}}{{/c}}]", strict: false) == "rendered: []")
    }

    @Test("A list where a text belongs is an error when strict")
    func listAsText() {
        #expect(errors("{{a}}", ["a": [1]]).hasPrefix("page.html:1:3: error: “a” is not a text"))
        #expect(errors("{{a}}", ["a": [1]], strict: false) == "rendered: ")
    }

    @Test("An unknown template name is an error with the nearest one")
    func unknownTemplate() throws {
        let set = try TemplateSet(sources: ["pages/home": TemplateSource(path: "home.html", text: "x")])
        #expect(set.names == ["pages/home"])
        #expect {
            try set.render("pages/hone", [:])
        } throws: {
            "\($0)" == "pages/hone: error: there is no template “pages/hone”\n  hint: did you mean “pages/home”?"
        }
    }

    @Test("After an error, what was rendered before is kept and the output can be used again")
    func outputAfterError() throws {
        let set = try TemplateSet(sources: ["a": TemplateSource(path: "a", text: "x{{y}}")])
        var output = Array("before ".utf8)
        #expect(throws: TemplateError.self) { try set.render("a", [:], into: &output) }
        #expect(output == Array("before x".utf8))
    }
}
