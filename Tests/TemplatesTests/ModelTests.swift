import Testing

@testable import Templates

@Suite("Declared models")
struct ModelTests {
    static let home: Model = [
        "lang": .text,
        "shop": ["name": .text],
        "products": .list(["title": .text, "sold": .flag, "image": ["url": .text]]),
        "extra": .any,
    ]

    private func mistakes(_ text: String, partials: [String: String] = [:], strings: [String: String]? = nil) -> String {
        var sources = Dictionary(uniqueKeysWithValues: partials.map { ($0.key, TemplateSource(path: "\($0.key).html", text: $0.value)) })
        sources["pages/home"] = TemplateSource(path: "home.html", text: text)
        do {
            _ = try TemplateSet(sources: sources, strings: strings, models: ["pages/home": Self.home])
            return "fine"
        } catch {
            return error.description
        }
    }

    @Test("Names of the section and of those around it are right")
    func right() {
        #expect(
            mistakes("{{lang}}{{#products}}{{title}}{{image.url}}{{#image}}{{url}}{{lang}}{{/image}}{{^sold}}x{{/sold}}{{/products}}")
                == "fine")
        #expect(mistakes("{{#extra}}{{anything}}{{#at.all}}{{x}}{{/at.all}}{{/extra}}{{extra.x.y}}") == "fine")
    }

    @Test("A list or a record cannot be written as text")
    func notText() {
        #expect(
            mistakes("{{products}}\n{{#products}}{{.}}{{/products}}") == """
                home.html:1:3: error: “products” is a list, not a text
                  {{products}}
                    ^
                  hint: open it with {{#products}}…{{/products}}

                home.html:2:16: error: “.” is a record, not a text
                  {{#products}}{{.}}{{/products}}
                                 ^
                  hint: open it with {{#.}}…{{/.}}
                """)
    }

    @Test("An unknown name is an error at its place, with the nearest known one")
    func unknown() {
        #expect(
            mistakes("<h1>{{shop.nmae}}</h1>\n{{#products}}{{titel}}{{/products}}\n{{title}} {{zzzzzz}}") == """
                home.html:1:7: error: “shop” is a record without “nmae”
                  <h1>{{shop.nmae}}</h1>
                        ^
                  hint: did you mean “shop.name”?

                home.html:2:16: error: unknown name “titel”
                  {{#products}}{{titel}}{{/products}}
                                 ^
                  hint: did you mean “title”?

                home.html:3:3: error: unknown name “title”
                  {{title}} {{zzzzzz}}
                    ^
                  hint: known here: extra, lang, products, shop

                home.html:3:13: error: unknown name “zzzzzz”
                  {{title}} {{zzzzzz}}
                              ^
                  hint: known here: extra, lang, products, shop
                """)
    }

    @Test("A partial is checked in each context from which it is included")
    func partials() {
        let card = ["partials/card": "{{title}}"]
        #expect(mistakes("{{#products}}{{>card}}{{/products}}", partials: card) == "fine")
        #expect(mistakes("{{>card}}", partials: card).hasPrefix("partials/card.html:1:3: error: unknown name “title”"))
        #expect(mistakes("{{#products}}{{>card}}{{/products}}{{>card}}", partials: card).contains("unknown name “title”"))
    }

    @Test("A block is checked where the layout puts it")
    func blocks() {
        let layout = ["layout": "{{#products}}{{$row}}{{nothing}}{{/row}}{{/products}}"]
        #expect(mistakes("{{<layout}}{{$row}}{{title}}{{/row}}{{/layout}}", partials: layout) == "fine")
        #expect(
            mistakes("{{<layout}}{{$row}}{{price}}{{/row}}{{/layout}}", partials: layout).hasPrefix(
                "home.html:1:22: error: unknown name “price”"))
        #expect(mistakes("{{<layout}}{{/layout}}", partials: layout).hasPrefix("layout.html:1:24: error: unknown name “nothing”"))
    }

    @Test("A name in a string is checked where the string is used")
    func strings() {
        #expect(
            mistakes("{{t.hello}}\n", strings: ["hello": "Hello {{naem}}"]) == """
                home.html:1:3: error: in the string “hello”: unknown name “naem”
                  {{t.hello}}
                    ^
                  hint: known here: extra, lang, products, shop
                """)
        #expect(mistakes("{{#products}}{{t.hello}}{{/products}}", strings: ["hello": "Hello {{title}}"]) == "fine")
    }

    @Test("A partial that includes itself beneath data is checked once and ends")
    func recursion() {
        #expect(mistakes("{{#extra}}{{>node}}{{/extra}}", partials: ["node": "{{#children}}{{>node}}{{/children}}"]) == "fine")
        #expect(mistakes("{{>node}}", partials: ["node": "{{#products}}{{>node}}{{/products}}"]) == "fine")
    }

    @Test("Mistakes of several files come together, sorted by file and line")
    func together() {
        let text = mistakes("{{oops}}\n{{#a}}", partials: ["b": "{{/x}}", "a": "\n{{>nothing}}"])
        let places = text.split(separator: "\n").filter { $0.contains(": error: ") }.map { $0.prefix { $0 != " " } }
        #expect(places == ["a.html:2:4:", "b.html:1:1:", "home.html:2:1:"])
    }
}
