import Payments
import Testing

struct JSONReaderTests {
    private func read(_ text: String) throws -> JSON {
        try JSONReader.read(Array(text.utf8))
    }

    @Test("Values keep their order, and numbers their text")
    func values() throws {
        let value = try read(" {\"b\":[1,-0.50e+2,true,null],\"a\":\"\\u00e9\\n\\ud83c\\udfae/\\/\"}\r\n")
        #expect(
            value
                == .object([
                    .init(name: "b", value: .list([.number("1"), .number("-0.50e+2"), .bool(true), .null])),
                    .init(name: "a", value: .text("é\n🎮//")),
                ]))
        #expect(value.written == #"{"b":[1,-0.50e+2,true,null],"a":"é\n🎮//"}"#)
    }

    @Test(
        "Only a whole number inside 64 bits is an integer",
        arguments: [
            ("1999", 1999), ("-5", -5), ("0", 0), ("9223372036854775807", Int64.max), ("9223372036854775808", nil), ("1999.0", nil),
            ("1e3", nil),
            ("\"1999\"", nil), ("true", nil), ("[1999]", nil), ("99999999999999999999999999999999", nil),
        ] as [(String, Int64?)])
    func integers(text: String, value: Int64?) throws {
        #expect(try read(text).integer == value)
    }

    @Test(
        "What is not strict JSON is refused",
        arguments: [
            "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "01", "+1", "1.", ".5", "1e", "--1", "NaN", "Infinity", "tru",
            "nul", "1 2",
            "[1 2]", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "\u{FEFF}{}", "// c\n1",
            "１２",
            "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"a\" 1}", "[1", "{\"a\":[}",
        ])
    func refusals(text: String) {
        #expect(throws: JSONReader.Failure.self) { try read(text) }
    }

    @Test("Bytes that are not UTF-8 are refused", arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE9]] as [[UInt8]])
    func encoding(bytes: [UInt8]) {
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read([0x22] + bytes + [0x22]) }
    }

    @Test("Names that are equal only as Unicode stay two, and neither is found for the other")
    func canonicallyEqual() throws {
        let value = try read("{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{e9}"]?.integer == 1)
        #expect(value["e\u{301}"]?.integer == 2)
    }

    @Test("64 levels are read, 65 are refused, a million do not crash")
    func depth() throws {
        func nested(_ levels: Int) -> String { String(repeating: "[", count: levels) + String(repeating: "]", count: levels) }
        _ = try read(nested(64))
        #expect(throws: JSONReader.Failure.self) { try read(nested(65)) }
        #expect(throws: JSONReader.Failure.self) { try read(String(repeating: "[", count: 1_000_000)) }
        #expect(throws: JSONReader.Failure.self) { try read(String(repeating: "{\"a\":", count: 500_000)) }
    }

    @Test("Control characters and quotes are escaped when written")
    func writing() throws {
        let text = JSON.text("\"\\\u{1}\u{7f}\t\r\n</é")
        #expect(text.written == #""\"\\\u0001\u007f\t\r\n</é""#)
        #expect(try read(text.written) == text)
    }
}
