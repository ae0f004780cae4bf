import Testing

@testable import Templates

/// Renders one template in strict form.
func render(
    _ text: String, _ model: Value = [:], partials: [String: String] = [:], strings: [String: String]? = nil, path: String = "page.html",
    strict: Bool = true
) throws -> String {
    let partials = Dictionary(uniqueKeysWithValues: partials.map { ($0.key, TemplateSource(path: "\($0.key).html", text: $0.value)) })
    let bytes = try TemplateSet.renderFile(path: path, text: text, data: model, partials: partials, strings: strings, strict: strict)
    return String(decoding: bytes, as: UTF8.self)
}

@Suite("Rendering")
struct RenderingTests {
    @Test("Text is escaped, raw tags and markup are not")
    func escaping() throws {
        let model: Value = ["x": "<a href=\"'\">&</a>", "body": .html(Array("<p>'é'</p>".utf8))]
        #expect(try render("{{x}}|{{body}}", model) == "&lt;a href=&quot;&#39;&quot;&gt;&amp;&lt;/a&gt;|<p>'é'</p>")
        #expect(try render("{{{x}}}{{&x}}", ["x": "<&>"]) == "<&><&>")
        #expect(try render("{{x}}", ["x": "<&>"], path: "mail/delivered.txt") == "<&>")
    }

    @Test("Null, false, zero, nothing and empty text are no; everything else is yes")
    func truth() throws {
        let no: [Value] = [nil, false, 0, .number("-0.0e5"), [], "", .html([])]
        for value in no { #expect(try render("{{#x}}yes{{/x}}{{^x}}no{{/x}}", ["x": value]) == "no") }
        let yes: [Value] = [true, 1, .number("0.01"), ["a"], "0", .html([0x20]), [:]]
        for value in yes { #expect(try render("{{#x}}yes{{/x}}{{^x}}no{{/x}}", ["x": value]) == "yes") }
    }

    @Test("A section looks into its own record first, then outwards")
    func contexts() throws {
        let model: Value = ["shop": ["name": "Lantern"], "title": "Home", "products": [["title": "A"], ["price": 3], ["title": nil]]]
        #expect(try render("{{#products}}[{{title}} {{shop.name}}]{{/products}}", model) == "[A Lantern][Home Lantern][ Lantern]")
        #expect(try render("{{#list}}{{#.}}{{.}},{{/.}};{{/list}}", ["list": [[1, 2], [3]]]) == "1,2,;3,;")
    }

    @Test("Numbers are written with the digits they were given")
    func numbers() throws {
        let data = try Value(json: Array(#"{"a": 1.10, "b": 1e2, "c": -0}"#.utf8))
        #expect(try render("{{a}} {{b}} {{c}}", data) == "1.10 1e2 -0")
    }

    @Test("A record with many fields finds each of them and no other")
    func largeRecord() throws {
        let fields = (0..<500).map { (Key("field\($0)"), Value.count($0)) }
        let record = Record(fields + [("field7", "later")])
        #expect(record.count == 500)
        for number in 0..<500 where number != 7 {
            guard case .number(let text)? = record[Key("field\(number)")] else { Issue.record("field\(number)"); continue }
            #expect(text == String(number))
        }
        guard case .text("later")? = record["field7"] else { Issue.record("field7"); return }
        #expect(record["field500"] == nil)
    }

    @Test("Names that look alike but differ in bytes stay apart")
    func bytesOfNames() throws {
        let model: Value = ["e\u{301}": "two", "\u{E9}": "one"]
        #expect(try render("{{\u{E9}}}{{e\u{301}}}", model) == "onetwo")
    }

    @Test("A partial takes on the indentation of its tag, blank lines stay empty")
    func indentation() throws {
        let partials = ["list": "<ul>\n{{#items}}\n  {{>item}}\n{{/items}}\n\n</ul>\n", "item": "<li>\n{{.}}\n</li>\n"]
        let text = try render("<nav>\n  {{>list}}\n</nav>\n", ["items": ["a\nb"]], partials: partials)
        #expect(text == "<nav>\n  <ul>\n    <li>\n    a\nb\n    </li>\n\n  </ul>\n</nav>\n")
    }

    @Test("A page fills the blocks of a layout, also through a layout of the layout")
    func inheritance() throws {
        let partials = [
            "layout": "<title>{{$title}}Shop{{/title}}</title>\n<main>\n  {{$content}}\n  nothing\n  {{/content}}\n</main>\n",
            "wide": "{{<layout}}{{$title}}Wide{{/title}}{{/layout}}",
        ]
        let page = "{{<wide}}\n{{$content}}\n<p>\n  {{x}}\n</p>\n{{/content}}\n{{/wide}}\n"
        #expect(try render(page, ["x": 1], partials: partials) == "<title>Wide</title>\n<main>\n  <p>\n    1\n  </p>\n</main>\n")
        #expect(try render("{{>wide}}", partials: partials) == "<title>Wide</title>\n<main>\n  nothing\n</main>\n")
    }

    @Test("An include finds partials without their folder, and its own name first")
    func partialLookup() throws {
        let partials = ["partials/card": "folder", "partials/head": "head", "card": "own"]
        #expect(try render("{{>card}} {{>partials/card}} {{>head}}", partials: partials) == "own folder head")
    }

    @Test("Dynamic names choose a partial from the data")
    func dynamicNames() throws {
        let partials = ["partials/key": "K", "partials/file": "F"]
        let model: Value = ["lines": [["kind": "key"], ["kind": "file"], ["kind": nil]]]
        #expect(try render("{{#lines}}{{>*kind}}{{/lines}}", model, partials: partials) == "KF")
    }

    @Test("Templates render on many threads at once, each with its own bytes")
    func concurrency() async throws {
        let source = TemplateSource(path: "a", text: "{{#items}}{{x}}{{.}} {{/items}}")
        let set = try TemplateSet(sources: ["a": source])
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let bytes = try set.render("a", ["x": .count(number), "items": [1, 2]])
                    return bytes == Array("\(number)1 \(number)2 ".utf8)
                }
            }
            for try await same in group { #expect(same) }
        }
    }
}
