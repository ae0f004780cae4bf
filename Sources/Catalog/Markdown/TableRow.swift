/// A line of a table, cut at each `|` that has no backslash before it.
struct TableRow {
    struct Cell {
        /// Without white space around it, `\|` as `|`.
        let text: [UInt8]
        /// Of its first byte, in the text.
        let offset: Int
    }

    let cells: [Cell]
    /// Of the row's first byte, in the text.
    let offset: Int

    init(_ line: ArraySlice<UInt8>) {
        let pipe = UInt8(ascii: "|")
        let row = Self.trimmed(line)
        var cells: [Cell] = []
        var start = row.first == pipe ? row.startIndex + 1 : row.startIndex
        var index = start
        while index < row.endIndex {
            if row[index] == UInt8(ascii: "\\"), index + 1 < row.endIndex {
                index += 2
            } else if row[index] == pipe {
                cells.append(Self.cell(row[start..<index]))
                index += 1
                start = index
            } else {
                index += 1
            }
        }
        if start < row.endIndex { cells.append(Self.cell(row[start...])) }
        self.cells = cells
        offset = line.startIndex
    }

    private static func cell(_ slice: ArraySlice<UInt8>) -> Cell {
        let trimmed = trimmed(slice)
        var text: [UInt8] = []
        text.reserveCapacity(trimmed.count)
        for byte in trimmed {
            if byte == UInt8(ascii: "|"), text.last == UInt8(ascii: "\\") { text.removeLast() }
            text.append(byte)
        }
        return Cell(text: text, offset: trimmed.startIndex)
    }

    private static func trimmed(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = slice.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        return rest
    }
}
