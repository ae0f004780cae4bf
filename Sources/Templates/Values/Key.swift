import Synchronization

/// A field name, interned: two keys are equal exactly when their UTF-8 bytes are.
///
/// Comparing keys is comparing two 32-bit numbers, which is what makes a name cheap to look up while a
/// page is rendered. Interning takes a lock, so code that fills many records keeps its keys in constants.
/// The table only grows; names come from templates, from code and from files named on the command line,
/// never from a visitor.
package struct Key: Hashable, Sendable {
    let id: UInt32

    /// The key of a name, compared by bytes: “é” in its two Unicode forms is two keys.
    package init(_ name: String) {
        id = KeyTable.shared.withLock { $0.intern(Array(name.utf8)) }
    }

    /// The key of a number taken from another key.
    init(id: UInt32) {
        self.id = id
    }

    /// The name this key was made from.
    package var name: String {
        KeyTable.shared.withLock { String(decoding: $0.names[Int(id)], as: UTF8.self) }
    }
}

extension Key: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Key: CustomStringConvertible {
    package var description: String { name }
}

/// Every name seen so far, by number and by bytes.
private struct KeyTable {
    static let shared = Mutex(KeyTable())

    private(set) var names: [[UInt8]] = []
    private var ids: [[UInt8]: UInt32] = [:]

    mutating func intern(_ name: [UInt8]) -> UInt32 {
        if let id = ids[name] { return id }
        let id = UInt32(truncatingIfNeeded: names.count)
        names.append(name)
        ids[name] = id
        return id
    }
}
