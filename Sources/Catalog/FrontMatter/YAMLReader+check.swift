extension YAMLReader {
    /// Refuses, before the parser sees them, characters that would break its counting of lines and documents
    /// made to take for ever.
    func isReadable(_ text: ArraySlice<UInt8>) -> Bool {
        var aliases = 0
        var anchors = 0
        var firstAnchor = 0
        var previous: UInt8 = 0x0A
        for index in text.indices {
            let byte = text[index]
            let next = index + 1 < text.endIndex ? text[index + 1] : 0x0A
            if let separator = separator(at: index, in: text) {
                report.error(report.source.location(offset: index), "invisible character \(separator)", hint: "delete it")
                return false
            }
            if next > 0x20, isSpaceOrBracket(previous) {
                if byte == UInt8(ascii: "*") { aliases += 1 }
                if byte == UInt8(ascii: "&") {
                    if anchors == 0 { firstAnchor = index }
                    anchors += 1
                }
            }
            previous = byte
        }
        // Yams hashes keys with all that their aliases stand for: a few dozen are enough to stall it.
        if aliases > 24, anchors > 2 {
            let place = report.source.location(offset: firstAnchor)
            report.error(place, "anchors and aliases are not read", hint: "write the value out where it is needed")
            return false
        }
        return true
    }

    private func isSpaceOrBracket(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "?")
    }

    /// The name of a line separator that libyaml would count as a line, or of a control character, at `index`.
    private func separator(at index: Int, in text: ArraySlice<UInt8>) -> String? {
        let byte = text[index]
        if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return "U+00" + Hexadecimal.two(byte) }
        if byte == 0x7F { return "U+007F" }
        guard byte == 0xC2 || byte == 0xE2, index + 1 < text.endIndex else { return nil }
        if byte == 0xC2, (0x80...0x9F).contains(text[index + 1]) { return "U+00" + Hexadecimal.two(text[index + 1]) }
        if byte == 0xE2, text[index + 1] == 0x80, index + 2 < text.endIndex {
            if text[index + 2] == 0xA8 { return "U+2028" }
            if text[index + 2] == 0xA9 { return "U+2029" }
        }
        return nil
    }
}

/// Two upper-case digits of a byte.
enum Hexadecimal {
    static func two(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return text.count == 1 ? "0" + text : text
    }
}
