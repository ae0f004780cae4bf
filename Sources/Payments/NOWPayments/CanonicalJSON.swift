/// JSON written again as NOWPayments signs it: members sorted by name at every depth, no blanks, numbers in the characters they came
/// in. What escapes a writer uses is not said anywhere, and JavaScript and Python differ: both ways are known here.
package enum CanonicalJSON {
    /// What is escaped beside quotation marks, backslashes and control characters.
    package enum Escapes: Sendable, CaseIterable {
        /// Nothing: JavaScript's `JSON.stringify`.
        case least
        /// Everything that is not printable ASCII, as UTF-16: Python's `json.dumps`.
        case ascii
    }

    package static func bytes(_ value: JSON, _ escapes: Escapes) -> [UInt8] {
        var bytes: [UInt8] = []
        write(value, escapes, into: &bytes)
        return bytes
    }

    private static func write(_ value: JSON, _ escapes: Escapes, into bytes: inout [UInt8]) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let text): bytes += text.utf8
        case .text(let text): write(text, escapes, into: &bytes)
        case .list(let values): join(values, "[", "]", into: &bytes) { write($0, escapes, into: &$1) }
        case .object(let members):
            let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            join(sorted, "{", "}", into: &bytes) { member, bytes in
                write(member.name, escapes, into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                write(member.value, escapes, into: &bytes)
            }
        }
    }

    private static func join<Item>(
        _ items: [Item], _ open: String, _ close: String, into bytes: inout [UInt8], _ write: (Item, inout [UInt8]) -> Void
    ) {
        bytes += open.utf8
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(item, &bytes)
        }
        bytes += close.utf8
    }

    private static func write(_ text: String, _ escapes: Escapes, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: bytes += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20: escape(UInt16(truncatingIfNeeded: scalar.value), into: &bytes)
            case 0x20..<0x7F: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                if escapes == .ascii {
                    for unit in String(scalar).utf16 { escape(unit, into: &bytes) }
                } else {
                    bytes += String(scalar).utf8
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ unit: UInt16, into bytes: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        bytes += "\\u".utf8
        for shift in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> UInt16(shift)) & 15]) }
    }
}
