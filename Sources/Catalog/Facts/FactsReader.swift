/// Reads what a ``FactsWriter`` wrote; a cut or foreign text throws, and nothing is read beyond its end.
package struct FactsReader {
    /// The bytes are not what was written.
    package struct Damage: Error {}

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    package var isAtEnd: Bool { position == bytes.endIndex }

    package mutating func number() throws(Damage) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < bytes.endIndex, shift < 64 else { throw Damage() }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    package mutating func int() throws(Damage) -> Int {
        let raw = try number()
        return Int(truncatingIfNeeded: Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1))
    }

    package mutating func fixed() throws(Damage) -> UInt64 {
        let slice = try take(8)
        return slice.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    }

    package mutating func flag() throws(Damage) -> Bool {
        try take(1).first == 1
    }

    package mutating func text() throws(Damage) -> String {
        let slice = try block()
        return slice.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    package mutating func block() throws(Damage) -> ArraySlice<UInt8> {
        let count = try number()
        guard count <= UInt64(bytes.count) else { throw Damage() }
        return try take(Int(count))
    }

    package mutating func list<T>(_ body: (inout FactsReader) throws(Damage) -> T) throws(Damage) -> [T] {
        let count = try number()
        // Each item takes a byte at least, so a damaged count cannot ask for more room than there are bytes.
        guard count <= UInt64(bytes.endIndex - position) else { throw Damage() }
        var items: [T] = []
        items.reserveCapacity(Int(count))
        for _ in 0..<count { items.append(try body(&self)) }
        return items
    }

    package mutating func optional<T>(_ body: (inout FactsReader) throws(Damage) -> T) throws(Damage) -> T? {
        try flag() ? try body(&self) : nil
    }

    private mutating func take(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
        guard bytes.endIndex - position >= count else { throw Damage() }
        defer { position += count }
        return bytes[position..<(position + count)]
    }
}
