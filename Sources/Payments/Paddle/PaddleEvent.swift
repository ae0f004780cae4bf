/// What one event of Paddle's says.
struct PaddleEvent {
    private let id: String
    private let type: String
    private let time: Int64?
    private let noticeID: String?
    private let data: JSON
    private let pricing: PaddlePricing

    /// Throws `missing_field` when it is not an event at all.
    init(_ event: JSON, pricing: PaddlePricing) throws(Refusal) {
        guard let id = Field.identifier(event["event_id"]), let type = event["event_type"]?.text, let data = event["data"],
            case .object = data
        else { throw Refusal(.format, "missing_field") }
        self.id = id
        self.type = type
        time = event["occurred_at"]?.text.flatMap(Moment.zonedSeconds)
        noticeID = Field.identifier(event["notification_id"])
        self.data = data
        self.pricing = pricing
    }

    func fact() throws(Refusal) -> Fact {
        var fact: Fact
        switch type {
        case "transaction.completed", "transaction.canceled":
            fact = try PaddleTransaction(data, pricing: pricing).fact(dedupeKey: id)
            if fact.kind != (type == "transaction.completed" ? .paid : .failed) { fact.kind = .ignored }
        case "adjustment.created", "adjustment.updated": fact = try adjustment()
        default: fact = Fact(.ignored, dedupeKey: id)
        }
        fact.occurredAt = time
        fact.noticeID = noticeID
        return fact
    }

    /// Money that goes back, or that a bank asks back. Both events of an adjustment may report the same state of it, so the
    /// adjustment and its state, not the event, tell repeats.
    private func adjustment() throws(Refusal) -> Fact {
        guard let adjustment = Field.identifier(data["id"]), let transaction = Field.identifier(data["transaction_id"]),
            let action = data["action"]?.text, let status = data["status"]?.text, let currency = Field.currency(data["currency_code"]?.text)
        else { throw Refusal(.format, "missing_field") }
        var fact = Fact(
            .ignored, dedupeKey: "\(adjustment)|\(status)", amountMinor: try pricing.price(data["totals"]), currency: currency,
            gatewayTransactionID: transaction)
        switch (action, status) {
        case ("refund", "approved"):
            fact.kind = .refunded
            fact.refundAmount = .perRefund
            fact.fullRefund = data["type"]?.text == "full" ? true : nil
            fact.refundID = adjustment
        case ("refund", "rejected"), ("refund", "reversed"):
            fact.refundID = adjustment
            fact.remarks = [.refundFailed]
        case ("chargeback", "approved"):
            fact.kind = .disputed
            fact.disputeID = transaction
        case ("chargeback_reverse", "approved"):
            fact.kind = .disputeClosed
            fact.disputeID = transaction
            fact.disputeWon = true
        case ("chargeback_warning", _): fact.remarks = [.inquiry]
        default: break
        }
        return fact
    }
}
