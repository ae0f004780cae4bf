import Glibc
import Synchronization

/// A file's text cut into lines, for positions and for showing the line of a mistake.
struct SourceText: Sendable {
    /// Relative to the shop folder.
    let path: String
    /// UTF-8 without a byte order mark.
    let bytes: [UInt8]
    private let index = Index()

    /// Made when the first position is asked for: most files have no mistake.
    private final class Index: Sendable {
        let starts = Mutex<[Int]?>(nil)
    }

    /// A line ends with LF, CR LF or CR, as libyaml and cmark count them.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The offset at which each line begins; never empty.
    var starts: [Int] {
        index.starts.withLock { starts in
            if let starts { return starts }
            let found = Self.starts(of: bytes)
            starts = found
            return found
        }
    }

    private static func starts(of bytes: [UInt8]) -> [Int] {
        var starts = [0]
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            let hasReturns = memchr(base, 0x0D, bytes.count) != nil
            var index = 0
            while index < bytes.count {
                if hasReturns {
                    let isReturn = bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)
                    if isReturn || bytes[index] == 0x0A { starts.append(index + 1) }
                    index += 1
                } else {
                    guard let found = memchr(base + index, 0x0A, bytes.count - index) else { return }
                    index = UnsafeRawPointer(found) - base + 1
                    starts.append(index)
                }
            }
        }
        return starts
    }

    var lineCount: Int { starts.count }

    /// Line `number` (from 1) without its end, well-known secrets masked; nil outside the text.
    func line(_ number: Int) -> String? {
        content(number).map { Secrecy.masked(String(decoding: $0, as: UTF8.self)) }
    }

    /// The bytes of line `number` (from 1) without its end.
    func content(_ number: Int) -> ArraySlice<UInt8>? {
        let starts = starts
        guard number >= 1, number <= starts.count else { return nil }
        var slice = bytes[starts[number - 1]..<(number < starts.count ? starts[number] : bytes.count)]
        if slice.last == 0x0A { slice.removeLast() }
        if slice.last == 0x0D { slice.removeLast() }
        return slice
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
        let starts = starts
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return location(line: low + 1, byte: offset - starts[low] + 1)
    }
}
