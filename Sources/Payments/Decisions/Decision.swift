/// What a fact means for our order.
package struct Decision: Sendable, Equatable {
    package enum Flag: String, Sendable, CaseIterable {
        /// Said before, or the order was paid before: nothing happens again.
        case duplicate
        case amountMismatch = "amount_mismatch"
        case currencyMismatch = "currency_mismatch"
        /// It names no order, or none of ours.
        case unknownOrder = "unknown_order"
        /// The order was made for another account.
        case gatewayMismatch = "gateway_mismatch"
        /// The transaction paid another order already.
        case transactionReused = "transaction_reused"
        /// The order was paid before by another transaction: the buyer paid twice.
        case paidTwice = "paid_twice"
        /// The payment was refunded in full before we heard that it came.
        case refundedBefore = "refunded_before"
        case partialRefund = "partial_refund"
        /// More came back than the order cost.
        case excessRefund = "excess_refund"
        case refundFailed = "refund_failed"
        case inquiry
        case reversed
        case needsLookup = "needs_lookup"
        case syncReturn = "sync_return"
    }

    /// True exactly when goods go out now.
    package let deliver: Bool
    /// In the order of `Flag`.
    package let flags: [Flag]
    /// The order it is about: named by the fact, or found by its transaction. nil when there is none.
    package let orderID: String?
    /// Whether the fact may change the order: authentic, about an order of this account, and not a repeat. A paid
    /// fact that applies delivers; a refund or dispute that applies takes back.
    package let applies: Bool
    /// Whether a person should look at it.
    package let needsReview: Bool
    /// For a refund: whether all of the order's amount has now gone back.
    package let fullRefund: Bool?
    /// For a refund that applies: all that has gone back of the order so far, this one included, at most its amount.
    package let refundedMinor: Int64?
}
