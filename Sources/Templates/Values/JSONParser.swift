/// Reads JSON by RFC 8259, strictly: no comments, no trailing commas, no names given twice, no lone
/// surrogates, no byte order mark, valid UTF-8. Numbers keep their digits as written.
struct JSONParser {
    /// How deep arrays and objects may be nested.
    static let depthLimit = 128

    private let source: SourceText
    private var position = 0
    private var depth = 0

    /// The one value that the bytes hold.
    static func parse(_ source: SourceText) throws(TemplateError) -> Value {
        guard String(validating: source.bytes, as: UTF8.self) != nil else {
            throw TemplateError(code: .badData, message: "this is not UTF-8", path: source.path)
        }
        var parser = JSONParser(source: source)
        let value = try parser.value()
        parser.skipSpace()
        guard parser.position == source.bytes.count else { throw parser.error("nothing may follow the value") }
        return value
    }

    private init(source: SourceText) {
        self.source = source
    }

    private mutating func value() throws(TemplateError) -> Value {
        skipSpace()
        guard let first = peek else { throw error("a value is missing here") }
        switch first {
        case UInt8(ascii: "{"): return .record(try nested(object))
        case UInt8(ascii: "["): return .list(try nested(array))
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw error("a value cannot begin like this")
        }
    }

    private mutating func nested<Result>(
        _ read: (inout JSONParser) throws(TemplateError) -> Result
    ) throws(TemplateError) -> Result {
        guard depth < Self.depthLimit else { throw error("this is nested more than \(Self.depthLimit) deep") }
        depth += 1
        position += 1
        let result = try read(&self)
        depth -= 1
        return result
    }

    private func object(_ parser: inout JSONParser) throws(TemplateError) -> Record {
        var fields: [(Key, Value)] = []
        var seen: Set<Key> = []
        parser.skipSpace()
        if parser.take(UInt8(ascii: "}")) { return Record([]) }
        repeat {
            parser.skipSpace()
            guard parser.peek == UInt8(ascii: "\"") else { throw parser.error("a name in quotes is missing here") }
            let start = parser.position
            let key = Key(try parser.string())
            guard seen.insert(key).inserted else { throw parser.error("the name “\(key)” is given twice", at: start) }
            parser.skipSpace()
            guard parser.take(UInt8(ascii: ":")) else { throw parser.error("“:” is missing after the name “\(key)”") }
            fields.append((key, try parser.value()))
            parser.skipSpace()
        } while parser.take(UInt8(ascii: ","))
        guard parser.take(UInt8(ascii: "}")) else { throw parser.error("“,” or “}” is missing here") }
        return Record(fields)
    }

    private func array(_ parser: inout JSONParser) throws(TemplateError) -> [Value] {
        var items: [Value] = []
        parser.skipSpace()
        if parser.take(UInt8(ascii: "]")) { return items }
        repeat {
            items.append(try parser.value())
            parser.skipSpace()
        } while parser.take(UInt8(ascii: ","))
        guard parser.take(UInt8(ascii: "]")) else { throw parser.error("“,” or “]” is missing here") }
        return items
    }

    private mutating func word(_ word: StaticString, _ value: Value) throws(TemplateError) -> Value {
        let bytes = word.withUTF8Buffer { Array($0) }
        guard source.bytes[position...].starts(with: bytes) else {
            throw error("a value cannot begin like this", hint: "did you mean “\(word)”?")
        }
        position += bytes.count
        return value
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`, as written.
    private mutating func number() throws(TemplateError) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if isDigit { throw error("a number cannot begin with a spare 0", at: start) }
        } else {
            try digits()
        }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return source[start..<position]
    }

    private mutating func digits() throws(TemplateError) {
        guard isDigit else { throw error("a digit is missing here") }
        while isDigit { position += 1 }
    }

    private mutating func string() throws(TemplateError) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try escape(into: &text)
            case 0..<0x20:
                throw error("a control character must be written as an escape")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw error("this text never ends", at: start)
    }

    private mutating func escape(into text: inout [UInt8]) throws(TemplateError) {
        let start = position
        position += 1
        let letter = peek
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(source.bytes[position - 1])
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal(from: start)
            if (0xD800..<0xDC00).contains(code), source.bytes[position...].starts(with: "\\u".utf8) {
                position += 2
                let low = try hexadecimal(from: start)
                guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair", at: start) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair", at: start) }
            text += String(scalar).utf8
        default: throw error("there is no such escape", at: start)
        }
    }

    private mutating func hexadecimal(from start: Int) throws(TemplateError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("“\\u” takes four hexadecimal digits", at: start)
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }

    // MARK: Bytes

    private var peek: UInt8? {
        position < source.bytes.count ? source.bytes[position] : nil
    }

    private var isDigit: Bool {
        peek.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte.isSpace { position += 1 }
    }

    private func error(_ message: String, at offset: Int? = nil, hint: String? = nil) -> TemplateError {
        source.error(.badData, at: offset ?? position, message, hint: hint)
    }
}

extension Value {
    /// The value of a JSON text (RFC 8259), read strictly.
    ///
    /// - Parameters:
    ///   - json: UTF-8. Numbers keep their digits as written.
    ///   - path: named in errors.
    /// - Throws: where it is not JSON, gives a name twice in one object, or nests more than 128 deep.
    package init(json: [UInt8], path: String = "data") throws(TemplateError) {
        self = try JSONParser.parse(SourceText(path: path, bytes: json))
    }
}
