/// A Markdown file cut in two: the YAML between its first two `---` lines, and the text below.
struct FrontMatter {
    let node: YAMLNode
    /// The text below.
    let body: ArraySlice<UInt8>
    /// Lines of the file before the body.
    let bodyLineOffset: Int

    /// - Returns: nil after reporting what is wrong.
    init?(_ report: Report) {
        let source = report.source
        guard let first = source.content(1), Self.isFence(first) else {
            report.error(
                report.start, "the front matter is missing", hint: "begin the file with a line “---”, keys, and a second line “---”")
            return nil
        }
        guard source.lineCount >= 2, let end = (2...source.lineCount).first(where: { source.content($0).map(Self.isFence) ?? false })
        else {
            report.error(report.start, "the front matter is not closed", hint: "end it with a line “---”")
            return nil
        }
        let yaml = source.bytes[source.starts[1]..<source.starts[end - 1]]
        guard let node = YAMLReader(report: report, lineOffset: 1).read(yaml) else { return nil }
        self.node = node
        let bodyStart = end < source.lineCount ? source.starts[end] : source.bytes.count
        body = source.bytes[bodyStart...]
        bodyLineOffset = end
    }

    /// `---`, spaces may follow.
    private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
        line.count >= 3 && line.prefix(3).allSatisfy { $0 == UInt8(ascii: "-") }
            && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}
