import Catalog

/// An order at a TokenPay server: the fields that callbacks and answers share, read by the names of callbacks.
struct TokenPayOrder {
    /// The value of a field; nil when it is absent or empty.
    let field: (String) -> String?
    /// The money that the server counts in, where it does not say.
    let currency: String

    /// The fields that decide what an order means. None of them may hide in the value of another one.
    static let fields = [
        "ActualAmount", "BaseCurrency", "BlockTransactionId", "Id", "OutOrderId", "PassThroughInfo", "PayTime", "Status",
    ]

    /// Paid only in status 1; 2 is run out. The amount is the money that we asked for, not the coins. The payment on the chain is
    /// the transaction: it can pay one order. An order without one was marked paid by hand.
    /// Throws when a field is missing or the amount is none.
    func fact() throws(Refusal) -> Fact {
        guard let id = field("Id"), Field.isIdentifier(id), let status = field("Status"), status.utf8.count <= 8,
            let order = field("OutOrderId"), let amount = field("ActualAmount")
        else { throw Refusal(.format, "missing_field") }
        guard let money = Field.amount(amount, field("BaseCurrency") ?? currency) else { throw Refusal(.format, "invalid_amount") }
        let hash = field("BlockTransactionId")
        if let hash, !Field.isIdentifier(hash) { throw Refusal(.format, "malformed_field") }
        return Fact(
            status == "1" ? .paid : status == "2" ? .failed : .ignored, dedupeKey: "\(id)|\(status)", orderID: Field.orderID(order),
            amountMinor: money.minor, currency: money.currency.code, gatewayTransactionID: hash ?? id,
            affiliate: Field.note(field("PassThroughInfo")), sessionID: id)
    }
}
