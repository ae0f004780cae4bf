/// Texts, and collections on one line.
extension PlainYAML {
    /// The plain text that begins at `offset`, without white space at its end.
    func plain(_ offset: Int, inFlow: Bool) throws(Doubt) -> Range<Int> {
        let first = bytes[offset]
        if first == Byte.dash {
            guard offset + 1 < end, bytes[offset + 1] &- UInt8(ascii: "0") < 10 else { throw Doubt() }
        } else if first < 0x80, !Self.begins[Int(first)] {
            throw Doubt()
        }
        var index = offset
        scan: while index < end {
            switch bytes[index] {
            case Byte.colon:
                if index + 1 == end || bytes[index + 1] == Byte.space { throw Doubt() }
                if inFlow, ",?[]{}".utf8.contains(bytes[index + 1]) { throw Doubt() }
            case Byte.hash:
                if bytes[index - 1] == Byte.space {
                    if inFlow { throw Doubt() }
                    break scan
                }
            case Byte.comma, UInt8(ascii: "]"), UInt8(ascii: "}"): if inFlow { break scan }
            case Byte.bracket, Byte.brace: if inFlow { throw Doubt() }
            default: break
            }
            index += 1
        }
        while bytes[index - 1] == Byte.space { index -= 1 }
        return offset..<index
    }

    /// Which ASCII characters a plain text may begin with: all but YAML's indicators.
    private static let begins: [Bool] = (0..<128).map { $0 > 0x20 && !"-?:,[]{}#&*!|>'\"%@`".utf8.contains(UInt8($0)) }

    /// The quoted text or collection that begins at `offset`, and what stands behind it.
    mutating func flow(_ offset: Int, depth: Int) throws(Doubt) -> (node: YAMLNode, after: Int) {
        guard depth < Self.deepest else { throw Doubt() }
        let place = mark(offset)
        switch bytes[offset] {
        case Byte.quote, Byte.apostrophe:
            let (text, after) = try bytes[offset] == Byte.quote ? doubleQuoted(offset) : singleQuoted(offset)
            return (YAMLNode(mark: place, content: .scalar(YAMLNode.Scalar(text: text, plain: false, mark: place))), after)
        case Byte.bracket:
            let (items, after) = try items(skipSpaces(offset + 1), depth)
            return (YAMLNode(mark: place, content: .list(items)), after)
        case Byte.brace:
            let (fields, after) = try fields(skipSpaces(offset + 1), depth)
            return (YAMLNode(mark: place, content: .fields(fields)), after)
        default:
            let range = try plain(offset, inFlow: true)
            return (
                YAMLNode(mark: place, content: .scalar(YAMLNode.Scalar(text: text(range), plain: true, mark: place))), range.upperBound
            )
        }
    }

    private mutating func items(_ offset: Int, _ depth: Int) throws(Doubt) -> (items: [YAMLNode], after: Int) {
        var items: [YAMLNode] = []
        var index = offset
        if index < end, bytes[index] == UInt8(ascii: "]") { return (items, index + 1) }
        while index < end {
            let (node, after) = try flow(index, depth: depth + 1)
            items.append(node)
            index = skipSpaces(after)
            guard index < end else { break }
            if bytes[index] == UInt8(ascii: "]") { return (items, index + 1) }
            guard bytes[index] == Byte.comma else { break }
            index = skipSpaces(index + 1)
        }
        throw Doubt()
    }

    private mutating func fields(_ offset: Int, _ depth: Int) throws(Doubt) -> (fields: [YAMLNode.Field], after: Int) {
        var fields: [YAMLNode.Field] = []
        var index = offset
        if index < end, bytes[index] == UInt8(ascii: "}") { return (fields, index + 1) }
        while index < end {
            guard let colon = keyEnd(index) else { break }
            let key = YAMLNode.Scalar(text: text(index..<colon), plain: true, mark: mark(index))
            for field in fields where field.key.text == key.text { throw Doubt() }
            index = skipSpaces(colon + 1)
            guard index < end else { break }
            let (node, after) = try flow(index, depth: depth + 1)
            fields.append(YAMLNode.Field(key: key, value: node))
            index = skipSpaces(after)
            guard index < end else { break }
            if bytes[index] == UInt8(ascii: "}") { return (fields, index + 1) }
            guard bytes[index] == Byte.comma else { break }
            index = skipSpaces(index + 1)
        }
        throw Doubt()
    }

    /// `'it''s'` on one line.
    private func singleQuoted(_ offset: Int) throws(Doubt) -> (text: String, after: Int) {
        var out: [UInt8] = []
        var run = offset + 1
        var index = run
        while index < end {
            guard bytes[index] == Byte.apostrophe else {
                index += 1
                continue
            }
            if index + 1 < end, bytes[index + 1] == Byte.apostrophe {
                out += bytes[run...index]
                index += 2
                run = index
                continue
            }
            if out.isEmpty { return (text(run..<index), index + 1) }
            out += bytes[run..<index]
            return (String(decoding: out, as: UTF8.self), index + 1)
        }
        throw Doubt()
    }

    /// `"a \"b\" \\ \n c"` on one line; other escapes are left to Yams.
    private func doubleQuoted(_ offset: Int) throws(Doubt) -> (text: String, after: Int) {
        var out: [UInt8] = []
        var run = offset + 1
        var index = run
        while index < end {
            if bytes[index] == Byte.quote {
                if out.isEmpty { return (text(run..<index), index + 1) }
                out += bytes[run..<index]
                return (String(decoding: out, as: UTF8.self), index + 1)
            }
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            guard index + 1 < end else { break }
            out += bytes[run..<index]
            switch bytes[index + 1] {
            case Byte.quote, UInt8(ascii: "\\"): out.append(bytes[index + 1])
            case UInt8(ascii: "n"): out.append(0x0A)
            default: throw Doubt()
            }
            index += 2
            run = index
        }
        throw Doubt()
    }

    /// The text behind `|`, `|-`, `>` or `>-`, as far as it is indented more than `column`. Afterwards the first line behind it is the
    /// current one.
    mutating func block(_ offset: Int, _ column: Int) throws(Doubt) -> String {
        let isFolded = bytes[offset] == Byte.greater
        let isStripped = offset + 1 < end && bytes[offset + 1] == Byte.dash
        guard skipSpaces(offset + (isStripped ? 2 : 1)) == end, step() else { throw Doubt() }
        let depth = skipSpaces(start) - start
        guard depth > column, start + depth < end else { throw Doubt() }
        var out: [UInt8] = []
        var blanks = 0
        var isEnded = false
        repeat {
            let first = skipSpaces(start)
            if first == end {
                guard first == start else { throw Doubt() }
                blanks += 1
                continue
            }
            if first - start < depth {
                stepBack()
                break
            }
            if isFolded, first - start > depth { throw Doubt() }
            if !out.isEmpty {
                if isFolded, blanks == 0 {
                    out.append(Byte.space)
                } else {
                    out += repeatElement(0x0A, count: isFolded ? blanks : blanks + 1)
                }
            }
            blanks = 0
            out += bytes[(start + depth)..<end]
            isEnded = self.isEnded
        } while step()
        if !isStripped, isEnded { out.append(0x0A) }
        advance()
        guard indent <= column else { throw Doubt() }
        return String(decoding: out, as: UTF8.self)
    }
}
