/// Named values in the order they were given.
///
/// Up to 24 fields are found by scanning their key numbers, which lie side by side; larger records carry
/// a hash index. Where a key is given twice, the later value counts and keeps the earlier place.
package struct Record: Sendable {
    private let fields: Fields

    package init(_ fields: [(Key, Value)]) {
        var keys: [UInt32] = []
        var values: [Value] = []
        keys.reserveCapacity(fields.count)
        values.reserveCapacity(fields.count)
        var places: [UInt32: Int] = [:]
        // Looking through a few dozen numbers takes less time than filling a dictionary.
        let indexed = fields.count > 64
        for (key, value) in fields {
            if let place = indexed ? places[key.id] : keys.firstIndex(of: key.id) {
                values[place] = value
            } else {
                if indexed { places[key.id] = keys.count }
                keys.append(key.id)
                values.append(value)
            }
        }
        self.fields = Fields(keys: keys, values: values)
    }

    /// The value of a field, or nil where the record has no such field.
    package subscript(key: Key) -> Value? {
        value(of: key.id)
    }

    /// How many fields there are.
    package var count: Int { fields.keys.count }

    /// The field names, in order.
    package var names: [String] { fields.keys.map { Key(id: $0).name } }

    @inline(__always)
    func value(of key: UInt32) -> Value? {
        fields.value(of: key)
    }
}

extension Record: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (Key, Value)...) {
        self.init(elements)
    }
}

/// The shared storage of a record: copying a record copies one reference.
private final class Fields: Sendable {
    let keys: [UInt32]
    let values: [Value]
    let index: KeyIndex?

    init(keys: [UInt32], values: [Value]) {
        self.keys = keys
        self.values = values
        index = keys.count > KeyIndex.threshold ? KeyIndex(keys) : nil
    }

    @inline(__always)
    func value(of key: UInt32) -> Value? {
        if let index {
            guard let place = index.place(of: key, in: keys) else { return nil }
            return values[place]
        }
        for place in 0..<keys.count where keys[place] == key {
            return values[place]
        }
        return nil
    }
}
