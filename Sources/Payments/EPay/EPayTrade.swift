import Catalog

/// A trade at an EPay site: the fields that notices and answers share, read by name.
struct EPayTrade {
    /// The value of a field; nil when it is absent or empty.
    let field: (String) -> String?

    /// The fields that decide what a trade means. None of them may hide in the value of another one.
    static let fields = ["endtime", "money", "out_trade_no", "param", "pid", "timestamp", "trade_no", "trade_status"]

    /// A fact of that kind about the trade. `money` is the amount that we asked for, as text of a number that a server may
    /// have shortened (`68.00` comes back as `68`); what the buyer paid, fees included, may be more.
    /// Throws when a field is missing or the amount is not one.
    func fact(_ kind: Fact.Kind) throws(Refusal) -> Fact {
        guard let trade = field("trade_no"), Field.isIdentifier(trade), field("out_trade_no") != nil, field("money") != nil else {
            throw Refusal(.format, "missing_field")
        }
        guard let money = Field.yuan(field("money")), money.minor > 0 else { throw Refusal(.format, "invalid_amount") }
        return Fact(
            kind, dedupeKey: trade, orderID: Field.orderID(field("out_trade_no")), amountMinor: money.minor, currency: money.currency.code,
            gatewayTransactionID: trade, affiliate: Field.note(field("param")),
            occurredAt: field("endtime").flatMap(Moment.beijingSeconds))
    }

    /// What a site answers about it by number: 0 unpaid, 1 paid, 2 refunded (all or a part), 3 frozen by the site, 4 only
    /// reserved. nil while there is no money. Throws as `fact`.
    func fact(status: String) throws(Refusal) -> Fact? {
        switch status {
        case "1": return try fact(.paid)
        case "2": return try refunded()
        case "3":
            var fact = try fact(.disputed)
            fact.dedupeKey += "|frozen"
            return fact
        default: return nil
        }
    }

    /// Only newer sites say how much went back. Where it is not said, a person must look.
    private func refunded() throws(Refusal) -> Fact {
        guard let text = field("refundmoney") else {
            var fact = try fact(.ignored)
            fact.dedupeKey += "|refund"
            fact.remarks = [.needsLookup]
            return fact
        }
        var fact = try fact(.refunded)
        guard let refunded = Field.yuan(text), refunded.minor > 0 else { throw Refusal(.format, "invalid_amount") }
        fact.fullRefund = refunded.minor >= fact.amountMinor ?? 0
        fact.amountMinor = refunded.minor
        fact.refundAmount = .cumulative
        fact.dedupeKey += "|refund|\(refunded.decimalText)"
        return fact
    }
}
