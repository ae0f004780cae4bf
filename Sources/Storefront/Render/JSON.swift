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

    static func write(_ text: String, to out: inout [UInt8]) {
        var text = text
        out.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var done = 0
            for at in bytes.indices where isSpecial(bytes[at]) {
                let byte = bytes[at]
                if byte == 0xE2 {
                    // U+2028 and U+2029 end a line in scripts of old; other characters begin with this byte as well.
                    guard at + 2 < bytes.count, bytes[at + 1] == 0x80, bytes[at + 2] == 0xA8 || bytes[at + 2] == 0xA9 else { continue }
                    out.append(contentsOf: bytes[done..<at])
                    out.append(bytes[at + 2] == 0xA8 ? "\\u2028" : "\\u2029")
                    done = at + 3
                    continue
                }
                out.append(contentsOf: bytes[done..<at])
                done = at + 1
                switch byte {
                case UInt8(ascii: "\""): out.append("\\\"")
                case UInt8(ascii: "\\"): out.append("\\\\")
                case UInt8(ascii: "\n"): out.append("\\n")
                case UInt8(ascii: "\t"): out.append("\\t")
                default:
                    out.append("\\u00")
                    out.append(hex: byte >> 4)
                    out.append(hex: byte & 15)
                }
            }
            out.append(contentsOf: bytes[done...])
        }
        out.append(UInt8(ascii: "\""))
    }

    /// Whether a byte may need an escape.
    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: "&") || byte == 0x7F || byte == 0xE2
    }
}
