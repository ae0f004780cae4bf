/// A transaction, as an event carries it and as a query answers it.
struct PaddleTransaction {
    private let object: JSON
    private let pricing: PaddlePricing

    init(_ object: JSON, pricing: PaddlePricing) {
        self.object = object
        self.pricing = pricing
    }

    var id: String? { Field.identifier(object["id"]) }
    var status: String? { object["status"]?.text }
    var orderID: String? { Field.orderID(object["custom_data"]?["order_id"]?.text) }
    /// The id of its one line, which a refund names.
    var lineID: String? {
        guard let lines = object["details"]?["line_items"]?.list, lines.count == 1 else { return nil }
        return Field.identifier(lines[0]["id"])
    }
    /// What was paid of our price, in minor units; nil when it cannot be read.
    var price: Int64? { try? pricing.price(object["details"]?["totals"]) }

    /// Paid only when it is completed: `paid` comes before, when Paddle still has things to do. Throws when a field is missing or
    /// an amount is none.
    func fact(dedupeKey: String) throws(Refusal) -> Fact {
        guard let id, let status, let currency = Field.currency(object["currency_code"]?.text) else {
            throw Refusal(.format, "missing_field")
        }
        let kind: Fact.Kind =
            switch status {
            case "completed": .paid
            case "canceled": .failed
            default: .ignored
            }
        return Fact(
            kind, dedupeKey: dedupeKey, orderID: orderID,
            amountMinor: kind == .paid ? try pricing.price(object["details"]?["totals"]) : nil,
            currency: currency, gatewayTransactionID: id, affiliate: Field.note(object["custom_data"]?["affiliate"]?.text), sessionID: id)
    }
}
