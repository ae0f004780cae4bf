import Foundation
import Testing

@testable import Catalog

@Suite("Plain YAML")
struct PlainYAMLTests {
    /// The nodes that our reader makes of `text`, nil when it leaves it to Yams; and whether Yams makes the same.
    private func compare(_ text: String) -> (isRead: Bool, agrees: Bool) {
        let bytes = Array(text.utf8)
        guard let plain = PlainYAML.read(bytes[...], lineOffset: 1) else { return (false, true) }
        let report = Report(SourceText(path: "a.md", bytes: Array("---\n".utf8) + bytes))
        let node = YAMLReader(report: report, lineOffset: 1).readWithYams(bytes[...])
        return (true, plain == node && report.diagnostics.isEmpty)
    }

    @Test(
        "What merchants write is read without Yams, and as Yams reads it",
        arguments: [
            "title: Lamp\nprice: \"68.00\"\n", "a: b # c\n# d\n\nb: c#d\n", "a:\nb:   \nc: # d\n",
            "a: 'it''s'\nb: \"say \\\"x\\\" \\\\ \\n\"\n",
            "a: [b, \"c, d\", e f,  g]\nb: []\nc: {}\nd: {a: b, c: [d, {e: f}]}\n", "a:\n  b: c\n  d:\n    e: f\ng: h\n",
            "a:\n- b\n- c\nd:\n  - e\n  -   f # g\n", "a:\n  - b: c\n    d: e\n  - b: f\n\n    d: [g]\nh: -1\n",
            "a: |\n  b\n   c\n\n  # d\n\ne: >-\n  f\n  g\n\n  h\n", "标题: x\n", "a: 灯 [x] {y}, z\nb: [灯, 笼, {k: 值, l: 二}]\n",
            "a: http://x.example:80/?b=c#d\n", "a: 2026-12-01T09:30:00+08:00\n", "a:\r\n  b: c\r\n  d: |\r\n    e\r\n    f\r\n", "a: b",
            "a: |\n  b", "- a\n", "a:\n  -\n    b: c\n  -\n  - d\n",
        ])
    func usual(_ text: String) {
        let answer = compare(text)
        #expect(answer.agrees)
        #expect(answer.isRead == !(text.hasPrefix("标题") || text.hasPrefix("-")))
    }

    @Test(
        "What is rare or doubtful is left to Yams",
        arguments: [
            "", "# a\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: b\n  c\n", "a: \"b\n  c\"\n", "a:\tb\n", "a: b\n c: d\n", "a: b: c\n",
            "a\n",
            "a: [b\n]\n", "a: [b,]\n", "a: [b: c]\n", "a: {b}\n", "a: \"\\x41\"\n", "a: |+\n  b\n", "a: |2\n  b\n", "a: >\n  b\n   c\n",
            "a: b\na: c\n", "--- \na: b\n", "a: b\n...\n", "? a\n: b\n", "%YAML 1.2\n", "a: @b\n", "a: - b\n", "a: \"b\"c\n",
            "a:\n  b: c\n d: e\n",
            "a: b\u{2028}\n", "a: b\u{85}\n", "\u{FEFF}a: b\n", "a: b\u{7F}\n", "a: b\r", "a: {\"b\": c}\n", "\"a\": b\n", "a: [b]c\n",
        ])
    func unusual(_ text: String) {
        #expect(!compare(text).isRead)
    }

    @Test("Every front matter of the demonstration, its shop.yaml and its words are read without Yams, as Yams reads them")
    func demonstration() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var texts: [String] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "content").path) where name.hasSuffix(".md") {
            let text = try String(contentsOf: root.appending(path: "content").appending(path: name), encoding: .utf8)
            let parts = text.split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)
            texts.append(String(try #require(parts.count == 3 ? parts[1] : nil)))
        }
        #expect(texts.count > 30)
        for text in texts + [try String(contentsOf: root.appending(path: "shop.yaml"), encoding: .utf8)] {
            let answer = compare(text)
            #expect(answer.agrees && answer.isRead, "\(text)")
        }
        #expect(compare(try String(contentsOf: root.appending(path: "templates/strings.yaml"), encoding: .utf8)).agrees)
    }

    @Test("Forty thousand random documents: the same nodes at the same places, or left to Yams")
    func random() {
        var source = RandomYAML(seed: 20_261_121)
        var read = 0
        for number in 0..<40_000 {
            let text = source.document(damaged: number % 3 == 0)
            let answer = compare(text)
            #expect(answer.agrees, "\(text)")
            if answer.isRead { read += 1 }
        }
        #expect(read > 15_000 && read < 38_000)
    }
}

/// Documents like those of merchants, the same ones for the same seed, some of them damaged.
struct RandomYAML {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func document(damaged: Bool) -> String {
        var lines: [String] = []
        fields(indent: 0, depth: 0, into: &lines)
        var text = lines.map { $0 + (number(40) == 0 ? "\r\n" : "\n") }.joined()
        if number(12) == 0 { text.removeLast() }
        if damaged { for _ in 0...number(3) { damage(&text) } }
        return text
    }

    /// SplitMix64.
    private mutating func number(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(limit))
    }

    private mutating func pick(_ choices: [String]) -> String { choices[number(choices.count)] }

    private mutating func fields(indent: Int, depth: Int, first: String? = nil, into lines: inout [String]) {
        let pad = String(repeating: " ", count: indent)
        for index in 0...number(4) {
            if index > 0, number(8) == 0 { lines.append(pick(["", "# note", pad + "# note", "   ", pad + "  # deeper"])) }
            let key = pick(["title", "a", "sku-1", "x.y", "_z", "price", "tags", "n\(index)"]) + (number(3) == 0 ? "" : "\(index)")
            let head = (index == 0 ? first ?? pad : pad) + key + ":"
            value(head, indent: indent, depth: depth, inMapping: true, into: &lines)
        }
    }

    private mutating func value(_ head: String, indent: Int, depth: Int, inMapping: Bool, into lines: inout [String]) {
        let gap = pick([" ", " ", " ", "  "])
        switch number(depth < 4 ? 12 : 8) {
        case 0: lines.append(head)
        case 1:
            lines.append(head + gap + pick(["|", "|-", ">", ">-"]))
            for _ in 0...number(3) {
                lines.append(number(6) == 0 ? "" : String(repeating: " ", count: indent + 2) + scalar() + pick(["", ": x", " # y"]))
            }
        case 2, 3: lines.append(head + gap + flow(depth) + pick(["", "", " # note", "  "]))
        case 8, 9:
            lines.append(head)
            fields(indent: indent + 1 + number(3), depth: depth + 1, into: &lines)
        case 10, 11:
            lines.append(head + pick(["", "", " # note"]))
            let column = indent + (inMapping && number(3) == 0 ? 0 : 1 + number(3))
            for _ in 0...number(3) {
                let dash = String(repeating: " ", count: column) + "-"
                if number(3) == 0 {
                    let space = pick([" ", "  "])
                    fields(indent: column + 1 + space.count, depth: depth + 2, first: dash + space, into: &lines)
                } else {
                    value(dash, indent: column, depth: depth + 2, inMapping: false, into: &lines)
                }
            }
        default: lines.append(head + gap + scalar() + pick(["", "", " # note", " "]))
        }
    }

    private mutating func flow(_ depth: Int) -> String {
        let comma = pick([", ", ",", " , "])
        if number(2) == 0 {
            return "[" + (0..<number(4)).map { _ in depth < 5 && number(5) == 0 ? flow(depth + 1) : scalar() }.joined(separator: comma)
                + "]"
        }
        return "{"
            + (0..<number(4)).map { "k\($0): " + (depth < 5 && number(5) == 0 ? flow(depth + 1) : scalar()) }.joined(separator: comma) + "}"
    }

    private mutating func scalar() -> String {
        if number(24) == 0 {
            return pick([
                "[x", "a]", "{y}", "*z", "&z", "- z", "!t", "%p", "@q", "`r", "a: b", "a #b", "\"open", "\"tab\\t\"", "-", "?", ":",
                "x, y: z", "'a'b",
            ])
        }
        return pick([
            "Lamp", "68.00", "\"68.00\"", "'it''s'", "one two", "灯笼工作室", "\"say \\\"hi\\\"\"", "a#b", "x:y", "-1", "on", "~", "\"\"", "''",
            "\"a: b\"",
            "'#'", "https://shop.example/?a=b", "2026-12-01", "é è", "a - b", "Why?", "\u{3000}", "e\u{301}", "🙂 ok", "<<", "=", "null",
            "... x",
            "\"灯 \\\\ \\n\"", "(a)", "a/b", "$1", "+1", "_", "\u{A0}x", "'灯'",
        ])
    }

    private mutating func damage(_ text: inout String) {
        var scalars = Array(text.unicodeScalars)
        guard !scalars.isEmpty else { return }
        let place = number(scalars.count)
        let marks = Array("\n \t:-#[]{},'\"|>&*!?%@\\.a灯\u{A0}\r\u{FEFF}".unicodeScalars)
        switch number(4) {
        case 0: scalars.remove(at: place)
        case 1: scalars.insert(marks[number(marks.count)], at: place)
        case 2: scalars[place] = marks[number(marks.count)]
        default: scalars.insert(contentsOf: scalars[place..<min(scalars.count, place + 1 + number(12))], at: number(scalars.count))
        }
        text = String(String.UnicodeScalarView(scalars))
    }
}
