import Catalog

/// What one event of PayPal's says.
struct PayPalEvent {
    private let id: String
    private let type: String
    private let time: Int64?
    private let resource: PayPalResource

    /// Throws `missing_field` when it is not an event at all.
    init(_ event: JSON) throws(Refusal) {
        guard let id = event["id"]?.text, Field.isIdentifier(id), let type = event["event_type"]?.text, let resource = event["resource"],
            case .object = resource
        else { throw Refusal(.format, "missing_field") }
        self.id = id
        self.type = type
        time = event["create_time"]?.text.flatMap(Moment.zonedSeconds)
        self.resource = PayPalResource(resource)
    }

    /// The order at PayPal that waits for our capture; nil for any other event.
    var approvedOrder: String? {
        type == "CHECKOUT.ORDER.APPROVED" ? resource.id : nil
    }

    func fact() throws(Refusal) -> Fact {
        switch type {
        case "PAYMENT.CAPTURE.COMPLETED":
            return try resource.capture(dedupeKey: id, at: time)
        case "PAYMENT.CAPTURE.PENDING", "PAYMENT.CAPTURE.DENIED", "PAYMENT.CAPTURE.DECLINED":
            var fact = try resource.capture(dedupeKey: id, at: time)
            if fact.kind == .paid { fact.kind = .ignored }
            return fact
        case "PAYMENT.CAPTURE.REFUNDED": return try resource.refund(dedupeKey: id, at: time, reversed: false)
        case "PAYMENT.CAPTURE.REVERSED": return try resource.refund(dedupeKey: id, at: time, reversed: true)
        case "PAYMENT.REFUND.FAILED":
            return Fact(.ignored, dedupeKey: id, refundID: resource.id, occurredAt: time, remarks: [.refundFailed])
        case "CHECKOUT.ORDER.APPROVED": return try resource.approval(dedupeKey: id, at: time)
        case "CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.UPDATED", "CUSTOMER.DISPUTE.RESOLVED": return try dispute()
        default: return Fact(.ignored, dedupeKey: id, occurredAt: time)
        }
    }

    /// A dispute names the payment, and our order as `custom`, else `invoice_number`.
    private func dispute() throws(Refusal) -> Fact {
        let object = resource.object
        guard let disputeID = object["dispute_id"]?.text, Field.isIdentifier(disputeID),
            let payment = object["disputed_transactions"]?.list?.first
        else { throw Refusal(.format, "missing_field") }
        let money = PayPalAmount.money(object["dispute_amount"])
        var fact = Fact(
            .disputed, dedupeKey: id,
            orderID: Field.orderID(payment["custom"]?.text) ?? Field.orderID(payment["invoice_number"]?.text),
            amountMinor: money?.minor, currency: money?.currency.code,
            gatewayTransactionID: payment["seller_transaction_id"]?.text.flatMap { Field.isIdentifier($0) ? $0 : nil },
            disputeID: disputeID, occurredAt: time)
        guard type == "CUSTOMER.DISPUTE.RESOLVED" else { return fact }
        fact.disputeWon = won(object["dispute_outcome"]?["outcome_code"]?.text)
        fact.kind = fact.disputeWon == nil ? .ignored : .disputeClosed
        if fact.disputeWon == nil { fact.remarks = [.needsLookup] }
        return fact
    }

    private func won(_ outcome: String?) -> Bool? {
        switch outcome {
        case "RESOLVED_SELLER_FAVOUR", "RESOLVED_SELLER_FAVOR", "RESOLVED_WITH_PAYOUT", "CANCELED_BY_BUYER", "DENIED": true
        case "RESOLVED_BUYER_FAVOUR", "RESOLVED_BUYER_FAVOR", "ACCEPTED": false
        default: nil
        }
    }
}
