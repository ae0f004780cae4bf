/// Appending text to a page's buffer, as bytes, without a string in between.
extension [UInt8] {
    mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
    }

    /// A number that is not negative, in decimal.
    mutating func append(decimal value: some BinaryInteger) {
        if value > 9 { append(decimal: value / 10) }
        append(UInt8(truncatingIfNeeded: value % 10) + 0x30)
    }

    /// A number below 16 as a lower-case digit.
    mutating func append(hex digit: UInt8) {
        append(digit < 10 ? 48 + digit : 87 + digit)
    }

    /// Text escaped for HTML and XML, in content and in quoted attributes.
    ///
    /// Control characters that XML 1.0 (2.2) does not allow become U+FFFD.
    mutating func append(escaped text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "\""): append("&quot;")
            case UInt8(ascii: "'"): append("&#39;")
            case 0x09, 0x0A, 0x0D: append(byte)
            case 0..<0x20: append("\u{FFFD}")
            default: append(byte)
            }
        }
    }
}
