/// A JSON value (RFC 8259) that writes itself; members keep their order.
///
/// `<`, `>`, `&`, U+2028 and U+2029 are written as `\u….` escapes, so the text can stand inside an
/// HTML `script` element: nothing in it can end the element or open a comment.
indirect enum JSON: Sendable {
    case null
    case bool(Bool)
    case text(String)
    case integer(Int64)
    case list([JSON])
    case object([(String, JSON)])

    /// The value as compact text.
    var bytes: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    func write(to out: inout [UInt8]) {
        switch self {
        case .null: out.append("null")
        case .bool(let value): out.append(value ? "true" : "false")
        case .text(let text): Self.write(text, to: &out)
        case .integer(let value): out.append(contentsOf: String(value).utf8)
        case .list(let values):
            out.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                value.write(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.0, to: &out)
                out.append(UInt8(ascii: ":"))
                member.1.write(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var last: (UInt8, UInt8) = (0, 0)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out.append("\\\"")
            case UInt8(ascii: "\\"): out.append("\\\\")
            case UInt8(ascii: "\n"): out.append("\\n")
            case UInt8(ascii: "\t"): out.append("\\t")
            case UInt8(ascii: "<"): out.append("\\u003c")
            case UInt8(ascii: ">"): out.append("\\u003e")
            case UInt8(ascii: "&"): out.append("\\u0026")
            case 0..<0x20, 0x7F:
                out.append("\\u00")
                for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 48 + digit : 87 + digit) }
            case 0xA8...0xA9 where last == (0xE2, 0x80):
                // U+2028 and U+2029 end a line in scripts of old.
                out.removeLast(2)
                out.append(byte == 0xA8 ? "\\u2028" : "\\u2029")
            default: out.append(byte)
            }
            last = (last.1, byte)
        }
        out.append(UInt8(ascii: "\""))
    }
}
