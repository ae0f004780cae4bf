/// An open-addressed table from key number to place, for records too large to scan.
struct KeyIndex: Sendable {
    /// Records of up to this many fields are scanned: most are made for one page, and a scan costs less than a table for it.
    static let threshold = 24

    private let slots: [Int32]
    private let mask: Int

    /// - Parameter keys: distinct key numbers; the table is at most half full.
    init(_ keys: [UInt32]) {
        var size = 64
        while size < keys.count * 2 { size *= 2 }
        mask = size - 1
        var slots = [Int32](repeating: -1, count: size)
        for (place, key) in keys.enumerated() {
            var slot = Self.hash(key) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(truncatingIfNeeded: place)
        }
        self.slots = slots
    }

    func place(of key: UInt32, in keys: [UInt32]) -> Int? {
        var slot = Self.hash(key) & mask
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if keys[place] == key { return place }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Fibonacci hashing: consecutive key numbers are spread over the table.
    private static func hash(_ key: UInt32) -> Int {
        Int((key &* 2_654_435_769) >> 8)
    }
}
