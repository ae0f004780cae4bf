import Testing

@testable import Templates

/// Numbers that come the same from one seed on every machine (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Templates nobody would write")
struct SoupTests {
    static let scraps = [
        "{{", "}}", "{{{", "}}}", "{{=", "=}}", "<% %>", "{{#a}}", "{{/a}}", "{{^b}}", "{{/b}}", "{{$a}}", "{{<p}}", "{{/p}}", "{{>p}}",
        "{{>*x}}", "{{.}}", "{{a.b}}", "{{t.s}}", "{{t.u}}", "{{! ", "\n", "\r\n", "  ", "\t", "键", "é", "&<\"", "{", "}", "#", "{{#.}}",
        "{{/.}}",
        "{{{a}}}", "{{&a}}",
    ]

    @Test("Any mixture of tags either renders or is refused with places inside the text", arguments: [1, 2, 3, 4])
    func soup(seed: UInt64) throws {
        var numbers = SeededNumbers(state: seed)
        let model: Value = ["a": [["b": 1, "x": "p"], 2, "three"], "b": false, "x": "p"]
        var rendered = 0
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 1...12, using: &numbers)).map { _ in Self.scraps.randomElement(using: &numbers) ?? "" }.joined()
            let part = (0..<Int.random(in: 0...5, using: &numbers)).map { _ in Self.scraps.randomElement(using: &numbers) ?? "" }.joined()
            let partials = ["p": TemplateSource(path: "p", text: part)]
            for strict in [true, false] {
                do {
                    _ = try TemplateSet.renderFile(
                        path: "soup", text: text, data: model, partials: partials, strings: ["s": "{{a}}é"], strict: strict)
                    rendered += 1
                } catch {
                    #expect(!error.all.isEmpty)
                    for mistake in error.all {
                        let source = mistake.path == "p" ? part : mistake.path == "soup" ? text : "{{a}}é"
                        let lines = source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                        #expect(mistake.line >= 1 && mistake.line <= lines.count, "\(mistake) in \(source.debugDescription)")
                        #expect(mistake.column >= 1 && mistake.column <= (mistake.sourceLine?.count ?? 0) + 1)
                    }
                }
            }
        }
        #expect(rendered > 20)
    }
}
