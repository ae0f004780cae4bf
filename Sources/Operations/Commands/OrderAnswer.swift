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
        promoter = summary.promoter
    }

    init(_ view: OrderView) {
        order = view.order
        state = view.state.rawValue
        amountMinor = view.amount.minor
        currency = view.amount.currency.code
        lines = view.lines.map { Line(sku: $0.sku, title: $0.title, quantity: $0.quantity) }
        gateway = view.gateway
        createdAt = view.createdAt
        paidAt = view.paidAt
        refundedMinor = view.refundedMinor
        email = view.maskedEmail
        language = view.language
        expiresAt = view.expiresAt
    }
}
