/// What `decide` needs to know of one order: read by the caller, inside the transaction, with the row locked.
package struct OrderContext: Sendable, Equatable {
    package let id: String
    package let amountMinor: Int64
    /// Upper case.
    package let currency: String
    /// The account that it was made for.
    package let gateway: String
    /// Whether a payment of it was accepted before (whatever became of it since).
    package let paid: Bool
    /// The transaction that paid it.
    package let transaction: String?
    /// What was refunded of the transaction so far, also when that was reported before the payment.
    package let refundedMinor: Int64

    package init(
        id: String, amountMinor: Int64, currency: String, gateway: String, paid: Bool = false, transaction: String? = nil,
        refundedMinor: Int64 = 0
    ) {
        self.id = id
        self.amountMinor = amountMinor
        self.currency = currency
        self.gateway = gateway
        self.paid = paid
        self.transaction = transaction
        self.refundedMinor = refundedMinor
    }
}
