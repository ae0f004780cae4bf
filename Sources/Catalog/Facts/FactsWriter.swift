/// Writes values one after the other, as short as they are.
package struct FactsWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// Seven bits a byte, the lowest first (LEB128).
    package mutating func write(_ number: UInt64) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    package mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number) << 1 ^ Int64(number) >> 63)) }

    /// Eight bytes, the lowest first.
    package mutating func write(fixed number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    package mutating func write(_ text: String) {
        var text = text
        text.withUTF8 {
            write(UInt64($0.count))
            bytes.append(contentsOf: $0)
        }
    }

    package mutating func write(_ block: ArraySlice<UInt8>) {
        write(UInt64(block.count))
        bytes.append(contentsOf: block)
    }

    package mutating func write<T>(_ list: [T], _ body: (inout FactsWriter, T) -> Void) {
        write(UInt64(list.count))
        for item in list { body(&self, item) }
    }

    package mutating func write<T>(_ value: T?, _ body: (inout FactsWriter, T) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }
}
