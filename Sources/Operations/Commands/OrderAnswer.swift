internal import Catalog
internal import Fulfilment

/// An order as the merchant sees it: no address, no key, no link.
package struct OrderAnswer: Sendable, Hashable, Codable {
    package struct Line: Sendable, Hashable, Codable {
        package var sku: String
        package var title: String
        package var quantity: Int64
    }

    package var order: String
    /// `pending fulfilled owed refunded disputed expired review`
    package var state: String
    package var amountMinor: Int64
    package var currency: String
    package var lines: [Line]
    package var gateway: String
    /// Unix seconds.
    package var createdAt: Int64
    package var paidAt: Int64?
    /// Keys handed out, where it is known.
    package var granted: Int64?
    package var refundedMinor: Int64?
    /// Most of it hidden, where it is known.
    package var email: String?
    package var language: String?
    package var expiresAt: Int64?
    /// The id of the promoter who brought the buyer, where it is known.
    package var promoter: String?
    /// What a command that refunds has done.
    package var refund: RefundAnswer?

    init(_ summary: OrderSummary) {
        order = summary.order
        state = summary.state.rawValue
        amountMinor = summary.amount.minor
        currency = summary.amount.currency.code
        lines = [Line(sku: summary.sku, title: summary.title, quantity: summary.quantity)]
        gateway = summary.gateway
        createdAt = summary.createdAt
        paidAt = summary.paidAt
        granted = summary.granted
        refundedMinor = summary.refundedMinor
        email = summary.maskedEmail
        language = summary.language
        expiresAt = summary.expiresAt
        promoter = summary.promoter
    }

    /// The order after a refund, with what was done.
    init(_ summary: OrderSummary, refunded amountMinor: Int64, _ state: RefundAnswer.State) {
        self.init(summary)
        refund = RefundAnswer(amountMinor: amountMinor, state: state)
    }
}

/// What a refund command has done.
package struct RefundAnswer: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Hashable, Codable {
        /// The gateway has sent the money back, and it is booked.
        case done
        /// The gateway has taken it; it is booked when the gateway tells that the money has moved.
        case waiting
        /// A person gave the money back; it is booked.
        case byHand = "by_hand"
        /// It was done under this name before: nothing was done now.
        case repeated
    }

    /// Of this refund; 0 where nothing was done.
    package var amountMinor: Int64
    package var state: State
}
