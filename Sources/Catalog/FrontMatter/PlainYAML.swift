/// Reads the YAML that merchants write, about forty times faster than libyaml: blocks of `key: value`, lists, `[…]` and `{…}` on one
/// line, quoted, literal and folded texts, comments.
///
/// It answers exactly what ``YAMLReader`` makes of Yams' tree (a test compares them on tens of thousands of documents), or nil: whatever
/// is rare or doubtful – anchors, tags, texts over several lines, tabs, every mistake – is Yams' to judge.
struct PlainYAML {
    /// Something that Yams has to judge.
    struct Doubt: Error {}

    /// Deeper sets and lists are left to Yams.
    static let deepest = 32

    let bytes: UnsafeBufferPointer<UInt8>
    let lineOffset: Int
    /// The current line, from 1; the offsets of its first byte, of its end and of the line after it.
    private(set) var line = 0
    private(set) var start = 0
    private(set) var end = 0
    private var next = 0
    /// Spaces before its text; -1 behind the last line.
    private(set) var indent = -1
    /// A place of the current line whose column has been counted.
    private var counted = (offset: 0, column: 1)

    /// - Parameter text: whole lines of valid UTF-8.
    /// - Returns: nil in any doubt.
    static func read(_ text: ArraySlice<UInt8>, lineOffset: Int) -> YAMLNode? {
        text.withUnsafeBufferPointer { bytes in
            guard isPlain(bytes) else { return nil }
            var reader = PlainYAML(bytes: bytes, lineOffset: lineOffset)
            return try? reader.document()
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, lineOffset: Int) {
        self.bytes = bytes
        self.lineOffset = lineOffset
    }

    private mutating func document() throws(Doubt) -> YAMLNode {
        advance()
        guard indent == 0 else { throw Doubt() }
        let node = try mapping(0, depth: 0)
        guard indent < 0 else { throw Doubt() }
        return node
    }

    // MARK: Lines

    /// Whether no byte needs a second look: no control but line ends, no separator that libyaml counts as a line, no byte order mark.
    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte >= 0x20, byte < 0x7F { continue }
            switch byte {
            case 0x0A: break
            case 0x0D: if index == bytes.count || bytes[index] != 0x0A { return false }
            case 0xC2: if index == bytes.count || bytes[index] < 0xA0 { return false }
            case 0xE2: if index + 1 < bytes.count, bytes[index] == 0x80, bytes[index + 1] & 0xFE == 0xA8 { return false }
            case 0xEF: if index < bytes.count, bytes[index] == 0xBB || bytes[index] == 0xBF { return false }
            case 0x00...0x7F: return false
            default: break
            }
        }
        return true
    }

    /// Goes to the next line that is neither blank nor a comment.
    mutating func advance() {
        while step() {
            var index = start
            while index < end, bytes[index] == Byte.space { index += 1 }
            if index == end || bytes[index] == Byte.hash { continue }
            indent = index - start
            return
        }
        indent = -1
    }

    /// Goes to the next line, whatever it holds.
    ///
    /// - Returns: false behind the last.
    mutating func step() -> Bool {
        guard next < bytes.count else { return false }
        line += 1
        start = next
        var index = start
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        next = index < bytes.count ? index + 1 : index
        end = index > start && index < bytes.count && bytes[index - 1] == 0x0D ? index - 1 : index
        counted = (start, 1)
        return true
    }

    /// Makes the current line the next one again.
    mutating func stepBack() {
        next = start
        line -= 1
    }

    /// Whether the current line has an end of its own.
    var isEnded: Bool { end < bytes.count }

    /// The place of a byte of the current line; asked for from left to right.
    mutating func mark(_ offset: Int) -> YAMLNode.Mark {
        var column = counted.column
        for index in counted.offset..<max(counted.offset, offset) where bytes[index] & 0xC0 != 0x80 { column += 1 }
        counted = (offset, column)
        return YAMLNode.Mark(line: line + lineOffset, scalar: column)
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    func skipSpaces(_ offset: Int) -> Int {
        var index = offset
        while index < end, bytes[index] == Byte.space { index += 1 }
        return index
    }

    // MARK: Blocks

    /// The set of keys whose first key stands at `column` of the current line. Afterwards the first line behind it is the current one.
    private mutating func mapping(_ column: Int, depth: Int) throws(Doubt) -> YAMLNode {
        guard depth < Self.deepest else { throw Doubt() }
        let place = mark(start + column)
        var fields: [YAMLNode.Field] = []
        repeat {
            guard let colon = keyEnd(start + column) else { throw Doubt() }
            let key = YAMLNode.Scalar(text: text((start + column)..<colon), plain: true, mark: mark(start + column))
            for field in fields where field.key.text == key.text { throw Doubt() }
            let value = try value(colon + 1, column, inMapping: true, depth: depth)
            fields.append(YAMLNode.Field(key: key, value: value))
        } while indent == column
        guard indent < column else { throw Doubt() }
        return YAMLNode(mark: place, content: .fields(fields))
    }

    /// The list whose first dash stands at `column` of the current line.
    private mutating func sequence(_ column: Int, depth: Int) throws(Doubt) -> YAMLNode {
        guard depth < Self.deepest else { throw Doubt() }
        let place = mark(start + column)
        var items: [YAMLNode] = []
        repeat {
            let content = skipSpaces(start + column + 1)
            if content < end, keyEnd(content) != nil {
                items.append(try mapping(content - start, depth: depth + 1))
            } else {
                items.append(try value(start + column + 1, column, inMapping: false, depth: depth))
            }
        } while indent == column && isDash(start + column)
        guard indent <= column else { throw Doubt() }
        return YAMLNode(mark: place, content: .list(items))
    }

    /// What stands behind a colon or dash, at `offset`, in a block that begins at `column`.
    private mutating func value(_ offset: Int, _ column: Int, inMapping: Bool, depth: Int) throws(Doubt) -> YAMLNode {
        let index = skipSpaces(offset)
        let place = mark(index == end || bytes[index] == Byte.hash ? offset : index)
        guard index < end, bytes[index] != Byte.hash else {
            advance()
            if indent > column {
                return try isDash(start + indent) ? sequence(indent, depth: depth + 1) : mapping(indent, depth: depth + 1)
            }
            if inMapping, indent == column, isDash(start + column) { return try sequence(column, depth: depth + 1) }
            return YAMLNode(mark: place, content: .scalar(YAMLNode.Scalar(text: "", plain: true, mark: place)))
        }
        switch bytes[index] {
        case Byte.pipe, Byte.greater:
            let text = try block(index, column)
            return YAMLNode(mark: place, content: .scalar(YAMLNode.Scalar(text: text, plain: false, mark: place)))
        case Byte.bracket, Byte.brace, Byte.quote, Byte.apostrophe:
            let (node, after) = try flow(index, depth: depth + 1)
            let rest = skipSpaces(after)
            guard rest == end || (rest > after && bytes[rest] == Byte.hash) else { throw Doubt() }
            advance()
            guard indent <= column else { throw Doubt() }
            return node
        default:
            let range = try plain(index, inFlow: false)
            let text = text(range)
            advance()
            guard indent <= column else { throw Doubt() }
            return YAMLNode(mark: place, content: .scalar(YAMLNode.Scalar(text: text, plain: true, mark: place)))
        }
    }

    private func isDash(_ offset: Int) -> Bool {
        bytes[offset] == Byte.dash && (offset + 1 == end || bytes[offset + 1] == Byte.space)
    }

    /// The colon behind the plain key at `offset`, a space or the line's end behind it; nil when there is none.
    func keyEnd(_ offset: Int) -> Int? {
        var index = offset
        while index < end, Byte.isKey(bytes[index]) { index += 1 }
        guard index > offset, index - offset <= 128, index < end, bytes[index] == Byte.colon,
            bytes[offset] != Byte.dash, bytes[offset] != Byte.point, index + 1 == end || bytes[index + 1] == Byte.space
        else { return nil }
        return index
    }

    enum Byte {
        static let space = UInt8(ascii: " ")
        static let hash = UInt8(ascii: "#")
        static let dash = UInt8(ascii: "-")
        static let colon = UInt8(ascii: ":")
        static let comma = UInt8(ascii: ",")
        static let point = UInt8(ascii: ".")
        static let pipe = UInt8(ascii: "|")
        static let greater = UInt8(ascii: ">")
        static let bracket = UInt8(ascii: "[")
        static let brace = UInt8(ascii: "{")
        static let quote = UInt8(ascii: "\"")
        static let apostrophe = UInt8(ascii: "'")

        /// `A-Z a-z 0-9 _ . -`
        static func isKey(_ byte: UInt8) -> Bool {
            (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_") || byte == point
                || byte == dash
        }
    }
}
