/// How a source line is shown beneath a message: controls as spaces, wide characters two cells.
enum Terminal {
    /// The line with tabs and other controls as single spaces, so that the caret stays in place and a file
    /// cannot send commands to the terminal.
    static func printable(_ line: String) -> String {
        String(line.map { isControl($0) ? " " : $0 })
    }

    /// As many spaces as the characters before `column` (from 1) take up.
    static func padding(upTo column: Int, in line: String) -> String {
        let width = line.prefix(max(0, column - 1)).reduce(0) { $0 + (isWide($1) ? 2 : 1) }
        return String(repeating: " ", count: width)
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
    }

    /// Wide and Fullwidth blocks of Unicode's `EastAsianWidth.txt`, coarse.
    private static func isWide(_ character: Character) -> Bool {
        switch character.unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
