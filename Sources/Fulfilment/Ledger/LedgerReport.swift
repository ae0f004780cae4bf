/// A broken rule of the books.
package struct LedgerFinding: Sendable, Hashable {
    /// `I1` … `I9`.
    package var rule: String
    /// One sentence.
    package var message: String

    package init(rule: String, message: String) {
        self.rule = rule
        self.message = message
    }
}

/// What a verification of the books found.
package struct LedgerReport: Sendable, Hashable {
    package var transfers: Int
    package var orders: Int
    /// Those with a balance.
    package var promoters: Int
    /// Empty if all is well.
    package var findings: [LedgerFinding]
}

/// The balance of one account: credits minus debits, minor units.
package struct LedgerBalance: Sendable, Hashable {
    package var account: String
    package var currency: String
    package var minor: Int64
}
