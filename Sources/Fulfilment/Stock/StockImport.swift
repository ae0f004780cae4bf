internal import Cryptography

/// Lines that somebody wants to import, checked against each other. What the stock has already is asked later.
struct StockImport: Sendable {
    /// A line that may be imported.
    struct Entry: Sendable {
        /// From 1.
        var line: Int
        var text: String
    }

    let entries: [Entry]
    let refused: [ImportReport.RefusedLine]

    /// Bytes that a key may have.
    static let longest = 4096

    /// - Parameters:
    ///   - lines: as in the file; a blank one is refused, unless it is the last.
    ///   - isLink: only `https://` links are taken.
    init(lines: [String], isLink: Bool) {
        var entries: [Entry] = []
        var refused: [ImportReport.RefusedLine] = []
        // By digest: texts that only look equal (é in two forms) stay different.
        var seen = Set<[UInt8]>()
        for (index, line) in lines.enumerated() {
            let text = Self.trimmed(line)
            if text.isEmpty, index == lines.count - 1 { break }
            if let reason = Self.refusal(of: text, isLink: isLink) {
                refused.append(ImportReport.RefusedLine(line: index + 1, reason: reason))
            } else if seen.insert(Digest.sha256(Array(text.utf8))).inserted {
                entries.append(Entry(line: index + 1, text: text))
            } else {
                refused.append(ImportReport.RefusedLine(line: index + 1, reason: .repeated))
            }
        }
        self.entries = entries
        self.refused = refused
    }

    private static func refusal(of text: String, isLink: Bool) -> ImportReport.Refusal? {
        if text.isEmpty { return .empty }
        if text.utf8.count > longest { return .tooLong }
        if text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) { return .malformed }
        // A file is delivered as a link to where it lies: a path would tell the buyer nothing and us too much.
        if isLink, !text.utf8.starts(with: "https://".utf8) || text.utf8.contains(0x20) { return .notALink }
        return nil
    }

    /// Without blanks, tabs, line ends and a byte order mark around it.
    private static func trimmed(_ line: String) -> String {
        var bytes = Array(line.utf8)[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
