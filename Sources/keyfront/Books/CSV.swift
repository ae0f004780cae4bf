/// One line of comma-separated values, RFC 4180.
enum CSV {
    /// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    static func line(_ cells: [String]) -> String {
        cells.map(quoted).joined(separator: ",")
    }

    private static func quoted(_ cell: String) -> String {
        let isFormula = cell.utf8.first.map { "=+-@".utf8.contains($0) } ?? false
        let cell = isFormula && Int64(cell) == nil ? "'\(cell)" : cell
        guard cell.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return cell }
        return "\"\(cell.replacing("\"", with: "\"\""))\""
    }
}
