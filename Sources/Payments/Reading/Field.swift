/// Strict readings of the fields that notices have in common.
enum Field {
    /// Our order id, `[A-Za-z0-9_]{6,32}`; nil for any other text, which then names no order of ours.
    static func orderID(_ text: String?) -> String? {
        guard let text, (6...32).contains(text.utf8.count), text.utf8.allSatisfy({ isWord($0) || $0 == UInt8(ascii: "_") })
        else { return nil }
        return text
    }

    /// An identifier of a gateway: 1 to 255 visible ASCII characters.
    static func isIdentifier(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Three letters, made upper case; nil for anything else.
    static func currency(_ text: String?) -> String? {
        guard let text, text.utf8.count == 3, text.utf8.allSatisfy({ (0x41...0x5A).contains($0 & ~0x20) }) else { return nil }
        return String(decoding: text.utf8.map { $0 & ~0x20 }, as: UTF8.self)
    }

    /// A note of ours that came back (a promoter's token): at most 200 bytes, or it is dropped.
    static func note(_ text: String?) -> String? {
        guard let text, (1...200).contains(text.utf8.count) else { return nil }
        return text
    }

    /// Unix seconds as 1 to 12 ASCII digits; nil for a sign, a blank, or more digits.
    static func seconds(_ text: some StringProtocol) -> Int64? {
        let digits = Array(text.utf8)
        guard (1...12).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
