/// Follows HTML through the literals of a template, byte by byte, and drops the white space that means nothing.
///
/// The states are those of HTML's tokenizer (13.2.5) that matter here: text, tags, quoted values, comments, and the
/// elements in whose text white space counts.
struct Markup {
    enum Place: Equatable {
        case text
        /// Within a tag, with the name as far as it was read, in lower case.
        case tag(name: [UInt8], isNamed: Bool)
        /// Within a tag's quoted value.
        case value(quote: UInt8, name: [UInt8])
        /// Up to the end tag of this name.
        case verbatim([UInt8])
        case comment
    }

    private(set) var place = Place.text
    /// Whether the last byte was white space, so that more of it adds nothing.
    var isSpaced = false

    /// The elements whose text stays as it is.
    private static let kept: [[UInt8]] = ["pre", "textarea", "script", "style", "listing", "xmp"].map { Array($0.utf8) }

    /// The next piece of the template without what means nothing.
    mutating func compacted(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            switch place {
            case .text:
                if byte.isSpace {
                    at = space(bytes, at, &out, keepsLines: true)
                    continue
                }
                if let end = Self.endOfComment(bytes, at) {
                    at = end
                    continue
                }
                if byte == UInt8(ascii: "<") { open(bytes, at) }
            case .tag(let name, let isNamed):
                if byte.isSpace {
                    place = .tag(name: name, isNamed: true)
                    at = space(bytes, at, &out, keepsLines: false)
                    continue
                }
                follow(byte, name, isNamed)
            case .value(let quote, let name):
                if byte == quote { place = .tag(name: name, isNamed: true) }
            case .verbatim(let name):
                if byte == UInt8(ascii: "<"), Self.closes(bytes, at, name) { place = .tag(name: [], isNamed: true) }
            case .comment:
                if byte == UInt8(ascii: ">"), out.suffix(2).elementsEqual([0x2D, 0x2D]) { place = .text }
            }
            isSpaced = false
            out.append(byte)
            at += 1
        }
        return out
    }

    /// Writes a run of white space as one byte, or as none behind another; returns where it ends.
    private mutating func space(_ bytes: [UInt8], _ start: Int, _ out: inout [UInt8], keepsLines: Bool) -> Int {
        var end = start
        while end < bytes.count, bytes[end].isSpace { end += 1 }
        if !isSpaced { out.append(keepsLines && bytes[start..<end].contains(UInt8(ascii: "\n")) ? UInt8(ascii: "\n") : 0x20) }
        isSpaced = true
        return end
    }

    /// At a `<` in text: a tag, a comment that this piece does not end, or the character itself.
    private mutating func open(_ bytes: [UInt8], _ at: Int) {
        if bytes[at...].starts(with: Array("<!--".utf8)) {
            place = .comment
        } else if at + 1 == bytes.count || bytes[at + 1] == UInt8(ascii: "/") || bytes[at + 1] == UInt8(ascii: "!")
            || Self.isLetter(bytes[at + 1])
        {
            place = .tag(name: [], isNamed: false)
        }
    }

    private mutating func follow(_ byte: UInt8, _ name: [UInt8], _ isNamed: Bool) {
        switch byte {
        case UInt8(ascii: ">"): place = Self.kept.contains(name) ? .verbatim(name) : .text
        case UInt8(ascii: "\""), UInt8(ascii: "'"): place = .value(quote: byte, name: name)
        // An end tag's name begins with the slash, so it equals none of the kept elements'.
        case UInt8(ascii: "/") where !name.isEmpty: place = .tag(name: name, isNamed: true)
        default: if !isNamed { place = .tag(name: name + [byte | (Self.isLetter(byte) ? 0x20 : 0)], isNamed: false) }
        }
    }

    /// Behind a comment that begins here and ends in the same piece, and that programs do not read.
    private static func endOfComment(_ bytes: [UInt8], _ at: Int) -> Int? {
        guard bytes[at...].starts(with: Array("<!--".utf8)) else { return nil }
        let first = at + 4 < bytes.count ? bytes[at + 4] : 0
        guard first != UInt8(ascii: "["), first != UInt8(ascii: "#"), first != UInt8(ascii: ">"), first != UInt8(ascii: "-") else {
            return nil
        }
        var end = at + 4
        while end + 3 <= bytes.count {
            if bytes[end] == 0x2D, bytes[end + 1] == 0x2D, bytes[end + 2] == UInt8(ascii: ">") { return end + 3 }
            end += 1
        }
        return nil
    }

    private static func closes(_ bytes: [UInt8], _ at: Int, _ name: [UInt8]) -> Bool {
        let start = at + 2
        guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/"), start + name.count <= bytes.count else { return false }
        return bytes[start..<start + name.count].elementsEqual(name, by: { ($0 | 0x20) == $1 })
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
