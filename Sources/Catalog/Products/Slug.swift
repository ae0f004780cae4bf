import Foundation

/// Names that stand in addresses.
package enum Slug {
    /// Whether `text` is `[a-z0-9][a-z0-9-]{0,79}`.
    static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-"), text.utf8.count <= 80 else { return false }
        return text.utf8.allSatisfy { isDigit($0) || $0 &- UInt8(ascii: "a") < 26 || $0 == UInt8(ascii: "-") }
    }

    /// `text` in lower case with its letters and digits of any script kept and single hyphens between them:
    /// `Game Cards` → `game-cards`, `游戏 点卡` → `游戏-点卡`. Texts that Unicode holds equal give the same bytes (NFC).
    package static func make(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return ascii(text) }
        var out = String.UnicodeScalarView()
        var gap = false
        for scalar in text.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.isDiacritic && scalar.value > 0x7F
            {
                if gap, !out.isEmpty { out.append("-") }
                gap = false
                out.append(scalar)
            } else {
                gap = true
            }
        }
        return String(out)
    }

    private static func ascii(_ text: String) -> String {
        var out: [UInt8] = []
        var gap = false
        for byte in text.utf8 {
            let isUpper = byte &- UInt8(ascii: "A") < 26
            if isUpper || isDigit(byte) || byte &- UInt8(ascii: "a") < 26 {
                if gap, !out.isEmpty { out.append(UInt8(ascii: "-")) }
                gap = false
                out.append(isUpper ? byte | 0x20 : byte)
            } else {
                gap = true
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
