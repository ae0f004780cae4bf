import Catalog
import Synchronization

/// Where in the theme a page's tags were written.
///
/// For a check, the theme is compiled with a mark before each “<” of its pages and pieces: two private characters with a
/// number between them, which renders like any text. The page is then read without them. A tag right behind a mark was
/// written by the theme at that place; any other came with a value. Rejected: carrying offsets through the compiled
/// program, which every build would pay for.
package final class SourceMarks: Sendable {
    /// U+E000 number U+E001 (UTF-8: EE 80 80 … EE 80 81).
    private static let open: [UInt8] = [0xEE, 0x80, 0x80]
    private static let close: [UInt8] = [0xEE, 0x80, 0x81]
    static let first: UInt8 = 0xEE

    private struct Place {
        var location: SourceLocation
        var file: Int
    }

    private struct Table {
        var places: [Place] = []
        var files: [[Substring]] = []
    }

    private let table = Mutex(Table())

    package init() {}

    /// A template's text with marks. One that changes its delimiters is left as it is.
    func marked(_ text: String, path: String) -> String {
        guard !text.contains("{{="), !text.contains("\u{E000}") else { return text }
        return table.withLock { table in
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let file = table.files.count
            table.files.append(lines)
            var out = ""
            var isTag = false
            for (number, line) in lines.enumerated() {
                if number > 0 { out += "\n" }
                var column = 1
                var rest = line
                while let character = rest.first {
                    if !isTag, rest.hasPrefix("{{") { isTag = true }
                    if isTag, rest.hasPrefix("}}") {
                        isTag = false
                    } else if !isTag, character == "<" {
                        out += "\u{E000}\(table.places.count)\u{E001}"
                        let location = SourceLocation(path: path, line: number + 1, column: column)
                        table.places.append(Place(location: location, file: file))
                    }
                    out.append(character)
                    rest.removeFirst()
                    column += 1
                }
            }
            return out
        }
    }

    /// The place of a mark, and the line it is in.
    func place(_ number: Int) -> (location: SourceLocation, line: String)? {
        table.withLock { table in
            guard table.places.indices.contains(number) else { return nil }
            let place = table.places[number]
            return (place.location, String(table.files[place.file][place.location.line - 1]))
        }
    }

    /// The offset behind the mark that begins at `start`, or nil when none begins there.
    static func end(of start: Int, in bytes: [UInt8]) -> Int? {
        guard bytes[start...].starts(with: open) else { return nil }
        var at = start + 3
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
        return at > start + 3 && bytes[at...].starts(with: close) ? at + 3 : nil
    }

    static func number(_ start: Int, _ end: Int, in bytes: [UInt8]) -> Int? {
        Int(String(decoding: bytes[(start + 3)..<(end - 3)], as: UTF8.self))
    }

    /// The bytes without marks.
    static func removed(_ slice: ArraySlice<UInt8>) -> [UInt8] {
        guard slice.contains(first) else { return Array(slice) }
        let bytes = Array(slice)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            if bytes[at] == first, let end = end(of: at, in: bytes) {
                at = end
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return out
    }
}
