/// Reads JSON strictly: UTF-8, no member named twice in one object, at most 64 levels, nothing after the value.
///
/// Two members of one name are refused because parsers disagree on which of them counts, and names are compared as
/// bytes, because Swift calls canonically equal texts (`é` in its two forms) the same.
package struct JSONReader {
    /// What is wrong, and at which byte.
    package struct Failure: Error, Equatable, Sendable {
        package let message: String
        package let offset: Int
    }

    package static let depthLimit = 64

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The one value in `bytes`. Throws a `Failure` with the place of the first mistake.
    package static func read(_ bytes: [UInt8]) throws(Failure) -> JSON {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.failure("something follows the value") }
        return value
    }

    /// The members of the one object in `bytes`, each with the bytes that its value is written in, for signatures over
    /// a part of the text. Throws a `Failure` as `read` does, and for another kind of value.
    package static func members(of bytes: [UInt8]) throws(Failure) -> [(member: JSON.Member, written: ArraySlice<UInt8>)] {
        var reader = JSONReader(bytes)
        reader.skipBlanks()
        guard reader.current == UInt8(ascii: "{") else { throw reader.failure("an object is expected") }
        let members = try reader.members(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.failure("something follows the value") }
        return members
    }

    private func failure(_ message: String) -> Failure {
        Failure(message: message, offset: position)
    }

    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSON {
        skipBlanks()
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .text(String(decoding: try string(), as: UTF8.self))
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .none: throw failure("the text ends where a value is expected")
        default: return .number(try number())
        }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(Failure) -> JSON {
        guard bytes[position...].starts(with: text.utf8) else { throw failure("this is not a value") }
        position += text.utf8.count
        return value
    }

    private mutating func list(depth: Int) throws(Failure) -> JSON {
        guard depth < Self.depthLimit else { throw failure("the values are nested too deeply") }
        position += 1
        var values: [JSON] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .list(values) }
        repeat {
            values.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure("a list is not closed") }
        return .list(values)
    }

    private mutating func object(depth: Int) throws(Failure) -> JSON {
        .object(try members(depth: depth).map(\.member))
    }

    private mutating func members(depth: Int) throws(Failure) -> [(member: JSON.Member, written: ArraySlice<UInt8>)] {
        guard depth < Self.depthLimit else { throw failure("the values are nested too deeply") }
        position += 1
        var members: [(member: JSON.Member, written: ArraySlice<UInt8>)] = []
        var names: Set<[UInt8]> = []
        skipBlanks()
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw failure("a member's name is expected") }
            let name = try string()
            guard names.insert(name).inserted else { throw failure("a member is named twice") }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw failure("a colon is expected") }
            skipBlanks()
            let start = position
            let value = try value(depth: depth + 1)
            members.append((.init(name: String(decoding: name, as: UTF8.self), value: value), bytes[start..<position]))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure("an object is not closed") }
        return members
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
    private mutating func number() throws(Failure) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Failure) {
        let start = position
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw failure("this is not a value") }
    }

    /// The unescaped bytes, valid UTF-8.
    private mutating func string() throws(Failure) -> [UInt8] {
        position += 1
        var text: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                guard String(validating: text, as: UTF8.self) != nil else { throw failure("a text is not UTF-8") }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20:
                throw failure("a control character stands in a text")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw failure("a text is not closed")
    }

    private mutating func escape(into text: inout [UInt8]) throws(Failure) {
        guard let byte = current else { throw failure("a text is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try codePoint())
        default: throw failure("this escape does not exist")
        }
    }

    private mutating func codePoint() throws(Failure) -> [UInt8] {
        var value = try fourDigits()
        if (0xD800..<0xDC00).contains(value) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("half of a surrogate pair") }
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw failure("half of a surrogate pair") }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw failure("half of a surrogate pair") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func fourDigits() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            switch current {
            case .some(let byte) where (0x30...0x39).contains(byte): value = value << 4 | UInt32(byte - 0x30)
            case .some(let byte) where (0x61...0x66).contains(byte | 0x20): value = value << 4 | UInt32((byte | 0x20) - 0x61 + 10)
            default: throw failure("four hexadecimal digits are expected")
            }
            position += 1
        }
        return value
    }
}
