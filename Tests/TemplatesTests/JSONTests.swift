import Testing

@testable import Templates

@Suite("JSON data")
struct JSONTests {
    private func written(_ json: String) -> String {
        do {
            return Self.text(try Value(json: Array(json.utf8)))
        } catch {
            return "\(error.line):\(error.column): \(error.message)"
        }
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .text(let text): "“\(text)”"
        case .html: "html"
        case .number(let text): text
        case .list(let items): "[\(items.map(Self.text).joined(separator: " "))]"
        case .record(let record): "{\(record.names.map { "\($0):\(record[Key($0)].map(Self.text) ?? "")" }.joined(separator: " "))}"
        }
    }

    @Test("Values keep their order, digits and letters")
    func values() {
        #expect(
            written(#" {"b": [1.50, -0, 1E+2, 12345678901234567890], "a": {"": null}, "c": [true,false,{},[]]} "#)
                == "{b:[1.50 -0 1E+2 12345678901234567890] a:{:null} c:[true false {} []]}")
        #expect(written(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\udd11键""#) == "“\"\\/\u{8}\u{C}\n\r\té🔑键”")
    }

    @Test(
        "What is not JSON is refused at its place",
        arguments: [
            ("", "1:1: a value is missing here"),
            ("[1,]", "1:4: a value cannot begin like this"),
            ("{\"a\":1,}", "1:8: a name in quotes is missing here"),
            ("{\"a\" 1}", "1:6: “:” is missing after the name “a”"),
            ("[1 2]", "1:4: “,” or “]” is missing here"),
            ("{\"a\":1", "1:7: “,” or “}” is missing here"),
            ("[\n01]", "2:1: a number cannot begin with a spare 0"),
            ("1.", "1:3: a digit is missing here"),
            ("-", "1:2: a digit is missing here"),
            ("+1", "1:1: a value cannot begin like this"),
            ("1 x", "1:3: nothing may follow the value"),
            ("nul", "1:1: a value cannot begin like this"),
            ("NaN", "1:1: a value cannot begin like this"),
            ("'a'", "1:1: a value cannot begin like this"),
            ("\"a", "1:1: this text never ends"),
            ("\"a\\", "1:3: there is no such escape"),
            ("\"\\x\"", "1:2: there is no such escape"),
            ("\"\\u12\"", "1:2: “\\u” takes four hexadecimal digits"),
            ("\"\\ud800\"", "1:2: half of a surrogate pair"),
            ("\"\\ud800\\u0041\"", "1:2: half of a surrogate pair"),
            ("\"\\udc00\"", "1:2: half of a surrogate pair"),
            ("\"a\u{9}b\"", "1:3: a control character must be written as an escape"),
            ("{\"a\":1,\"b\":2,\"\\u0061\":3}", "1:14: the name “a” is given twice"),
            ("\u{FEFF}1", "1:1: a value cannot begin like this"),
        ])
    func refused(_ json: String, _ message: String) {
        #expect(written(json) == message)
    }

    @Test("Two spellings of a letter are two names, not a crash")
    func canonicalEquality() {
        #expect(written("{\"\u{E9}\":1,\"e\u{301}\":2}") == "{\u{E9}:1 e\u{301}:2}")
    }

    @Test("Nesting has an end, bytes that are not UTF-8 are refused")
    func limits() throws {
        let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(written(deep(128)) == deep(128))
        #expect(written(deep(129)) == "1:129: this is nested more than 128 deep")
        #expect(written(String(repeating: "[", count: 1_000_000)) == "1:129: this is nested more than 128 deep")
        #expect { try Value(json: [0x22, 0xFF, 0x22], path: "d.json") } throws: { "\($0)" == "d.json: error: this is not UTF-8" }
    }
}
