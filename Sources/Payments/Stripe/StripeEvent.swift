/// What one event of Stripe's says. Amounts are Stripe's integers, never scaled: what we sent is what comes back.
struct StripeEvent {
    private let id: String
    private let type: String
    private let created: Int64?
    private let object: JSON

    /// Throws `missing_field` when it is not an event at all.
    init(_ event: JSON) throws(Refusal) {
        guard let id = event["id"]?.text, Field.isIdentifier(id), let type = event["type"]?.text,
            let object = event["data"]?["object"], case .object = object
        else { throw Refusal(.format, "missing_field") }
        self.id = id
        self.type = type
        created = event["created"]?.integer
        self.object = object
    }

    func fact() throws(Refusal) -> Fact {
        switch type {
        case "checkout.session.completed", "checkout.session.async_payment_succeeded":
            return try StripeSession(object).fact(dedupeKey: id, at: created)
        case "checkout.session.async_payment_failed", "checkout.session.expired":
            return try StripeSession(object).fact(dedupeKey: id, at: created, failed: true)
        case "charge.refunded":
            return try refund()
        case "charge.dispute.created", "charge.dispute.closed":
            return try dispute()
        case "refund.failed":
            return try failedRefund()
        default:
            return Fact(.ignored, dedupeKey: id, occurredAt: created)
        }
    }

    /// A charge: `amount_refunded` is all that was refunded so far, `refunded` true when nothing is left.
    private func refund() throws(Refusal) -> Fact {
        var fact = try base(.refunded, amount: "amount_refunded")
        guard let full = object["refunded"]?.bool, let amount = fact.amountMinor, amount > 0 else {
            throw Refusal(.format, "missing_field")
        }
        fact.refundAmount = .cumulative
        fact.fullRefund = full
        return fact
    }

    /// A dispute names its payment intent alone; its metadata is its own. `warning_…` is an inquiry: no money moved.
    private func dispute() throws(Refusal) -> Fact {
        var fact = try base(.disputed, amount: "amount")
        guard let disputeID = object["id"]?.text, Field.isIdentifier(disputeID), let status = object["status"]?.text else {
            throw Refusal(.format, "missing_field")
        }
        fact.disputeID = disputeID
        fact.orderID = nil
        if status.utf8.starts(with: "warning_".utf8) {
            fact.kind = .ignored
            fact.remarks = [.inquiry]
        } else if type == "charge.dispute.closed" {
            fact.kind = status == "won" || status == "lost" ? .disputeClosed : .ignored
            fact.disputeWon = status == "won" ? true : status == "lost" ? false : nil
        }
        return fact
    }

    private func failedRefund() throws(Refusal) -> Fact {
        var fact = try base(.ignored, amount: "amount")
        fact.refundID = object["id"]?.text.flatMap { Field.isIdentifier($0) ? $0 : nil }
        fact.remarks = [.refundFailed]
        return fact
    }

    /// The fields that charges, refunds and disputes share.
    private func base(_ kind: Fact.Kind, amount name: String) throws(Refusal) -> Fact {
        guard !object.isMissing(name), let currency = Field.currency(object["currency"]?.text) else {
            throw Refusal(.format, "missing_field")
        }
        guard let amount = object[name]?.integer, amount >= 0 else { throw Refusal(.format, "invalid_amount") }
        let transaction = object["payment_intent"]?.text ?? object["charge"]?.text ?? object["id"]?.text
        guard let transaction, Field.isIdentifier(transaction) else { throw Refusal(.format, "missing_field") }
        let metadata = object["metadata"]
        return Fact(
            kind, dedupeKey: id, orderID: Field.orderID(metadata?["order_id"]?.text), amountMinor: amount, currency: currency,
            gatewayTransactionID: transaction, affiliate: Field.note(metadata?["affiliate"]?.text), occurredAt: created)
    }
}
