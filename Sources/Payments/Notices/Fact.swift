/// What an authentic notice (or a gateway's answer to our question) says happened.
package struct Fact: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Money came.
        case paid
        /// Money went back, all or part of it.
        case refunded
        /// The buyer's bank asks for it back.
        case disputed
        /// A dispute ended; `disputeWon` says how.
        case disputeClosed = "dispute_closed"
        /// The payment will not come: it was declined, or its session ran out. The hold may be released.
        case failed
        /// Authentic, and nothing to us.
        case ignored
    }

    /// How to read `amountMinor` of a refund.
    package enum RefundAmount: String, Sendable {
        /// All that was refunded so far.
        case cumulative
        /// This refund alone.
        case perRefund = "per_refund"
    }

    package var kind: Kind
    /// Our order, if the notice names one in the alphabet of our ids: `[A-Za-z0-9_]{6,32}`.
    package var orderID: String?
    /// Minor units as the gateway counts them.
    package var amountMinor: Int64?
    /// Upper case.
    package var currency: String?
    /// The payment at the gateway: what refunds and disputes name later.
    package var gatewayTransactionID: String?
    /// Unique per account: a repeat of the notice has the same, and changes nothing.
    package var dedupeKey: String
    /// The promoter's token as it came back: only ever compared with the order's own.
    package var affiliate: String?
    /// The checkout session at the gateway.
    package var sessionID: String?
    package var refundAmount: RefundAmount?
    /// Whether the gateway says that nothing is left to refund; nil when it does not say.
    package var fullRefund: Bool?
    package var refundID: String?
    package var disputeID: String?
    package var disputeWon: Bool?
    /// The gateway's own id of the notice, for a person who asks the gateway about it.
    package var noticeID: String?
    /// Unix seconds, by the gateway's clock.
    package var occurredAt: Int64?
    /// Things to tell a person.
    package var remarks: [Remark]
    /// What was bought over a payment link, without an order of ours.
    package var sale: LinkSale?
    /// The delivery that this came with, where its id may stand for one body alone.
    package var transmission: Transmission?

    package enum Remark: String, Sendable {
        /// An earlier refund did not reach the buyer.
        case refundFailed = "refund_failed"
        /// The bank asks, but has not taken the money.
        case inquiry
        /// The gateway or a bank took the money back by itself.
        case reversed
        /// The notice names a case to be fetched, no order.
        case needsLookup = "needs_lookup"
        /// The browser's return, signed but no proof of payment.
        case syncReturn = "sync_return"
    }

    package init(
        _ kind: Kind, dedupeKey: String, orderID: String? = nil, amountMinor: Int64? = nil, currency: String? = nil,
        gatewayTransactionID: String? = nil, affiliate: String? = nil, sessionID: String? = nil, refundAmount: RefundAmount? = nil,
        fullRefund: Bool? = nil, refundID: String? = nil, disputeID: String? = nil, disputeWon: Bool? = nil, noticeID: String? = nil,
        occurredAt: Int64? = nil, remarks: [Remark] = [], sale: LinkSale? = nil, transmission: Transmission? = nil
    ) {
        self.kind = kind
        self.dedupeKey = dedupeKey
        self.orderID = orderID
        self.amountMinor = amountMinor
        self.currency = currency
        self.gatewayTransactionID = gatewayTransactionID
        self.affiliate = affiliate
        self.sessionID = sessionID
        self.refundAmount = refundAmount
        self.fullRefund = fullRefund
        self.refundID = refundID
        self.disputeID = disputeID
        self.disputeWon = disputeWon
        self.noticeID = noticeID
        self.occurredAt = occurredAt
        self.remarks = remarks
        self.sale = sale
        self.transmission = transmission
    }
}
