import CCmark

/// A table of GitHub Flavored Markdown (section 4.10) that libcmark took for a paragraph.
struct PipeTable {
    enum Alignment { case none, left, center, right }

    private let before: [ArraySlice<UInt8>]
    private let header: [TableRow.Cell]
    private let alignments: [Alignment]
    private let rows: [TableRow]
    /// Offset of the text in its file: slices know their offset in the text.
    private let source: MarkdownSource

    /// - Returns: nil when the paragraph holds no header row over a delimiter row of as many cells.
    init?(_ paragraph: OpaquePointer, _ source: MarkdownSource, _ context: MarkdownContext) {
        // The first line of a box is its title.
        let isHeaded = cmark_node_get_user_data(paragraph) != nil
        let first = Int(cmark_node_get_start_line(paragraph)) + (isHeaded ? 1 : 0)
        let last = Int(cmark_node_get_end_line(paragraph))
        guard first >= 1, last > first else { return nil }
        var quotes = 0
        var parent = cmark_node_parent(paragraph)
        while let node = parent {
            if cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE { quotes += 1 }
            parent = cmark_node_parent(node)
        }
        var lines: [ArraySlice<UInt8>] = []
        for number in first...last {
            guard let line = source.line(number) else { return nil }
            lines.append(
                number == first && !isHeaded
                    ? line.dropFirst(max(0, Int(cmark_node_get_start_column(paragraph)) - 1)) : Self.stripped(line, quotes: quotes))
        }
        guard let delimiter = lines.indices.dropFirst().first(where: { Self.alignments(lines[$0]) != nil }),
            let alignments = Self.alignments(lines[delimiter])
        else { return nil }
        let header = TableRow(lines[delimiter - 1]).cells
        guard header.count == alignments.count else {
            if lines[delimiter - 1].contains(UInt8(ascii: "|")) {
                let place = context.report.source.location(offset: source.origin + lines[delimiter].startIndex)
                context.report.warning(
                    place, "this is not read as a table: \(header.count) cells above, \(alignments.count) here",
                    hint: "write one “---” for each cell")
            }
            return nil
        }
        before = Array(lines[..<(delimiter - 1)])
        self.header = header
        self.alignments = alignments
        rows = lines[(delimiter + 1)...].map(TableRow.init)
        self.source = source
    }

    func write(to writer: inout HTMLWriter, context: MarkdownContext) {
        let report = context.report
        writer.newLine()
        if let line = before.first {
            writer.paragraph(Array(before.joined(separator: [0x0A])), at: source.origin + line.startIndex)
        }
        writer.write("<table>\n<thead>\n<tr>\n")
        for (cell, alignment) in zip(header, alignments) { write(cell, "th", alignment, &writer, report) }
        writer.write("</tr>\n</thead>\n")
        if !rows.isEmpty { writer.write("<tbody>\n") }
        for row in rows {
            writer.write("<tr>\n")
            for (index, alignment) in alignments.enumerated() {
                let cell = index < row.cells.count ? row.cells[index] : TableRow.Cell(text: [], offset: row.offset)
                write(cell, "td", alignment, &writer, report)
            }
            if row.cells.count > alignments.count {
                let place = report.source.location(offset: source.origin + row.cells[alignments.count].offset)
                report.warning(
                    place, "this row has \(row.cells.count) cells, the table \(alignments.count) columns",
                    hint: "write “\\|” for a “|” in a cell")
            }
            writer.write("</tr>\n")
        }
        writer.write(rows.isEmpty ? "</table>\n" : "</tbody>\n</table>\n")
    }

    private func write(_ cell: TableRow.Cell, _ element: String, _ alignment: Alignment, _ writer: inout HTMLWriter, _ report: Report) {
        switch alignment {
        case .none: writer.write("<\(element)>")
        default: writer.write("<\(element) align=\"\(alignment)\">")
        }
        if !cell.text.isEmpty { writer.inline(cell.text, at: source.origin + cell.offset) }
        writer.write("</\(element)>\n")
    }

    /// The line without the marks of the quotes it is in and without indentation.
    private static func stripped(_ line: ArraySlice<UInt8>, quotes: Int) -> ArraySlice<UInt8> {
        var rest = line.drop { $0 == 0x20 || $0 == 0x09 }
        for _ in 0..<quotes where rest.first == UInt8(ascii: ">") {
            rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
        }
        return rest
    }

    /// What `| :-- | :-: | --: |` says; nil for any other line.
    static func alignments(_ line: ArraySlice<UInt8>) -> [Alignment]? {
        guard line.contains(UInt8(ascii: "-")), line.allSatisfy({ "|:- \t".utf8.contains($0) }),
            line.contains(UInt8(ascii: "|")) || line.contains(UInt8(ascii: ":"))
        else { return nil }
        var alignments: [Alignment] = []
        for cell in TableRow(line).cells {
            let left = cell.text.first == UInt8(ascii: ":")
            let right = cell.text.count > 1 && cell.text.last == UInt8(ascii: ":")
            let dashes = cell.text.dropFirst(left ? 1 : 0).dropLast(right ? 1 : 0)
            guard !dashes.isEmpty, dashes.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
            alignments.append(left && right ? .center : left ? .left : right ? .right : .none)
        }
        return alignments
    }
}
