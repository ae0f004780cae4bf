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

    /// The offset of the first NUL or malformed sequence.
    private static func firstFlaw(_ bytes: [UInt8]) -> Int? {
        if let nul = bytes.firstIndex(of: 0) {
            return bytes[..<nul].withUnsafeBytes { firstMalformed($0) } ?? nul
        }
        return bytes.withUnsafeBytes { firstMalformed($0) }
    }

    /// Well-formed sequences by table 3-7 of the Unicode standard.
    private static func firstMalformed(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF1...0xF3: length = 4
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            default: return index
            }
            guard index + length <= bytes.count, second.contains(bytes[index + 1]),
                bytes[(index + 2)..<(index + length)].allSatisfy({ (0x80...0xBF).contains($0) })
            else { return index }
            index += length
        }
        return nil
    }
}
