internal import Fulfilment

/// What became of an import.
package struct ImportAnswer: Sendable, Hashable, Codable {
    /// A line that was not imported; never its text.
    package struct Refused: Sendable, Hashable, Codable {
        /// From 1.
        package var line: Int
        /// `empty`, `too_long`, `malformed`, `not_a_link`, `repeated`, `in_stock`.
        package var reason: String
    }

    package var sku: String
    /// The batch's id; empty if nothing was imported.
    package var batch: String
    package var imported: Int
    package var refused: [Refused]
    /// Owed orders that the new keys fulfilled.
    package var fulfilled: Int

    init(sku: String, _ report: ImportReport) {
        self.sku = sku
        batch = report.batch
        imported = report.imported
        refused = report.refused.map { Refused(line: $0.line, reason: $0.reason.rawValue) }
        fulfilled = report.fulfilled
    }
}

/// How much there is of a SKU.
package struct StockAnswer: Sendable, Hashable, Codable {
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
    package var owed: Int64
    /// Fewer free than the shop wants.
    package var low: Bool
    /// None is left to sell, of a kind that runs out.
    package var soldOut: Bool

    init(_ level: StockLevel) {
        sku = level.sku
        free = level.free
        held = level.held
        sold = level.sold
        disputed = level.disputed
        recalled = level.recalled
        lapsed = level.lapsed
        shared = level.shared
        owed = level.owed
        low = level.low
        soldOut = level.soldOut
    }
}

/// Keys that were imported together, and what became of them.
package struct BatchAnswer: Sendable, Hashable, Codable {
    package var batch: String
    package var sku: String
    /// The name it was imported under.
    package var name: String?
    package var source: String?
    /// Of the whole batch, in the shop's currency.
    package var costMinor: Int64?
    /// Unix seconds.
    package var createdAt: Int64
    package var expiresAt: Int64?
    package var free: Int64
    package var held: Int64
    /// Handed out, those with a disputed payment among them.
    package var sold: Int64
    package var shared: Int64
    package var recalled: Int64
    package var lapsed: Int64

    init(_ level: BatchLevel) {
        batch = level.id
        sku = level.sku
        name = level.info.note
        source = level.info.source
        costMinor = level.info.costMinor
        createdAt = level.createdAt
        expiresAt = level.info.expiresAt
        free = level.keys[.free] ?? 0
        held = level.keys[.held] ?? 0
        sold = (level.keys[.sold] ?? 0) + (level.keys[.disputed] ?? 0)
        shared = level.keys[.shared] ?? 0
        recalled = level.keys[.recalled] ?? 0
        lapsed = level.keys[.lapsed] ?? 0
    }
}

/// How many keys of a batch were withdrawn.
package struct RecallAnswer: Sendable, Hashable, Codable {
    package var batch: String
    package var recalled: Int
}

/// Keys in plain text: what the merchant asked to take out.
package struct KeysAnswer: Sendable, Hashable, Codable {
    package var sku: String
    package var keys: [String]
}

extension KeysAnswer: CustomStringConvertible, CustomReflectable {
    /// Never a key.
    package var description: String { "(\(keys.count) keys of \(sku))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
