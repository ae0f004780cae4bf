package import Catalog

/// Money that a promoter is to get: taken from what may be paid out when a run makes it, so nothing is paid twice.
package struct Payout: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// Booked; the merchant is to send the money.
        case open
        /// The merchant sent it.
        case paid
        /// It did not arrive: booked back, and part of the next run.
        case failed
    }

    /// `<run>-<promoter>`
    package var id: String
    /// Names the run that made it.
    package var run: String
    /// The promoter's id.
    package var promoter: String
    package var amount: Money
    package var state: State
    /// What the bank or the service calls it; empty until settled.
    package var reference: String
    /// Unix seconds.
    package var createdAt: Int64
    package var settledAt: Int64?
}

/// What a run made, or would make.
package struct PayoutRun: Sendable, Hashable {
    /// Empty when nothing was made.
    package var run: String
    /// In the order of the promoters' ids.
    package var payouts: [Payout]
}

/// A payout with whom it is for: what a bank's form asks. Holds an address.
package struct PayoutAddress: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    package var payout: Payout
    package var address: String

    /// Never the address.
    package var description: String { "(payout \(payout.id))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
