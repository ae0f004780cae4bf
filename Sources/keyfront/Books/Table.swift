import Foundation

/// Columns for people: as wide as their widest cell, numbers to the right.
struct Table {
    private let heading: [String]
    private var rows: [[String]] = []

    init(_ heading: String...) { self.heading = heading }

    mutating func add(_ cells: String...) { rows.append(cells) }

    /// The heading and the rows; one sentence if there are none.
    func lines(empty: String) -> [String] {
        guard !rows.isEmpty else { return [empty] }
        let all = [heading] + rows
        let widths = heading.indices.map { column in all.map { Self.width($0[column]) }.max() ?? 0 }
        let isNumber = heading.indices.map { column in rows.allSatisfy { Self.isNumber($0[column]) } }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - Self.width(cell))
                line += (column == 0 ? "" : "  ") + (isNumber[column] ? padding + cell : cell + padding)
            }
            while line.utf8.last == 0x20 { line.removeLast() }
            return line
        }
    }

    /// Terminal columns: wide East Asian characters take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F300...0x1FAFF:
                sum + 2
            default: sum + 1
            }
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.contains { (0x30...0x39).contains($0) } && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    }
}

/// Amounts and moments as the tables show them.
enum Cell {
    /// `68.00 CNY`
    static func amount(_ minor: Int64, _ currency: String) -> String { "\(decimal(minor, currency)) \(currency)" }

    /// `2026-11-21 09:30` in UTC.
    static func time(_ seconds: Int64?) -> String {
        guard let seconds else { return "-" }
        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
        let text = date.formatted(.iso8601.year().month().day().dateSeparator(.dash).time(includingFractionalSeconds: false))
        return String(text.replacing("T", with: " ").prefix(16))
    }
}
