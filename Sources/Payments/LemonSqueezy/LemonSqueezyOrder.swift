/// An order at Lemon Squeezy, as an event carries it and as a query answers it. Amounts are whole minor units.
struct LemonSqueezyOrder {
    let id: String
    private let type: String
    private let attributes: JSON

    /// Throws `missing_field` when it is no object of the service at all.
    init(_ object: JSON) throws(Refusal) {
        guard let id = Field.identifier(object["id"]), let type = object["type"]?.text, let attributes = object["attributes"],
            case .object = attributes
        else { throw Refusal(.format, "missing_field") }
        self.id = id
        self.type = type
        self.attributes = attributes
    }

    var status: String? { attributes["status"]?.text }
    var currency: String? { Field.currency(attributes["currency"]?.text) }
    var isRefunded: Bool { status == "refunded" }

    /// What was paid of our price: the total, without the tax where that came on top. Throws when an amount is missing or none.
    func price() throws(Refusal) -> Int64 {
        guard !attributes.isMissing("total") else { throw Refusal(.format, "missing_field") }
        guard let total = Field.minorUnits(attributes["total"]) else { throw Refusal(.format, "invalid_amount") }
        if attributes["tax_inclusive"]?.bool == true || attributes.isMissing("tax") { return total }
        guard let tax = attributes["tax"]?.integer, (0..<total).contains(tax) else { throw Refusal(.format, "invalid_amount") }
        return total - tax
    }

    /// - Parameters:
    ///   - event: `order_created`, `order_refunded`; others are ignored.
    ///   - notes: what we gave along with the checkout.
    func fact(event: String, notes: JSON?) throws(Refusal) -> Fact {
        var fact = Fact(.ignored, dedupeKey: "\(event)|\(type)|\(id)")
        guard type == "orders", event == "order_created" || event == "order_refunded" else { return fact }
        guard let status, let currency else { throw Refusal(.format, "missing_field") }
        fact.orderID = Field.orderID(notes?["order_id"]?.text)
        fact.affiliate = Field.note(notes?["affiliate"]?.text)
        fact.gatewayTransactionID = id
        fact.currency = currency
        let price = try price()
        fact.amountMinor = price
        if event == "order_created" {
            // An order that was refunded before we heard of it is paid, and its refund another event.
            fact.kind = status == "paid" ? .paid : .ignored
            fact.occurredAt = attributes["created_at"]?.text.flatMap(Moment.zonedSeconds)
            return fact
        }
        fact.occurredAt = attributes["refunded_at"]?.text.flatMap(Moment.zonedSeconds)
        return try refund(fact, price: price, status: status)
    }

    /// `refunded_amount` is all that went back so far, its share of the tax included.
    private func refund(_ paid: Fact, price: Int64, status: String) throws(Refusal) -> Fact {
        var fact = paid
        fact.kind = .refunded
        fact.refundAmount = .cumulative
        fact.fullRefund = isRefunded
        guard !isRefunded else { return fact }
        guard status == "partial_refund", let total = Field.minorUnits(attributes["total"]),
            let refunded = Field.minorUnits(attributes["refunded_amount"]), refunded <= total
        else { throw Refusal(.format, "invalid_amount") }
        let share = price.multipliedFullWidth(by: refunded)
        fact.amountMinor = total.dividingFullWidth(share).quotient
        fact.dedupeKey += "|\(refunded)"
        guard fact.amountMinor ?? 0 > 0 else { throw Refusal(.format, "invalid_amount") }
        return fact
    }
}
