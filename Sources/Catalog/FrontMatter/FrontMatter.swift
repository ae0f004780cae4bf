/// A Markdown file cut in two: the YAML between its first two `---` lines, and the text below.
struct FrontMatter {
    let node: YAMLNode
    /// The text below.
    let body: ArraySlice<UInt8>
    /// Lines of the file before the body.
    let bodyLineOffset: Int

    /// - Returns: nil after reporting what is wrong.
    init?(_ report: Report) {
        let bytes = report.source.bytes
        guard let first = Line(bytes, 0), first.isFence else {
            report.error(
                report.start, "the front matter is missing", hint: "begin the file with a line “---”, keys, and a second line “---”")
            return nil
        }
        var lines = 2
        var fence = Line(bytes, first.next)
        while let line = fence, !line.isFence {
            lines += 1
            fence = Line(bytes, line.next)
        }
        guard let fence else {
            report.error(report.start, "the front matter is not closed", hint: "end it with a line “---”")
            return nil
        }
        guard let node = YAMLReader(report: report, lineOffset: 1).read(bytes[first.next..<fence.start]) else { return nil }
        self.node = node
        body = bytes[fence.next...]
        bodyLineOffset = lines
    }

    /// One line, found without a table of all lines; it ends as ``SourceText`` says.
    private struct Line {
        let start: Int
        let next: Int
        /// `---`, spaces may follow.
        let isFence: Bool

        /// - Returns: nil behind the last line.
        init?(_ bytes: [UInt8], _ start: Int) {
            guard start < bytes.count else { return nil }
            let (end, next) = bytes.withUnsafeBufferPointer { bytes in
                var end = start
                while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
                var next = min(end + 1, bytes.count)
                if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { next += 1 }
                return (end, next)
            }
            self.start = start
            self.next = next
            isFence =
                end - start >= 3 && bytes[start] == UInt8(ascii: "-") && bytes[start + 1] == UInt8(ascii: "-")
                && bytes[start + 2] == UInt8(ascii: "-") && bytes[(start + 3)..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        }
    }
}
