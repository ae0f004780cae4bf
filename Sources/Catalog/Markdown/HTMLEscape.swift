/// Escaping for text and attribute values of HTML.
enum HTMLEscape {
    /// Appends `bytes` with `& < > "` as entities.
    static func append(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        var run = 0
        var index = 0
        while index < bytes.count {
            // Sixteen at a time, as long as none of them is special.
            if index + 16 <= bytes.count {
                let lane = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
                let special =
                    (lane .== UInt8(ascii: "&")) .| (lane .== UInt8(ascii: "<")) .| (lane .== UInt8(ascii: ">"))
                    .| (lane .== UInt8(ascii: "\""))
                if !any(special) {
                    index += 16
                    continue
                }
            }
            let last = min(index + 16, bytes.count)
            while index < last {
                let entity: StaticString
                switch bytes[index] {
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

    static func append(_ bytes: [UInt8], to out: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0, to: &out) }
    }

    static func append(_ text: String, to out: inout [UInt8]) {
        var text = text
        text.withUTF8 { append($0, to: &out) }
    }
}
