/// Where a batch came from; all of it optional.
package struct BatchInfo: Sendable, Hashable {
    package var source: String?
    package var note: String?
    /// Of the whole batch, minor units of the shop's currency.
    package var costMinor: Int64?
    /// Unix seconds.
    package var expiresAt: Int64?

    package init(source: String? = nil, note: String? = nil, costMinor: Int64? = nil, expiresAt: Int64? = nil) {
        self.source = source
        self.note = note
        self.costMinor = costMinor
        self.expiresAt = expiresAt
    }
}

/// What became of an import.
package struct ImportReport: Sendable, Hashable {
    package enum Refusal: String, Sendable, Hashable, CaseIterable {
        case empty
        /// Over 4,096 bytes.
        case tooLong = "too_long"
        /// Control characters.
        case malformed
        /// Not an `https://` link, for a product that is delivered as a file.
        case notALink = "not_a_link"
        /// The same as an earlier line.
        case repeated
        /// The stock has it, under this SKU or another.
        case inStock = "in_stock"
    }

    package struct RefusedLine: Sendable, Hashable {
        /// From 1.
        package var line: Int
        package var reason: Refusal
    }

    /// Empty if nothing was imported.
    package var batch: String
    package var imported: Int
    /// By line.
    package var refused: [RefusedLine]
    /// Owed orders that the new keys fulfilled.
    package var fulfilled: Int
}

/// How much there is of a SKU.
package struct StockLevel: Sendable, Hashable {
    package var sku: String
    package var free: Int64
    package var held: Int64
    package var sold: Int64
    /// Handed out, and their payment is disputed.
    package var disputed: Int64
    package var recalled: Int64
    /// Ended unsold.
    package var lapsed: Int64
    package var shared: Int64
    /// Paid orders that wait for keys.
    package var owed: Int64
    /// Fewer free than the shop wants, and of a kind that runs out.
    package var low: Bool
    /// None is left to sell, of a kind that runs out.
    package var soldOut: Bool
}
