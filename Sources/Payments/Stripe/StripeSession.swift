import Catalog

/// A Checkout Session, as an event carries it and as a query answers it.
struct StripeSession {
    private let object: JSON

    init(_ object: JSON) {
        self.object = object
    }

    /// Paid only when it is a payment and its status says that money is there: a completed session of a delayed
    /// method is still `unpaid`. Throws when a field is missing or the amount is not a whole number.
    func fact(dedupeKey: String, at created: Int64?, failed: Bool = false) throws(Refusal) -> Fact {
        guard let id = object["id"]?.text, Field.isIdentifier(id), let mode = object["mode"]?.text,
            let status = object["payment_status"]?.text
        else { throw Refusal(.format, "missing_field") }
        let intent = object["payment_intent"]?.text
        if let intent, !Field.isIdentifier(intent) { throw Refusal(.format, "malformed_field") }
        let paid = !failed && mode == "payment" && (status == "paid" || status == "no_payment_required")
        // A session for a subscription or a set-up may have no amount; a payment has one.
        let amount = object["amount_total"]?.integer
        let currency = Field.currency(object["currency"]?.text)
        if paid {
            guard !object.isMissing("amount_total"), currency != nil else { throw Refusal(.format, "missing_field") }
            guard let amount, amount >= 0 else { throw Refusal(.format, "invalid_amount") }
        }
        let metadata = object["metadata"]
        return Fact(
            paid ? .paid : failed && mode == "payment" ? .failed : .ignored, dedupeKey: dedupeKey,
            orderID: Field.orderID(object["client_reference_id"]?.text) ?? Field.orderID(metadata?["order_id"]?.text),
            amountMinor: amount, currency: currency, gatewayTransactionID: intent ?? id,
            affiliate: Field.note(metadata?["affiliate"]?.text), sessionID: id, occurredAt: created, sale: paid ? sale(id) : nil)
    }

    /// What was bought, when the buyer came over a payment link. The link's own metadata, which Stripe copies to each session, is the
    /// merchant's word; the reference has come through the buyer's hands, and the amount is what is believed of it.
    private func sale(_ id: String) -> LinkSale? {
        guard let link = object["payment_link"]?.text, Field.isIdentifier(link) else { return nil }
        let reference = object["client_reference_id"]?.text.flatMap(PaymentLinkReference.init)
        let metadata = object["metadata"]
        guard let sku = Field.note(metadata?["sku"]?.text) ?? reference?.sku,
            let email = object["customer_details"]?["email"]?.text ?? object["customer_email"]?.text
        else { return nil }
        let token = reference.flatMap { $0.token.isEmpty ? nil : $0.token }
        return LinkSale(
            session: id, sku: sku, email: email, referral: token ?? Field.note(metadata?["affiliate"]?.text),
            language: reference?.language, createdAt: object["created"]?.integer)
    }
}
