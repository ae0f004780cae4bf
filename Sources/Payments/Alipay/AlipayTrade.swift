import Catalog

/// A trade at Alipay: the fields that notices and answers share, read by name.
struct AlipayTrade {
    /// The value of a field; nil when it is absent or empty.
    let field: (String) -> String?

    /// The fields that decide what a trade means. None of them may hide in the value of another one.
    static let fields = [
        "app_id", "gmt_payment", "gmt_refund", "notify_id", "notify_time", "notify_type", "out_biz_no", "out_trade_no",
        "passback_params", "refund_fee", "seller_id", "total_amount", "trade_no", "trade_status",
    ]

    /// What the trade's status and refund fields say together: the status of a trade that was refunded in part is still
    /// `TRADE_SUCCESS`, and `TRADE_CLOSED` is both an unpaid and a fully refunded one.
    /// Throws when a field is missing or an amount is not one.
    func fact() throws(Refusal) -> Fact {
        guard let status = field("trade_status"), field("out_trade_no") != nil, field("total_amount") != nil,
            let trade = field("trade_no"), Field.isIdentifier(trade)
        else { throw Refusal(.format, "missing_field") }
        guard let total = Field.yuan(field("total_amount")), total.minor > 0 else { throw Refusal(.format, "invalid_amount") }
        let refunded = try refundFee()
        var fact = base(.ignored, total: total, dedupeKey: "\(trade)|\(status)")
        switch status {
        case "TRADE_SUCCESS", "TRADE_FINISHED", "TRADE_CLOSED":
            if let refunded, refunded.minor > 0 {
                refund(&fact, refunded, full: status == "TRADE_CLOSED" || refunded.minor >= total.minor)
            } else if field("gmt_refund") != nil {
                // Refunded, but it does not say how much: somebody must look.
                fact.remarks = [.needsLookup]
            } else {
                fact.kind = status == "TRADE_CLOSED" ? .failed : .paid
            }
        default: break
        }
        return fact
    }

    /// What the browser brings back from Alipay: signed, but without a status. Proof of nothing.
    func returned() throws(Refusal) -> Fact {
        guard let trade = field("trade_no"), Field.isIdentifier(trade) else { throw Refusal(.format, "missing_field") }
        var fact = base(.ignored, total: Field.yuan(field("total_amount")), dedupeKey: "\(trade)|return")
        fact.remarks = [.syncReturn]
        return fact
    }

    /// All that was refunded so far; nil when it does not say.
    private func refundFee() throws(Refusal) -> Money? {
        guard let text = field("refund_fee") else { return nil }
        guard let fee = Field.yuan(text) else { throw Refusal(.format, "invalid_amount") }
        return fee
    }

    private func refund(_ fact: inout Fact, _ amount: Money, full: Bool) {
        fact.kind = .refunded
        fact.amountMinor = amount.minor
        fact.refundAmount = .cumulative
        fact.fullRefund = full
        fact.refundID = field("out_biz_no").flatMap { Field.isIdentifier($0) ? $0 : nil }
        fact.dedupeKey = "\(fact.gatewayTransactionID ?? "")|refund|\(amount.decimalText)"
        fact.occurredAt = field("gmt_refund").flatMap(Moment.beijingSeconds) ?? fact.occurredAt
    }

    private func base(_ kind: Fact.Kind, total: Money?, dedupeKey: String) -> Fact {
        let time = field("gmt_payment") ?? field("send_pay_date") ?? field("notify_time")
        return Fact(
            kind, dedupeKey: dedupeKey, orderID: Field.orderID(field("out_trade_no")), amountMinor: total?.minor,
            currency: total?.currency.code, gatewayTransactionID: field("trade_no"), affiliate: Field.note(field("passback_params")),
            noticeID: field("notify_id").flatMap { Field.isIdentifier($0) ? $0 : nil },
            occurredAt: time.flatMap(Moment.beijingSeconds))
    }
}
