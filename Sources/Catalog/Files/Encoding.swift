/// Text files as merchants' editors save them.
enum Encoding {
    /// `bytes` as a source text: a byte order mark is dropped; what is not UTF-8, or holds NUL, is reported.
    static func decode(_ bytes: [UInt8], path: String) -> (source: SourceText, mistake: Diagnostic?) {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
            return (SourceText(path: path, bytes: []), refusal(path, "the file is UTF-16"))
        }
        let source = SourceText(path: path, bytes: text)
        if let offset = firstFlaw(text) {
            let place = source.location(offset: offset)
            if text[offset] == 0 {
                return (source, Diagnostic(at: place, "the file holds a NUL byte", hint: "save it as plain text in UTF-8"))
            }
            let line = source.content(place.line).map { String(decoding: $0, as: UTF8.self) }
            return (source, Diagnostic(at: place, "this is not UTF-8", hint: "save the file as UTF-8", sourceLine: line))
        }
        return (source, nil)
    }

    private static func refusal(_ path: String, _ message: String) -> Diagnostic {
        Diagnostic(at: SourceLocation(path: path, line: 1, column: 1), message, hint: "save the file as UTF-8")
    }

    /// The offset of the first NUL or malformed sequence (table 3-7 of the Unicode standard).
    private static func firstFlaw(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { bytes in
            var index = 0
            while index < bytes.count {
                if index + 8 <= bytes.count {
                    let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    // No byte has its highest bit set, and none is 0.
                    if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0 {
                        index += 8
                        continue
                    }
                }
                let lead = bytes[index]
                if lead < 0x80 {
                    if lead == 0 { return index }
                    index += 1
                    continue
                }
                guard let length = sequence(lead, bytes, index) else { return index }
                index += length
            }
            return nil
        }
    }

    /// The length of the well-formed sequence of several bytes that begins at `index`; nil when it is not one.
    private static func sequence(_ lead: UInt8, _ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int? {
        func follows(_ offset: Int, _ lowest: UInt8 = 0x80, _ highest: UInt8 = 0xBF) -> Bool {
            index + offset < bytes.count && bytes[index + offset] >= lowest && bytes[index + offset] <= highest
        }
        switch lead {
        case 0xC2...0xDF: return follows(1) ? 2 : nil
        case 0xE0...0xEF: return follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : nil
        case 0xF0...0xF4:
            return follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : nil
        default: return nil
        }
    }
}
