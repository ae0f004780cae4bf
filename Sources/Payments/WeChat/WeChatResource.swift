import Catalog

/// What a notice of WeChat Pay has inside its seal, and what a query answers. Amounts are whole fen.
struct WeChatResource {
    static let paid = "TRANSACTION.SUCCESS"
    private let object: JSON
    private let dedupeKey: String

    init(_ object: JSON, dedupeKey: String) {
        self.object = object
        self.dedupeKey = dedupeKey
    }

    /// By the type of the event. A type that we do not know is ignored.
    func fact(type: String) throws(Refusal) -> Fact {
        switch type {
        case Self.paid: return try transaction()
        case "REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED": return try refund()
        case _ where type.utf8.starts(with: "COMPLAINT.".utf8): return try complaint()
        default: return Fact(.ignored, dedupeKey: dedupeKey)
        }
    }

    /// Paid only when its own state says so, whatever the event is called. `amount.total` is what we asked for; a coupon
    /// of WeChat's lowers `payer_total` alone.
    func transaction() throws(Refusal) -> Fact {
        guard let state = object["trade_state"]?.text else { throw Refusal(.format, "missing_field") }
        let amount = object["amount"]?["total"]?.integer
        let currency = object["amount"].flatMap { $0.isMissing("currency") ? "CNY" : Field.currency($0["currency"]?.text) }
        let transaction = object["transaction_id"]?.text
        if state == "SUCCESS" {
            guard let order = object["out_trade_no"]?.text, !order.isEmpty, object["amount"]?.isMissing("total") == false, currency != nil,
                let transaction, Field.isIdentifier(transaction)
            else { throw Refusal(.format, "missing_field") }
            guard let amount, amount > 0 else { throw Refusal(.format, "invalid_amount") }
        }
        return Fact(
            kind(state), dedupeKey: dedupeKey, orderID: Field.orderID(object["out_trade_no"]?.text), amountMinor: amount,
            currency: currency, gatewayTransactionID: transaction.flatMap { Field.isIdentifier($0) ? $0 : nil },
            affiliate: Field.note(object["attach"]?.text), occurredAt: object["success_time"]?.text.flatMap(Moment.zonedSeconds),
            // Paid, and since then refunded at least in part: how much of it is for a person to see.
            remarks: state == "REFUND" ? [.needsLookup] : [])
    }

    private func kind(_ state: String) -> Fact.Kind {
        switch state {
        case "SUCCESS": .paid
        case "CLOSED", "REVOKED", "PAYERROR": .failed
        default: .ignored
        }
    }

    /// `amount.refund` is this refund alone. It names neither app nor currency: WeChat refunds what was paid, in yuan.
    private func refund() throws(Refusal) -> Fact {
        guard let status = object["refund_status"]?.text, let transaction = object["transaction_id"]?.text,
            Field.isIdentifier(transaction), object["amount"]?.isMissing("refund") == false
        else { throw Refusal(.format, "missing_field") }
        guard let amount = object["amount"]?["refund"]?.integer, amount > 0 else { throw Refusal(.format, "invalid_amount") }
        let done = status == "SUCCESS"
        return Fact(
            done ? .refunded : .ignored, dedupeKey: dedupeKey, orderID: Field.orderID(object["out_trade_no"]?.text), amountMinor: amount,
            currency: "CNY", gatewayTransactionID: transaction, refundAmount: done ? .perRefund : nil,
            refundID: (object["out_refund_no"]?.text ?? object["refund_id"]?.text).flatMap { Field.isIdentifier($0) ? $0 : nil },
            occurredAt: object["success_time"]?.text.flatMap(Moment.zonedSeconds),
            remarks: status == "ABNORMAL" || status == "CLOSED" ? [.refundFailed] : [])
    }

    /// A complaint says its own number alone: which order it is about has to be looked up.
    private func complaint() throws(Refusal) -> Fact {
        guard let id = object["complaint_id"]?.text, Field.isIdentifier(id) else { throw Refusal(.format, "missing_field") }
        return Fact(.disputed, dedupeKey: dedupeKey, disputeID: id, remarks: [.needsLookup])
    }
}
