import CCmark

/// A text prepared for libcmark: an escaped tilde is marked so that it is not taken for strikethrough.
struct MarkdownSource {
    /// As long as the original, line by line.
    let bytes: [UInt8]
    /// Where the text begins in its file, in bytes.
    let origin: Int
    private let lines: SourceText
    /// Lines that define link targets (`[name]: target`), for the cells of tables, which are parsed alone.
    let definitions: [UInt8]

    /// U+0091, a control character that no text uses; two bytes, like the `\~` it stands for.
    static let escapedTilde: [UInt8] = [0xC2, 0x91]

    init(_ original: ArraySlice<UInt8>, context: MarkdownContext) {
        var bytes = Array(original)
        var index = 0
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                if bytes[index + 1] == UInt8(ascii: "~") {
                    bytes[index] = Self.escapedTilde[0]
                    bytes[index + 1] = Self.escapedTilde[1]
                }
                index += 2
            } else {
                // The author's own U+0091, invisible at best, becomes U+0090.
                if bytes[index] == 0xC2, bytes[index + 1] == 0x91 { bytes[index + 1] = 0x90 }
                index += 1
            }
        }
        self.bytes = bytes
        origin = original.startIndex
        lines = SourceText(path: context.report.source.path, bytes: bytes)
        var definitions: [UInt8] = []
        for number in 1...lines.lineCount {
            guard let line = lines.content(number), let first = line.first(where: { $0 != 0x20 }), first == UInt8(ascii: "[") else {
                continue
            }
            if let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex, line[colon - 1] == UInt8(ascii: "]") {
                definitions += line
                definitions.append(0x0A)
            }
        }
        self.definitions = definitions
    }

    /// Line `number` (from 1) without its end.
    func line(_ number: Int) -> ArraySlice<UInt8>? { lines.content(number) }

    /// The tree of `text`, freed afterwards.
    func withTree(_ text: ArraySlice<UInt8>, _ body: (OpaquePointer) -> Void) {
        let root = text.withUnsafeBytes { buffer in
            cmark_parse_document(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, CMARK_OPT_DEFAULT)
        }
        guard let root else { return }
        body(root)
        cmark_node_free(root)
    }
}
