package import Catalog

/// An order as its buyer sees it.
package struct OrderView: Sendable {
    package struct Line: Sendable {
        package var sku: String
        package var product: String
        package var title: String
        package var quantity: Int64
        package var unitPrice: Money
        /// In plain text, and only when they were asked to be revealed.
        package var keys: [String]
    }

    package var order: String
    package var state: OrderState
    package var amount: Money
    package var refundedMinor: Int64
    package var lines: [Line]
    package var language: String
    /// `b•••@e•••.com`
    package var maskedEmail: String
    package var gateway: String
    /// The gateway's page, while the order is pending.
    package var payURL: String?
    /// What the buyer scans to pay, while the order is pending.
    package var payQR: String?
    package var reference: String?
    package var createdAt: Int64
    package var expiresAt: Int64
    package var paidAt: Int64?
    /// The buyer's own referral token, once they have one.
    package var promoterToken: String?
}

/// An order as the merchant lists it: no address, no key.
package struct OrderSummary: Sendable {
    package var order: String
    package var state: OrderState
    package var sku: String
    package var title: String
    package var quantity: Int64
    package var granted: Int64
    package var amount: Money
    package var refundedMinor: Int64
    package var gateway: String
    /// `b•••@e•••.com`
    package var maskedEmail: String
    package var language: String
    package var createdAt: Int64
    package var expiresAt: Int64
    package var paidAt: Int64?
    package var promoter: String?
}
