/// The content of our Standard Webhooks notices:
/// `{"type", "timestamp", "data": {"order_id", "amount_minor", "currency", "transaction_id", "affiliate"?, …}}`.
///
/// Types: `payment.paid`, `payment.refunded` (this refund alone; `refund_id` optional), `payment.disputed`,
/// `payment.dispute_closed` (`outcome`: `won` or `lost`), `payment.failed`. Others are ignored.
struct StandardPayload {
    private let content: JSON

    init(_ content: JSON) {
        self.content = content
    }

    func fact(dedupeKey: String) throws(Refusal) -> Fact {
        guard let type = content["type"]?.text else { throw Refusal(.format, "missing_field") }
        var fact = try common(kind(type), dedupeKey)
        switch fact.kind {
        case .refunded:
            fact.refundAmount = .perRefund
            fact.refundID = try identifier("refund_id")
        case .disputed:
            fact.disputeID = try identifier("dispute_id")
        case .disputeClosed:
            fact.disputeID = try identifier("dispute_id")
            switch content["data"]?["outcome"]?.text {
            case "won": fact.disputeWon = true
            case "lost": fact.disputeWon = false
            default: throw Refusal(.format, "missing_field")
            }
        case .paid, .failed, .ignored: break
        }
        return fact
    }

    private func kind(_ type: String) -> Fact.Kind {
        switch type {
        case "payment.paid": .paid
        case "payment.refunded": .refunded
        case "payment.disputed": .disputed
        case "payment.dispute_closed": .disputeClosed
        case "payment.failed": .failed
        default: .ignored
        }
    }

    /// What every type may have. Where money moved, amount, currency and transaction must be there and right.
    private func common(_ kind: Fact.Kind, _ dedupeKey: String) throws(Refusal) -> Fact {
        let data = content["data"] ?? .null
        let currency = data["currency"]?.text.flatMap { Field.currency($0) == $0 ? $0 : nil }
        let amount = data["amount_minor"]?.integer
        if kind == .paid || kind == .refunded || kind == .disputed {
            for name in ["order_id", "amount_minor", "currency", "transaction_id"] where data.isMissing(name) {
                throw Refusal(.format, "missing_field")
            }
            guard let amount, amount > 0 else { throw Refusal(.format, "invalid_amount") }
            guard currency != nil, data["order_id"]?.text != nil, data["transaction_id"]?.text != nil else {
                throw Refusal(.format, "malformed_field")
            }
        }
        return Fact(
            kind, dedupeKey: dedupeKey, orderID: Field.orderID(data["order_id"]?.text), amountMinor: amount, currency: currency,
            gatewayTransactionID: try identifier("transaction_id"), affiliate: Field.note(data["affiliate"]?.text),
            occurredAt: content["timestamp"]?.text.flatMap(Moment.seconds))
    }

    /// An identifier of the sender's; nil when absent. Throws when it is there but could not be one.
    private func identifier(_ name: String) throws(Refusal) -> String? {
        guard let data = content["data"], !data.isMissing(name) else { return nil }
        guard let text = data[name]?.text, Field.isIdentifier(text) else { throw Refusal(.format, "malformed_field") }
        return text
    }
}
