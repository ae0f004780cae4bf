import Testing

@testable import Templates

/// One template and what it must render as, strictly.
struct SyntaxCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let template: String
    let expected: String
    var model: Value = [:]
    var partials: [String: String] = [:]
}

enum SyntaxCases {
    static let lines: [SyntaxCase] = [
        SyntaxCase(
            testDescription: "a section's lines leave no trace", template: "a\n  {{#x}}\nb\n  {{/x}}\nc", expected: "a\nb\nc",
            model: ["x": true]),
        SyntaxCase(
            testDescription: "Windows line ends go with the tag", template: "a\r\n{{#x}}\r\nb\r\n{{/x}}\r\nc", expected: "a\r\nb\r\nc",
            model: ["x": 1]),
        SyntaxCase(
            testDescription: "a tag with text beside it keeps its line", template: "  {{#x}} b\n{{/x}}", expected: "   b\n", model: ["x": 1]
        ),
        SyntaxCase(
            testDescription: "two sections on one line keep it", template: "{{#x}}{{/x}}\n{{^x}} {{/x}}\n", expected: "\n\n",
            model: ["x": 1]),
        SyntaxCase(testDescription: "interpolation keeps its line", template: "a\n  {{x}}\nb", expected: "a\n  1\nb", model: ["x": 1]),
        SyntaxCase(testDescription: "a section alone in the file is nothing", template: "{{#x}}\n{{/x}}", expected: "", model: ["x": 1]),
    ]

    static let comments: [SyntaxCase] = [
        SyntaxCase(testDescription: "a comment within a line leaves the rest", template: "a {{! b }}c", expected: "a c"),
        SyntaxCase(testDescription: "a comment over lines goes with its lines", template: "a\n  {{!\n b {{ c\n }}\nd", expected: "a\nd"),
    ]

    static let delimiters: [SyntaxCase] = [
        SyntaxCase(
            testDescription: "new delimiters hold to the end", template: "{{=<% %>=}}\n<% x %> {{x}}", expected: "1 {{x}}", model: ["x": 1]),
        SyntaxCase(testDescription: "they can be changed back", template: "{{=| |=}}|x||={{ }}=|{{x}}", expected: "11", model: ["x": 1]),
        SyntaxCase(
            testDescription: "a partial begins with the usual ones", template: "{{=<% %>=}}<%>p%>", expected: "1 <%x%>", model: ["x": 1],
            partials: ["p": "{{x}} <%x%>"]),
    ]

    static let inheritance: [SyntaxCase] = [
        SyntaxCase(testDescription: "a block stands for itself", template: "{{$a}}x{{/a}}", expected: "x"),
        SyntaxCase(
            testDescription: "text beside the blocks of a parent tag is ignored", template: "{{<p}} no {{x}} {{$a}}yes{{/a}} no {{/p}}",
            expected: "[yes]",
            partials: ["p": "[{{$a}}default{{/a}}]"]),
        SyntaxCase(
            testDescription: "a block's words take the place's indentation", template: "{{<p}}\n{{$a}}\n  one\n    two\n{{/a}}\n{{/p}}\n",
            expected: "<p>\n    one\n      two\n</p>\n", partials: ["p": "<p>\n    {{$a}}\n    {{/a}}\n</p>\n"]),
        SyntaxCase(
            testDescription: "a page's block wins over that of the layout between", template: "{{<mid}}{{$a}}page{{/a}}{{/mid}}",
            expected: "page",
            partials: ["mid": "{{<top}}{{$a}}mid{{/a}}{{/top}}", "top": "{{$a}}top{{/a}}"]),
        SyntaxCase(
            testDescription: "a parent's name may come from the data", template: "{{<*kind}}{{$a}}page{{/a}}{{/*kind}}", expected: "(page)",
            model: ["kind": "top"], partials: ["top": "({{$a}}top{{/a}})"]),
        SyntaxCase(
            testDescription: "a layout within an indented partial is indented once", template: "<a>\n  {{>mid}}\n</a>\n",
            expected: "<a>\n  <p>\n    x\n    y\n  </p>\n</a>\n",
            partials: ["mid": "{{<top}}\n{{$a}}\nx\ny\n{{/a}}\n{{/top}}\n", "top": "<p>\n  {{$a}}\n  {{/a}}\n</p>\n"]),
    ]
}

/// Our own cases for what the Mustache specification asks, so that this suite stands without it.
@Suite("Syntax")
struct SyntaxTests {
    @Test("Tags alone on a line take it with them", arguments: SyntaxCases.lines)
    func standalone(_ written: SyntaxCase) throws {
        #expect(try render(written.template, written.model, partials: written.partials) == written.expected)
    }

    @Test("Comments are not written", arguments: SyntaxCases.comments)
    func comments(_ written: SyntaxCase) throws {
        #expect(try render(written.template, written.model, partials: written.partials) == written.expected)
    }

    @Test("Delimiters belong to the file that sets them", arguments: SyntaxCases.delimiters)
    func delimiters(_ written: SyntaxCase) throws {
        #expect(try render(written.template, written.model, partials: written.partials) == written.expected)
    }

    @Test("Blocks are filled from outside", arguments: SyntaxCases.inheritance)
    func inheritance(_ written: SyntaxCase) throws {
        #expect(try render(written.template, written.model, partials: written.partials) == written.expected)
    }
}
