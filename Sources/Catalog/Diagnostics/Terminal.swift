/// How wide a character stands in a terminal: two cells for CJK and emoji (Unicode UAX #11), else one.
enum Terminal {
    /// `line` with tabs and other controls as single spaces, so that the caret below it stays in place and
    /// a file cannot send commands to the terminal.
    static func printable(_ line: String) -> String {
        String(line.map { isControl($0) ? " " : $0 })
    }

    /// As many spaces as the characters before `column` (from 1) take up.
    static func padding(upTo column: Int, in line: String) -> String {
        let before = line.prefix(max(0, column - 1))
        let width = before.reduce(0) { $0 + cells($1) } + max(0, column - 1 - before.count)
        return String(repeating: " ", count: width)
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains {
            $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x202A...0x202E).contains($0.value)
                || (0x2066...0x2069).contains($0.value)
        }
    }

    static func cells(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
        return wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// Wide and Fullwidth blocks of `EastAsianWidth.txt`, coarse.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F,
        0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
