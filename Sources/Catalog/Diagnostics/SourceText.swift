/// A file's text cut into lines, for positions and for showing the line of a mistake.
struct SourceText: Sendable {
    /// Relative to the shop folder.
    let path: String
    let bytes: [UInt8]
    /// The offset at which each line begins; never empty.
    private let starts: [Int]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
        self.starts = starts
    }

    var lineCount: Int { starts.count }

    /// Line `number` (from 1) without its end, secrets masked; nil outside the text.
    func line(_ number: Int) -> String? {
        content(number).map { Secrecy.masked(String(decoding: $0, as: UTF8.self)) }
    }

    /// The bytes of line `number` (from 1) without LF or CR LF.
    func content(_ number: Int) -> ArraySlice<UInt8>? {
        guard number >= 1, number <= starts.count else { return nil }
        let end = number < starts.count ? starts[number] - 1 : bytes.count
        let slice = bytes[starts[number - 1]..<end]
        return slice.last == 0x0D ? slice.dropLast() : slice
    }

    /// The place of the `scalar`-th Unicode scalar (from 1, as libyaml counts) of line `number`.
    func location(line number: Int, scalar: Int) -> SourceLocation {
        let text = content(number).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, scalar - 1))))
        return SourceLocation(path: path, line: number, column: before.count + 1)
    }

    /// The place of the `byte`-th byte (from 1, as cmark counts) of line `number`.
    func location(line number: Int, byte: Int) -> SourceLocation {
        let text = content(number).map { String(decoding: $0.prefix(max(0, byte - 1)), as: UTF8.self) } ?? ""
        return SourceLocation(path: path, line: number, column: text.count + 1)
    }

    /// The place of the byte at `offset` of the whole text.
    func location(offset: Int) -> SourceLocation {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return location(line: low + 1, byte: offset - starts[low] + 1)
    }

    /// A diagnostic at `location` with its line.
    func diagnostic(
        _ severity: Diagnostic.Severity = .error, at location: SourceLocation, _ message: String, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(severity, at: location, message, hint: hint, sourceLine: line(location.line))
    }
}
