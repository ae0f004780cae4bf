/// A file of keys as lines.
package enum KeyLines {
    /// Splits at line feeds; a carriage return before one, a byte order mark before the first, and empty lines at
    /// the end do not count.
    ///
    /// A line that is not UTF-8 becomes one control character, which every import refuses under its line number:
    /// repairing it would sell another key than the merchant bought.
    package static func read(_ bytes: [UInt8]) -> [String] {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        var lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            let line = line.last == 0x0D ? line.dropLast() : line
            return String(validating: line, as: UTF8.self) ?? "\u{1}"
        }
        while let last = lines.last, last.utf8.isEmpty { lines.removeLast() }
        return lines
    }
}
