internal import Catalog
internal import Fulfilment

/// A payout as the merchant sees it.
package struct PayoutAnswer: Sendable, Hashable, Codable {
    package var id: String
    package var run: String
    /// The promoter's id.
    package var promoter: String
    /// Only where addresses were asked for.
    package var address: String?
    package var amountMinor: Int64
    /// The same as decimal text, for a bank's form.
    package var amount: String
    package var currency: String
    /// `open`, `paid`, `failed`.
    package var state: String
    package var reference: String
    /// Unix seconds.
    package var createdAt: Int64
    package var settledAt: Int64?

    init(_ payout: Payout, address: String? = nil) {
        id = payout.id
        run = payout.run
        promoter = payout.promoter
        self.address = address
        amountMinor = payout.amount.minor
        amount = payout.amount.decimalText
        currency = payout.amount.currency.code
        state = payout.state.rawValue
        reference = payout.reference
        createdAt = payout.createdAt
        settledAt = payout.settledAt
    }
}

extension PayoutAnswer: CustomStringConvertible, CustomReflectable {
    /// Never the address.
    package var description: String { "(payout \(id))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a run of payouts made, or would make.
package struct PayoutRunAnswer: Sendable, Hashable, Codable {
    /// Empty when nothing was made.
    package var run: String
    package var payouts: [PayoutAnswer]
}
