/// Splits a template into text and tags.
///
/// Follows the Mustache specification 1.4: interpolation, sections, inverted, comments, partials,
/// delimiters, and the optional inheritance and dynamic names.
struct Lexer {
    private let source: SourceText
    private var position = 0
    private var open: [UInt8] = Array("{{".utf8)
    private var close: [UInt8] = Array("}}".utf8)

    init(_ source: SourceText) {
        self.source = source
    }

    /// Text in pieces of at most a line, and tags. A tag that never ends is an error and ends the reading.
    mutating func pieces(_ errors: inout [TemplateError]) -> [Piece] {
        var pieces: [Piece] = []
        while position < source.bytes.count {
            let start = find(open, from: position) ?? source.bytes.count
            appendLines(position..<start, to: &pieces)
            guard start < source.bytes.count else { break }
            do throws(TemplateError) {
                if let tag = try tag(at: start, &errors) { pieces.append(.tag(tag)) }
            } catch {
                errors.append(error)
                break
            }
        }
        return pieces
    }

    private func appendLines(_ range: Range<Int>, to pieces: inout [Piece]) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = source.bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? range.upperBound
            pieces.append(.text(start..<end))
            start = end
        }
    }

    /// Reads the tag that begins at `start` and leaves the position after it; nil where its name is wrong.
    private mutating func tag(at start: Int, _ errors: inout [TemplateError]) throws(TemplateError) -> Tag? {
        let inner = start + open.count
        let (kind, sigil) = kind(of: inner < source.bytes.count ? source.bytes[inner] : 0)
        let content = inner + sigil
        let ending: [UInt8]
        switch (kind, inner < source.bytes.count ? source.bytes[inner] : 0) {
        case (.raw, UInt8(ascii: "{")): ending = [UInt8(ascii: "}")] + close
        case (.delimiters, _): ending = [UInt8(ascii: "=")] + close
        default: ending = close
        }
        guard let end = find(ending, from: content) else {
            let wanted = String(decoding: ending, as: UTF8.self)
            throw source.error(.unclosed, at: start, "this tag never ends", hint: "close it with “\(wanted)”")
        }
        position = end + ending.count
        let range = start..<position
        switch kind {
        case .comment:
            return Tag(kind: .comment, name: "", nameOffset: content, range: range)
        case .delimiters:
            setDelimiters(content..<end, at: start, &errors)
            return Tag(kind: .delimiters, name: "", nameOffset: content, range: range)
        default:
            return name(content..<end, kind, range, &errors)
        }
    }

    private func kind(of byte: UInt8) -> (Tag.Kind, sigil: Int) {
        switch byte {
        case UInt8(ascii: "#"): (.section, 1)
        case UInt8(ascii: "^"): (.inverted, 1)
        case UInt8(ascii: "/"): (.close, 1)
        case UInt8(ascii: "!"): (.comment, 1)
        case UInt8(ascii: "="): (.delimiters, 1)
        case UInt8(ascii: ">"): (.partial, 1)
        case UInt8(ascii: "<"): (.parent, 1)
        case UInt8(ascii: "$"): (.block, 1)
        case UInt8(ascii: "&"), UInt8(ascii: "{"): (.raw, 1)
        default: (.variable, 0)
        }
    }

    private mutating func setDelimiters(_ range: Range<Int>, at start: Int, _ errors: inout [TemplateError]) {
        let words = source.bytes[range].split(whereSeparator: \.isSpace)
        guard words.count == 2, !words[0].contains(UInt8(ascii: "=")), !words[1].contains(UInt8(ascii: "=")) else {
            errors.append(
                source.error(
                    .badDelimiters, at: start, "a change of delimiters names two, without “=” in them", hint: "write it as {{=<% %>=}}"))
            return
        }
        open = Array(words[0])
        close = Array(words[1])
    }

    private func name(_ range: Range<Int>, _ kind: Tag.Kind, _ tag: Range<Int>, _ errors: inout [TemplateError]) -> Tag? {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, source.bytes[start].isSpace { start += 1 }
        while end > start, source.bytes[end - 1].isSpace { end -= 1 }
        guard start < end else {
            errors.append(source.error(.badName, at: tag.lowerBound, "this tag names nothing"))
            return nil
        }
        var name = source[start..<end]
        if source.bytes[start] == UInt8(ascii: "*") {
            var rest = start + 1
            while rest < end, source.bytes[rest].isSpace { rest += 1 }
            name = "*" + source[rest..<end]
        }
        guard !name.utf8.contains(where: \.isSpace) else {
            errors.append(
                source.error(.badName, at: start, "“\(name)” is not a name: white space is in it", hint: "close the tag after one name"))
            return nil
        }
        return Tag(kind: kind, name: name, nameOffset: start, range: tag)
    }

    private func find(_ needle: [UInt8], from start: Int) -> Int? {
        let bytes = source.bytes
        guard let first = needle.first, start <= bytes.count - needle.count else { return nil }
        var index = start
        while index <= bytes.count - needle.count {
            if bytes[index] == first, bytes[index..<(index + needle.count)].elementsEqual(needle) { return index }
            index += 1
        }
        return nil
    }
}

extension UInt8 {
    /// Space, tab, line feed or carriage return.
    var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
