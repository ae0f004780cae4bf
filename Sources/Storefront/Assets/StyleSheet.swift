/// The references of a style sheet to other files: `url(…)` and `@import "…"`.
///
/// Found by the tokens of CSS Syntax Level 3 (4.3) that matter here: comments, strings, `url(`.
enum StyleSheet {
    /// One reference: where it stands and what it says, without quotes.
    struct Reference: Equatable {
        var range: Range<Int>
        var target: String
    }

    /// The references in order. Escapes in an address are not undone: theme files have plain names.
    static func references(in css: [UInt8]) -> [Reference] {
        var found: [Reference] = []
        var at = 0
        var imports = false
        while at < css.count {
            switch css[at] {
            case UInt8(ascii: "/") where next(css, at, is: "/*"):
                at += 2
                while at < css.count, !next(css, at, is: "*/") { at += 1 }
                at += 2
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let end = endOfString(css, at)
                if imports { found.append(reference(css, at + 1..<end)) }
                imports = false
                at = end + 1
            case UInt8(ascii: "@") where next(css, at, is: "@import"):
                imports = true
                at += 7
            case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"):
                imports = false
                at += 1
            case UInt8(ascii: "u"), UInt8(ascii: "U"):
                guard next(css, at, is: "url("), at == 0 || !isName(css[at - 1]) else {
                    at += 1
                    continue
                }
                var start = at + 4
                while start < css.count, isSpace(css[start]) { start += 1 }
                guard start < css.count else { return found }
                var end = start
                if css[start] == UInt8(ascii: "\"") || css[start] == UInt8(ascii: "'") {
                    end = endOfString(css, start)
                    start += 1
                } else {
                    while end < css.count, css[end] != UInt8(ascii: ")"), !isSpace(css[end]) { end += 1 }
                }
                found.append(reference(css, min(start, end)..<end))
                imports = false
                at = end + 1
            default: at += 1
            }
        }
        return found
    }

    /// The sheet with each reference replaced by what `replace` gives for it; nil leaves it.
    static func rewrite(_ css: [UInt8], _ replace: (Reference) -> String?) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(css.count + 256)
        var done = 0
        for reference in references(in: css) {
            guard let text = replace(reference) else { continue }
            out += css[done..<reference.range.lowerBound]
            out.append(text)
            done = reference.range.upperBound
        }
        return out + css[done...]
    }

    private static func reference(_ css: [UInt8], _ range: Range<Int>) -> Reference {
        Reference(range: range, target: String(decoding: css[range], as: UTF8.self))
    }

    /// The offset of the quote that ends the string begun at `start`, or the end of the line or file.
    static func endOfString(_ css: [UInt8], _ start: Int) -> Int {
        var at = start + 1
        while at < css.count, css[at] != css[start], css[at] != UInt8(ascii: "\n") {
            at += css[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(at, css.count)
    }

    static func next(_ css: [UInt8], _ at: Int, is text: StaticString) -> Bool {
        guard at + text.utf8CodeUnitCount <= css.count else { return false }
        return text.withUTF8Buffer { wanted in
            wanted.indices.allSatisfy { index in
                let byte = css[at + index]
                return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == wanted[index]
            }
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }
}
