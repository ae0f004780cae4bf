import Catalog

/// A payment at NOWPayments: the same object in notices and answers. Ids and amounts are now numbers, now texts.
struct NOWPayment {
    let id: String
    let status: String
    private let object: JSON

    /// Throws `missing_field` when it is no payment at all.
    init(_ object: JSON) throws(Refusal) {
        guard let id = Field.identifier(object["payment_id"]), let status = object["payment_status"]?.text, status.utf8.count <= 64 else {
            throw Refusal(.format, "missing_field")
        }
        self.id = id
        self.status = status
        self.object = object
    }

    /// Paid only when it is finished, all of it came, and it is the first of its address: a later one to the same address
    /// (`parent_payment_id`) names the whole price again, whatever it brought. What came in part goes to a person.
    /// Throws when a field is missing or an amount is none.
    func fact() throws(Refusal) -> Fact {
        guard !object.isMissing("price_amount"), let code = object["price_currency"]?.text else { throw Refusal(.format, "missing_field") }
        guard let price = Field.amount(Self.number(object["price_amount"]), code) else { throw Refusal(.format, "invalid_amount") }
        var fact = Fact(
            .ignored, dedupeKey: "\(id)|\(status)", orderID: Field.orderID(object["order_id"]?.text), amountMinor: price.minor,
            currency: price.currency.code, gatewayTransactionID: id, sessionID: Field.identifier(object["invoice_id"]))
        switch status {
        case "finished":
            let isWhole = try isWhole
            if isWhole, object.isMissing("parent_payment_id") { fact.kind = .paid } else { fact.remarks = [.needsLookup] }
        case "partially_paid": fact.remarks = [.needsLookup]
        case "failed", "expired": fact.kind = .failed
        case "refunded":
            fact.kind = .refunded
            fact.refundAmount = .cumulative
            fact.fullRefund = true
        default: break
        }
        return fact
    }

    /// Whether as much came as was asked for, in the coin. Throws when one of the two is missing or none.
    private var isWhole: Bool {
        get throws(Refusal) {
            guard let asked = Self.number(object["pay_amount"]), let came = Self.number(object["actually_paid"]) else {
                throw Refusal(.format, "missing_field")
            }
            guard let isLess = PlainNumber.isLess(came, asked), PlainNumber.isLess("0", came) == true else {
                throw Refusal(.format, "invalid_amount")
            }
            return !isLess
        }
    }

    private static func number(_ value: JSON?) -> String? {
        switch value {
        case .number(let text), .text(let text): text
        default: nil
        }
    }
}
