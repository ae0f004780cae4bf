/// Breaks a text into lines where there is no browser to do it.
enum TextLines {
    /// - Parameters:
    ///   - ems: what fits on a line; a wide character takes one, a narrow one 0.55.
    ///   - most: lines; what does not fit ends with `…`.
    /// - Returns: at least one line unless the text is empty.
    static func wrapped(_ text: String, ems: Int, most: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text) {
            if line.isEmpty || width(line + piece) <= ems * 100 {
                line += line.isEmpty && piece == " " ? "" : piece
            } else {
                lines.append(trimmed(line))
                line = piece == " " ? "" : piece
            }
        }
        if !trimmed(line).isEmpty { lines.append(trimmed(line)) }
        guard lines.count > most else { return lines }
        var last = lines[most - 1]
        while !last.isEmpty, width(last) > ems * 100 - 100 { last.removeLast() }
        return Array(lines[..<(most - 1)]) + [trimmed(last) + "…"]
    }

    /// In hundredths of an em, roughly.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 100 : 55) }
    }

    /// Words, spaces, and wide characters one by one: lines may break between these.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        for character in text {
            let isSpace = character.isWhitespace
            let isWide = (character.unicodeScalars.first?.value ?? 0) >= 0x1100
            if isSpace || isWide {
                if !word.isEmpty { pieces.append(word) }
                word = ""
                pieces.append(isSpace ? " " : String(character))
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? pieces : pieces + [word]
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
