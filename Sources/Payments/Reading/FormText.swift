/// `application/x-www-form-urlencoded` (WHATWG URL §5), worked on as bytes.
enum FormText {
    /// `name=value` pairs joined by `&`; a blank is `+`, everything but letters, digits and `*-._` is `%XX`.
    static func encode(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(escape($0.0))=\(escape($0.1))" }.joined(separator: "&")
    }

    static func escape(_ text: String) -> String {
        percent(text) { $0 == 0x20 ? UInt8(ascii: "+") : nil }
    }

    /// For one part of a path or a query: letters, digits and `*-._` stay, everything else is `%XX`.
    static func escapePart(_ text: String) -> String {
        percent(text) { _ in nil }
    }

    /// The pairs in their order, repeats kept; nil for a broken escape or text that is not UTF-8.
    static func decode(_ text: String) -> [(name: String, value: String)]? {
        guard let pairs = decode(bytes: text.utf8) else { return nil }
        var texts: [(name: String, value: String)] = []
        for pair in pairs {
            guard let name = String(validating: pair.name, as: UTF8.self), let value = String(validating: pair.value, as: UTF8.self)
            else { return nil }
            texts.append((name, value))
        }
        return texts
    }

    /// The same as bytes of whatever encoding: what signatures are over. nil for a broken escape.
    static func decode(bytes: some Collection<UInt8>) -> [(name: [UInt8], value: [UInt8])]? {
        guard !bytes.isEmpty else { return [] }
        var pairs: [(name: [UInt8], value: [UInt8])] = []
        for pair in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let name = unescape(first), let value = parts.count == 2 ? unescape(parts[1]) : []
            else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }

    private static func percent(_ text: String, _ special: (UInt8) -> UInt8?) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if Field.isWord(byte) || byte == 0x2A || byte == 0x2D || byte == 0x2E || byte == 0x5F {
                bytes.append(byte)
            } else if let other = special(byte) {
                bytes.append(other)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func unescape(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
