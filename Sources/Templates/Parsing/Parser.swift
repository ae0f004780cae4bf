/// Builds the tree of one template.
struct Parser {
    private let source: SourceText
    private let hasStrings: Bool
    private let isString: Bool
    private var pieces: [Piece]
    private var next = 0
    /// White space taken off the beginning of each line.
    private var dedent: ArraySlice<UInt8> = []
    private var atLineStart = false

    /// - Parameters:
    ///   - hasStrings: whether `{{t.key}}` means a string.
    ///   - isString: whether the source is such a string, in which partials and blocks are refused.
    ///   - errors: takes every mistake found; the tree then leaves out the tags concerned.
    static func parse(_ source: SourceText, hasStrings: Bool, isString: Bool = false, _ errors: inout [TemplateError]) -> [Node] {
        var lexer = Lexer(source)
        var pieces = lexer.pieces(&errors)
        pieces = Pairing.pair(pieces, in: source, &errors)
        pieces = Lines.mark(pieces, in: source)
        if isString, case .lineStart? = pieces.first { pieces.removeFirst() }
        var parser = Parser(source: source, hasStrings: hasStrings, isString: isString, pieces: pieces)
        return parser.nodes(&errors)
    }

    private init(source: SourceText, hasStrings: Bool, isString: Bool, pieces: [Piece]) {
        self.source = source
        self.hasStrings = hasStrings
        self.isString = isString
        self.pieces = pieces
    }

    /// Everything up to the closing tag of what is open, which is consumed, or to the end.
    private mutating func nodes(_ errors: inout [TemplateError]) -> [Node] {
        var nodes: [Node] = []
        while next < pieces.count {
            let piece = pieces[next]
            next += 1
            switch piece {
            case .lineStart:
                nodes.append(.lineStart)
                atLineStart = true
            case .text(let range):
                let bytes = atLineStart ? dedented(range) : source.bytes[range]
                atLineStart = false
                if !bytes.isEmpty { nodes.append(.literal(Array(bytes))) }
            case .tag(let tag):
                if tag.kind == .close { return nodes }
                atLineStart = false
                append(tag, to: &nodes, &errors)
            }
        }
        return nodes
    }

    private mutating func append(_ tag: Tag, to nodes: inout [Node], _ errors: inout [TemplateError]) {
        if isString, tag.kind == .partial || tag.kind.inherits {
            errors.append(source.error(.notInString, at: tag.range.lowerBound, "a string cannot include templates or hold blocks"))
        }
        switch tag.kind {
        case .variable, .raw:
            guard let name = name(tag, &errors) else { return }
            let escaped = tag.kind == .variable
            if hasStrings, tag.name.hasPrefix("t."), name.parts.count > 1 {
                nodes.append(.string(key: String(tag.name.dropFirst(2)), escaped: escaped, offset: tag.nameOffset))
            } else {
                nodes.append(.variable(name, escaped: escaped))
            }
        case .section, .inverted:
            let name = name(tag, &errors)
            let content = self.nodes(&errors)
            guard let name else { return }
            if hasStrings, tag.name.hasPrefix("t.") {
                errors.append(
                    source.error(.badName, at: tag.nameOffset, "“\(tag.name)” is a string, not a section", hint: "write {{\(tag.name)}}"))
            }
            nodes.append(tag.kind == .section ? .section(name, content) : .inverted(name, content))
        case .partial:
            guard let inclusion = inclusion(tag, &errors) else { return }
            nodes.append(.partial(inclusion))
        case .parent:
            let inclusion = inclusion(tag, &errors)
            let arguments = arguments(&errors)
            guard let inclusion else { return }
            nodes.append(.parent(inclusion, arguments))
        case .block:
            nodes.append(.block(block(tag, &errors)))
        case .comment, .delimiters, .close:
            return
        }
    }

    /// The blocks beneath a parent tag; everything else there is ignored, as the specification has it.
    private mutating func arguments(_ errors: inout [TemplateError]) -> [Argument] {
        var arguments: [Argument] = []
        while next < pieces.count {
            let piece = pieces[next]
            next += 1
            guard case .tag(let tag) = piece else { continue }
            if tag.kind == .close { break }
            if tag.kind == .block {
                arguments.append(argument(tag, &errors))
            } else if tag.kind.opens {
                var ignored: [Node] = []
                append(tag, to: &ignored, &errors)
            }
        }
        return arguments
    }

    private mutating func argument(_ tag: Tag, _ errors: inout [TemplateError]) -> Argument {
        let outer = dedent
        dedent = ownIndent(tag) ?? []
        defer { dedent = outer }
        var content: [Node] = tag.isStandalone ? [] : [.lineStart]
        content += nodes(&errors)
        atLineStart = false
        return Argument(name: Key(tag.name), content: content, offset: tag.range.lowerBound)
    }

    private mutating func block(_ tag: Tag, _ errors: inout [TemplateError]) -> Block {
        let outside = dedented(tag.indent)
        let indent = tag.isStandalone ? ownIndent(tag).map(dedented) ?? outside : outside
        var content: [Node] = []
        if tag.startsLine {
            content.append(.lineStart)
            if !outside.isEmpty { content.append(.literal(Array(outside))) }
        }
        content += nodes(&errors)
        atLineStart = false
        return Block(name: Key(tag.name), content: content, startsLine: tag.isStandalone || tag.startsLine, indent: Array(indent))
    }

    /// The white space before the first line within a block whose tag stands alone; nil where there is none
    /// such line.
    private func ownIndent(_ tag: Tag) -> ArraySlice<UInt8>? {
        guard tag.isStandalone, let end = tag.partner else { return nil }
        var start = tag.range.upperBound
        while let lineEnd = source.bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) {
            start = lineEnd + 1
            let text = source.bytes[start..<end].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? end
            if text == end { return nil }
            if source.bytes[text] != UInt8(ascii: "\n"), source.bytes[text] != UInt8(ascii: "\r") { return source.bytes[start..<text] }
        }
        return nil
    }

    private func dedented(_ range: Range<Int>) -> ArraySlice<UInt8> {
        dedented(source.bytes[range])
    }

    private func dedented(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.dropFirst(zip(bytes, dedent).prefix { $0 == $1 }.count)
    }

    private func inclusion(_ tag: Tag, _ errors: inout [TemplateError]) -> Inclusion? {
        let indent = tag.isStandalone ? Array(dedented(tag.indent)) : nil
        guard tag.name.hasPrefix("*") else {
            return Inclusion(target: .fixed(tag.name), indent: indent, offset: tag.nameOffset)
        }
        let text = String(tag.name.dropFirst())
        guard let name = name(text, at: tag.nameOffset, &errors) else { return nil }
        return Inclusion(target: .dynamic(name), indent: indent, offset: tag.nameOffset)
    }

    private func name(_ tag: Tag, _ errors: inout [TemplateError]) -> Name? {
        name(tag.name, at: tag.nameOffset, &errors)
    }

    private func name(_ text: String, at offset: Int, _ errors: inout [TemplateError]) -> Name? {
        if text == "." { return Name(text: text, parts: [], offset: offset) }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else {
            errors.append(source.error(.badName, at: offset, "“\(text)” is not a name", hint: "a name is words with single dots between"))
            return nil
        }
        return Name(text: text, parts: parts.map { Key(String(decoding: $0, as: UTF8.self)) }, offset: offset)
    }
}
