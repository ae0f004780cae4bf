/// Cuts a page into tokens, strictly: what the standard calls a parse error is a token of its own.
///
/// Follows WHATWG HTML 13.2.5, without character encodings, CDATA outside of SVG and the rarer script states.
struct HTMLTokenizer {
    private let bytes: [UInt8]
    private var at = 0
    private var mark: Int?
    private var near: Int?
    private var tokens: [HTMLToken] = []

    /// Elements whose content is text up to their own end tag (13.1.2: raw text and escapable raw text).
    private static let rawText: Set<String> = ["script", "style", "title", "textarea"]

    static func tokens(of page: [UInt8]) -> [HTMLToken] {
        var tokenizer = HTMLTokenizer(bytes: page)
        tokenizer.run()
        return tokenizer.tokens
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func run() {
        var textStart = at
        while at < bytes.count {
            if bytes[at] == SourceMarks.first, let end = SourceMarks.end(of: at, in: bytes) {
                text(from: textStart)
                mark = SourceMarks.number(at, end, in: bytes)
                near = mark
                at = end
                textStart = at
                // Only what follows at once was written there.
                if at < bytes.count, bytes[at] != UInt8(ascii: "<") { mark = nil }
                continue
            }
            guard bytes[at] == UInt8(ascii: "<"), at + 1 < bytes.count else {
                at += 1
                continue
            }
            switch bytes[at + 1] {
            case UInt8(ascii: "!"):
                text(from: textStart)
                declaration()
                textStart = at
            case UInt8(ascii: "/"):
                text(from: textStart)
                endTag()
                textStart = at
            case let byte where Self.isLetter(byte):
                text(from: textStart)
                startTag()
                textStart = at
            default:
                add(.mistake("a “<” that begins no tag must be written &lt;", section: "13.2.5.6"), at)
                at += 1
            }
            mark = nil
        }
        text(from: textStart)
    }

    private mutating func add(_ kind: HTMLToken.Kind, _ offset: Int) {
        tokens.append(HTMLToken(kind: kind, place: HTMLPlace(offset: offset, mark: mark, near: near)))
    }

    private mutating func text(from start: Int) {
        guard at > start else { return }
        let raw = bytes[start..<at]
        if raw.contains(0) { add(.mistake("a NUL character", section: "13.2.5.1"), start) }
        let mine = mark
        mark = nil
        add(.text(HTMLReferences.decoded(SourceMarks.removed(raw))), start)
        mark = mine
    }

    private mutating func declaration() {
        let start = at
        if bytes[at...].starts(with: "<!--".utf8) {
            guard let end = bytes[(at + 4)...].firstRange(of: Array("-->".utf8)) else {
                add(.mistake("this comment never ends", section: "13.2.5.45"), start)
                at = bytes.count
                return
            }
            at = end.upperBound
            return add(.comment, start)
        }
        let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
        let words = String(decoding: bytes[(at + 2)..<end], as: UTF8.self).lowercased()
        at = min(end + 1, bytes.count)
        if words.hasPrefix("doctype") {
            add(.doctype, start)
            if words.split(whereSeparator: \.isWhitespace) != ["doctype", "html"] {
                add(.mistake("the document type must be <!doctype html>", section: "13.1.1"), start)
            }
        } else {
            add(.mistake("“<!” begins a comment or the document type alone", section: "13.2.5.42"), start)
        }
    }

    private mutating func endTag() {
        let start = at
        at += 2
        let name = self.name()
        if name.isEmpty { add(.mistake("an end tag without a name", section: "13.2.5.7"), start) }
        let (attributes, closed, ended) = self.attributes()
        if !ended { add(.mistake("this tag never ends", section: "13.2.5.8"), start) }
        if !attributes.isEmpty || closed { add(.mistake("an end tag has no attributes and no “/” at its end", section: "13.1.2.2"), start) }
        if !name.isEmpty { add(.end(name: name), start) }
    }

    private mutating func startTag() {
        let start = at
        at += 1
        let name = self.name()
        let (attributes, closed, ended) = self.attributes()
        if !ended { add(.mistake("this tag never ends", section: "13.2.5.8"), start) }
        add(.start(name: name, attributes: attributes, isClosed: closed), start)
        guard Self.rawText.contains(name), !closed else { return }
        let content = at
        let wanted = Array("</\(name)".utf8)
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "<"), at + wanted.count <= bytes.count,
                zip(bytes[at..<at + wanted.count], wanted).allSatisfy({ ($0 | (Self.isLetter($0) ? 0x20 : 0)) == $1 }),
                at + wanted.count == bytes.count || !Self.isName(bytes[at + wanted.count])
            {
                break
            }
            at += 1
        }
        guard at > content else { return }
        let raw = SourceMarks.removed(bytes[content..<at])
        let isEscapable = name == "title" || name == "textarea"
        mark = nil
        add(.text(isEscapable ? HTMLReferences.decoded(raw) : String(decoding: raw, as: UTF8.self)), content)
    }

    private mutating func name() -> String {
        let start = at
        while at < bytes.count, Self.isName(bytes[at]) { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
    }

    /// The attributes up to the tag's end; whether it was closed with `/>`, and whether it ended at all.
    private mutating func attributes() -> ([HTMLToken.Attribute], closed: Bool, ended: Bool) {
        var found: [HTMLToken.Attribute] = []
        var spaced = true
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: ">") {
                at += 1
                return (found, false, true)
            }
            if byte == UInt8(ascii: "/") {
                at += 1
                if at < bytes.count, bytes[at] == UInt8(ascii: ">") {
                    at += 1
                    return (found, true, true)
                }
                spaced = true
                continue
            }
            if Self.isSpace(byte) {
                at += 1
                spaced = true
                continue
            }
            if !spaced { add(.mistake("white space is missing between attributes", section: "13.2.5.39"), at) }
            spaced = false
            let attribute = self.attribute()
            if found.contains(where: { $0.name == attribute.name }) {
                add(.mistake("the attribute “\(attribute.name)” is given twice", section: "13.1.2.3"), at)
            } else {
                found.append(attribute)
            }
        }
        return (found, false, false)
    }

    private mutating func attribute() -> HTMLToken.Attribute {
        let start = at
        while at < bytes.count, !Self.isSpace(bytes[at]),
            ![UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "=")].contains(bytes[at]) || at == start
        {
            if [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<")].contains(bytes[at]) {
                add(.mistake("a quote or “<” in the name of an attribute", section: "13.2.5.33"), at)
            }
            at += 1
        }
        let name = String(decoding: SourceMarks.removed(bytes[start..<at]), as: UTF8.self).lowercased()
        let end = at
        while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
        guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
            at = end
            return HTMLToken.Attribute(name: name, value: "")
        }
        at += 1
        while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
        guard at < bytes.count else { return HTMLToken.Attribute(name: name, value: "") }
        let quote = bytes[at]
        let value: ArraySlice<UInt8>
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let end = bytes[(at + 1)...].firstIndex(of: quote) ?? bytes.count
            value = bytes[(at + 1)..<end]
            at = min(end + 1, bytes.count)
        } else {
            let end = bytes[at...].firstIndex { Self.isSpace($0) || $0 == UInt8(ascii: ">") } ?? bytes.count
            value = bytes[at..<end]
            if value.isEmpty { add(.mistake("the value of “\(name)” is missing", section: "13.2.5.37"), at) }
            if value.contains(where: {
                [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: "`")].contains($0)
            }) {
                add(.mistake("the value of “\(name)” needs quotes", section: "13.2.5.38"), at)
            }
            at = end
        }
        return HTMLToken.Attribute(name: name, value: HTMLReferences.decoded(SourceMarks.removed(value)))
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0C || byte == 0x0D }
    private static func isName(_ byte: UInt8) -> Bool { !isSpace(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ">") }
}
