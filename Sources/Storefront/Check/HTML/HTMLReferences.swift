/// Character references (WHATWG HTML 13.5): the numeric ones, and the named ones that shops write.
enum HTMLReferences {
    /// The text with its references resolved; what is not known stays as written.
    static func decoded(_ bytes: [UInt8]) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "&"), let end = bytes[at...].prefix(32).firstIndex(of: UInt8(ascii: ";")),
                let character = character(String(decoding: bytes[(at + 1)..<end], as: UTF8.self))
            else {
                out.append(bytes[at])
                at += 1
                continue
            }
            out.append(contentsOf: String(character).utf8)
            at = end + 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func character(_ name: String) -> Character? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init).map { Character($0) }
        }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init).map { Character($0) } }
        return named[name]
    }

    private static let named: [String: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "reg": "®", "trade": "™", "hellip": "…",
        "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»", "middot": "·",
        "bull": "•", "times": "×", "euro": "€", "pound": "£", "yen": "¥", "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓",
        "shy": "\u{AD}",
        "thinsp": "\u{2009}", "deg": "°", "frac12": "½", "minus": "−", "check": "✓", "star": "☆", "zwnj": "\u{200C}",
    ]
}
