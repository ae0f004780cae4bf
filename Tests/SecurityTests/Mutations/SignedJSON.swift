/// JSON read once more, for `SignedView` alone: as much of it as the signatures over a meaning need, and nothing of the judges' reader.
struct SignedJSON {
    private indirect enum Value {
        case text([UInt8])
        /// A number or a word, in the characters it came in.
        case plain([UInt8])
        case list([Value])
        case object([(name: [UInt8], value: Value)])
    }

    private struct Broken: Error {}

    private var rest: ArraySlice<UInt8>

    /// NOWPayments: the whole object with its members sorted at every depth, without blanks. What cannot be read is signed as it is.
    static func sorted(_ bytes: [UInt8]) -> [UInt8] {
        guard let value = try? whole(bytes) else { return bytes }
        return written(value)
    }

    /// TokenPay and epusdt: `name=value` of the members that are not empty, sorted, joined by `&`, and the signature apart from them.
    static func fields(_ bytes: [UInt8], signature: String) -> [[UInt8]] {
        guard case .object(let members)? = try? whole(bytes) else { return [bytes] }
        var lines: [(name: [UInt8], value: [UInt8])] = []
        var sign: [[UInt8]] = []
        for member in members {
            let isSign = member.name == Array(signature.utf8)
            switch member.value {
            case .text(let text) where isSign: sign.append(text)
            case .text(let text): lines.append((member.name, text))
            case .plain(let lexeme) where lexeme == Array("null".utf8): continue
            case .plain(let lexeme): lines.append((member.name, number(lexeme)))
            case .list, .object: return [bytes]
            }
        }
        let text = lines.filter { !$0.value.isEmpty }.sorted { $0.name.lexicographicallyPrecedes($1.name) }.map {
            $0.name + [0x3D] + $0.value
        }
        return [Array(text.joined(separator: [0x26]))] + sign
    }

    /// As Go and .NET print a number: `68` for `68.00`. What is no number stays as it is.
    private static func number(_ lexeme: [UInt8]) -> [UInt8] {
        guard let value = Double(String(decoding: lexeme, as: UTF8.self)), value.magnitude < 1e15 else { return lexeme }
        return Array((value == value.rounded() ? String(Int64(value)) : String(value)).utf8)
    }

    private static func whole(_ bytes: [UInt8]) throws -> Value {
        var reader = SignedJSON(rest: bytes[...])
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.rest.isEmpty else { throw Broken() }
        return value
    }

    private static func written(_ value: Value) -> [UInt8] {
        switch value {
        case .text(let text): [0x22] + text + [0x22]
        case .plain(let lexeme): lexeme
        case .list(let values): [0x5B] + values.map(written).joined(separator: [0x2C]) + [0x5D]
        case .object(let members):
            [0x7B]
                + members.sorted { $0.name.lexicographicallyPrecedes($1.name) }.map { [0x22] + $0.name + [0x22, 0x3A] + written($0.value) }
                .joined(separator: [0x2C]) + [0x7D]
        }
    }

    private mutating func skipBlanks() {
        rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func value(depth: Int) throws -> Value {
        guard depth < 100 else { throw Broken() }
        if take(0x22) { return .text(try text()) }
        if take(0x5B) {
            return .list(try items(until: 0x5D) { reader throws in try reader.value(depth: depth + 1) })
        }
        if take(0x7B) {
            return .object(
                try items(until: 0x7D) { reader throws in
                    guard reader.take(0x22) else { throw Broken() }
                    let name = try reader.text()
                    guard reader.take(0x3A) else { throw Broken() }
                    return (name, try reader.value(depth: depth + 1))
                })
        }
        let lexeme = rest.prefix { ![0x2C, 0x5D, 0x7D, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard !lexeme.isEmpty else { throw Broken() }
        rest = rest.dropFirst(lexeme.count)
        return .plain(Array(lexeme))
    }

    private mutating func items<Item>(until end: UInt8, _ read: (inout SignedJSON) throws -> Item) throws -> [Item] {
        var items: [Item] = []
        while !take(end) {
            if !items.isEmpty, !take(0x2C) { throw Broken() }
            items.append(try read(&self))
        }
        return items
    }

    /// What stands up to the next quotation mark, its escapes undone.
    private mutating func text() throws -> [UInt8] {
        var units: [UInt16] = []
        var bytes: [UInt8] = []
        func flush() {
            bytes += String(decoding: units, as: UTF16.self).utf8
            units = []
        }
        while let byte = rest.popFirst() {
            if byte == 0x22 {
                flush()
                return bytes
            }
            guard byte == 0x5C, let mark = rest.popFirst() else {
                flush()
                bytes.append(byte)
                continue
            }
            if mark == 0x75 {
                guard let unit = UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) else { throw Broken() }
                rest = rest.dropFirst(4)
                units.append(unit)
            } else {
                flush()
                bytes.append([0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09][mark] ?? mark)
            }
        }
        throw Broken()
    }
}
