/// Escaping for text and attribute values of HTML.
enum HTMLEscape {
    /// Appends `bytes` with `& < > "` as entities.
    static func append(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        let raw = UnsafeRawBufferPointer(bytes)
        var run = 0
        var index = 0
        while index < raw.count {
            // Eight at a time, as long as none of them is special.
            if index + 8 <= raw.count, !mayBeSpecial(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
                index += 8
                continue
            }
            let last = min(index + 8, raw.count)
            while index < last {
                let entity: StaticString
                switch raw[index] {
                case UInt8(ascii: "&"): entity = "&amp;"
                case UInt8(ascii: "<"): entity = "&lt;"
                case UInt8(ascii: ">"): entity = "&gt;"
                case UInt8(ascii: "\""): entity = "&quot;"
                default:
                    index += 1
                    continue
                }
                out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<index]))
                entity.withUTF8Buffer { out.append(contentsOf: $0) }
                index += 1
                run = index
            }
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run...]))
    }

    /// Whether one of eight bytes is special; it may say so of others, never the other way round.
    ///
    /// A byte of `word ^ pattern` is zero where the two are equal, and subtracting 1 from each byte sets the highest bit of a zero.
    /// `"` and `&` differ from each other in one bit, `<` and `>` as well: masking it out asks for both at once.
    private static func mayBeSpecial(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word & (ones &* 0xFB)) ^ (ones &* 0x22)
        let angles = (word & (ones &* 0xFD)) ^ (ones &* 0x3C)
        return (((quotes &- ones) & ~quotes) | ((angles &- ones) & ~angles)) & (ones &* 0x80) != 0
    }

    static func append(_ bytes: [UInt8], to out: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0, to: &out) }
    }

    static func append(_ text: String, to out: inout [UInt8]) {
        var text = text
        text.withUTF8 { append($0, to: &out) }
    }
}
