/// A text as bytes, and the place that a byte offset in it means to a person.
struct SourceText: Sendable {
    let path: String
    let bytes: [UInt8]

    init(_ source: TemplateSource) {
        path = source.path
        bytes = Array(source.text.utf8)
    }

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    subscript(range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Line and column of an offset, both counted from 1.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(0, offset), bytes.count)
        let line = bytes[..<offset].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        return (line, self[lineStart(of: offset)..<offset].count + 1)
    }

    func error(_ code: TemplateError.Code, at offset: Int, _ message: String, hint: String? = nil) -> TemplateError {
        let (line, column) = place(of: offset)
        let start = lineStart(of: min(max(0, offset), bytes.count))
        var end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return TemplateError(
            code: code, message: message, path: path, line: line, column: column, hint: hint, sourceLine: self[start..<end])
    }

    private func lineStart(of offset: Int) -> Int {
        bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }
}
