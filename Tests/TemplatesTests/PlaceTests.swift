import Testing

@testable import Templates

@Suite("The place of every kind of mistake")
struct PlaceTests {
    /// Files with a `¶` before the place of each mistake, and what is said there.
    struct Case: CustomTestStringConvertible {
        let code: TemplateError.Code
        let files: [String: String]
        var strings: [String: String]? = ["greet": "Hello"]
        var testDescription: String { code.rawValue }

        init(_ code: TemplateError.Code, _ text: String, _ others: [String: String] = [:], strings: [String: String]? = ["greet": "Hello"])
        {
            self.code = code
            files = others.merging(["pages/home": text], uniquingKeysWith: { $1 })
            self.strings = strings
        }
    }

    private static let model: Model = ["shop": ["name": .text], "products": .list(["title": .text])]

    /// What stands before each case: more lines, wide letters, a tab, carriage returns.
    private static let leads = ["", "<!doctype html>\n\n", "键键{{shop.name}}\t", "a\r\n\t{{! 多\n行 }}é "]

    private static let cases = [
        Case(.unclosed, "<p>¶{{#products}}<b>"), Case(.unclosed, "x ¶{{shop.name"), Case(.unclosed, "¶{{{shop.name}}"),
        Case(.unclosed, "{{shop.name}} ¶{{! note"),
        Case(.unclosed, "<i>¶{{$block}}a"), Case(.unclosed, "a¶{{<layout}}b", ["partials/layout": ""]),
        Case(.mismatched, "<p>¶{{/products}}</p>"),
        Case(.badDelimiters, "a ¶{{=<% =}}"), Case(.badName, "<p>{{¶shop..name}}"), Case(.badName, "{{#¶a b}}{{/a b}}"),
        Case(.badName, "é{{& ¶x y}}"),
        Case(.missingPartial, "<p>\n{{> ¶nothing }}"), Case(.missingPartial, "{{shop.name}}{{<¶none}}{{/none}}"),
        Case(.unknownName, "<h1>{{¶titel}}</h1>"), Case(.unknownName, "{{#products}}键{{{¶titel}}}{{/products}}"),
        Case(.unknownName, "{{shop.name}}{{^¶nope}}{{/nope}}"),
        Case(.unknownName, "<a title=\"{{¶shop.nam}}\">"), Case(.unknownString, "<p>{{¶t.greeet}}"), Case(.notText, "<p>{{¶products}}"),
        Case(.unknownName, "{{>card}}", ["partials/card": "<li>\n  键{{¶title}}"]),
        Case(.unknownName, "{{#products}}{{>card}}{{/products}}", ["partials/card": "\n{{title}} {{¶prize}}"]),
        Case(.unknownName, "{{<layout}}{{$main}}<p>{{¶oops}}{{/main}}{{/layout}}", ["partials/layout": "<main>{{$main}}{{/main}}</main>"]),
        Case(.unknownName, "{{<layout}}{{/layout}}", ["partials/layout": "<main>\n{{$main}}键{{¶oops}}{{/main}}</main>"]),
        Case(.recursion, "{{>a}}", ["partials/a": "<p>\n {{>¶a}}"]),
        Case(.unknownName, "<p>{{¶t.greet}}</p>", strings: ["greet": "Hello {{nobody}}"]),
        Case(.tooDeep, String(repeating: "{{#shop}}", count: 64) + "¶{{#shop}}" + String(repeating: "{{/shop}}", count: 65)),
    ]

    @Test("Compiling tells each mistake at its mark, whatever stands before it", arguments: Self.cases, Self.leads)
    func places(of item: Case, after lead: String) throws {
        var sources: [String: TemplateSource] = [:]
        var marked: [String] = []
        for (name, text) in item.files {
            // A lead before a file that begins with a tag alone on its line changes nothing but the place.
            let whole = lead + text
            if let mark = whole.firstIndex(of: "¶") {
                let before = whole[..<mark]
                let line = before.utf8.count { $0 == UInt8(ascii: "\n") } + 1
                let start = before.lastIndex { $0.isNewline }.map { before.index(after: $0) } ?? before.startIndex
                marked.append("\(name).html:\(line):\(before[start...].count + 1)")
            }
            sources[name] = TemplateSource(path: "\(name).html", text: whole.filter { $0 != "¶" })
        }
        let error = #expect(throws: TemplateErrors.self) {
            try TemplateSet(sources: sources, strings: item.strings, models: ["pages/home": Self.model])
        }
        let told = try #require(error).all
        // What follows from the mistake, such as an end tag with the same wrong name, may be told after it.
        #expect(told.first.map { "\($0.path):\($0.line):\($0.column)" } == marked.first, "\(told)")
        #expect(told.first?.code == item.code)
        for mistake in told {
            // The line that is shown is the line as written.
            let source = try #require(sources.values.first { $0.path == mistake.path })
            #expect(mistake.sourceLine.map { $0.utf8.elementsEqual(source.text.lineBytes(mistake.line)) } == true)
        }
    }
}

extension String {
    /// The bytes of a line, from 1, without its end.
    fileprivate func lineBytes(_ number: Int) -> ArraySlice<UInt8> {
        var line = Array(utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[number - 1]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }
}
