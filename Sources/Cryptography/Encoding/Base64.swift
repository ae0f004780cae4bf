/// Base64 text (RFC 4648 §4), read to the letter.
///
/// OpenSSL's `EVP_DecodeBlock` counts padding as data and skips blanks, so it is not used.
package enum Base64 {
    /// What a missing `=` at the end means.
    package enum Padding: Sendable {
        case required
        /// Complete padding or none at all: some gateways hand out secrets without it.
        case optional
    }

    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let group =
                UInt32(bytes[index]) << 16
                | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[index + 2]) : 0)
            text.append(alphabet[Int(group >> 18)])
            text.append(alphabet[Int(group >> 12 & 63)])
            text.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : equals)
            text.append(left > 2 ? alphabet[Int(group & 63)] : equals)
            index += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes; nil on any oddity: a blank, a foreign character, wrong padding, or unused bits that are
    /// not zero (two texts must not mean the same bytes).
    package static func decode(_ text: String, padding: Padding = .required) -> [UInt8]? {
        var characters = Array(text.utf8)
        let padded = characters.count
        while characters.last == equals, padded - characters.count < 2 { characters.removeLast() }
        let removed = padded - characters.count
        switch padding {
        case .required: guard padded.isMultiple(of: 4) else { return nil }
        case .optional: guard removed == 0 || padded.isMultiple(of: 4) else { return nil }
        }
        let rest = characters.count % 4
        guard rest != 1, removed == 0 || removed == 4 - rest else { return nil }

        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count * 3 / 4)
        var bits: UInt32 = 0
        var held: UInt32 = 0
        for character in characters {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> held))
            }
        }
        guard bits & (1 << held - 1) == 0 else { return nil }
        return bytes
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let equals = UInt8(ascii: "=")
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }()
}
