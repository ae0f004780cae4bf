/// A fact as the books keep it: who told it, and what it says of an order.
///
/// It is what the inbox holds: one row for each `(account, dedupeKey)`, kept for ever.
package struct RecordedFact: Sendable, Hashable {
    /// What is said. Only these change an order; the rest of an inbox is `other`.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case paid
        case refunded
        case disputed
        /// The dispute was decided for the shop.
        case disputeWon = "dispute_won"
        /// The dispute was decided for the buyer: the money is gone.
        case disputeLost = "dispute_lost"
        case failed
        /// Authentic, but of no consequence.
        case other
    }

    /// How a refund's amount is meant.
    package enum RefundMeaning: String, Sendable, Hashable {
        /// All that was refunded so far of this payment (Stripe, Alipay).
        case cumulative
        /// This one refund (WeChat, PayPal, Standard Webhooks).
        case single
    }

    /// The gateway account that told it, or `operatorAccount`.
    package var account: String
    /// The gateway's own id of the message, `Fact.inboxKey`.
    package var dedupeKey: String
    package var kind: Kind
    /// Minor units; nil where the message names none.
    package var amountMinor: Int64?
    /// ISO 4217, upper case; nil where the message names none.
    package var currency: String?
    /// The gateway's id of the payment.
    package var transaction: String?
    package var refundMeaning: RefundMeaning?
    /// The refund completes the payment's refund, whatever its amount says.
    package var fullRefund: Bool
    /// The gateway's id of the dispute, where it has one.
    package var dispute: String?
    /// The transaction was already the payment of another order when this fact came.
    package var foreignTransaction: Bool

    /// The account of facts that a person enters, `order confirm` for one. No gateway account can have this name.
    package static let operatorAccount = "(operator)"

    /// What begins the key of a fact that was read off a gateway's receipt for a refund of ours. The notice of the same refund has
    /// the gateway's own key; the two are one refund, because a receipt is cumulative.
    static let receiptMark = "receipt|"

    package init(
        account: String, dedupeKey: String, kind: Kind, amountMinor: Int64? = nil, currency: String? = nil,
        transaction: String? = nil, refundMeaning: RefundMeaning? = nil, fullRefund: Bool = false, dispute: String? = nil,
        foreignTransaction: Bool = false
    ) {
        self.account = account
        self.dedupeKey = dedupeKey
        self.kind = kind
        self.amountMinor = amountMinor
        self.currency = currency
        self.transaction = transaction
        self.refundMeaning = refundMeaning
        self.fullRefund = fullRefund
        self.dispute = dispute
        self.foreignTransaction = foreignTransaction
    }

    /// It comes from a receipt, not from a notice.
    var isReceipt: Bool { dedupeKey.utf8.starts(with: Self.receiptMark.utf8) }

    /// A person entered it, so the account and the transaction need not be the order's own.
    package var isOperators: Bool { account == Self.operatorAccount }
}
