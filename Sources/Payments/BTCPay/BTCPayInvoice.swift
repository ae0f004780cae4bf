import Catalog

/// An invoice of a BTCPay Server, as the server answers it.
struct BTCPayInvoice {
    let id: String
    let status: String
    private let object: JSON

    /// nil when it is none, or another store's.
    init?(_ object: JSON, store: String) {
        guard let id = Field.identifier(object["id"]), let status = object["status"]?.text, status.utf8.count <= 64,
            object["storeId"]?.text == store
        else { return nil }
        self.id = id
        self.status = status
        self.object = object
    }

    var orderID: String? { Field.orderID(object["metadata"]?["orderId"]?.text) }
    var checkout: WebAddress? { object["checkoutLink"]?.text.flatMap(WebAddress.init) }
    /// What was asked for. A server of this century writes it as a text, an older one as a number.
    var amount: Money? {
        switch object["amount"] {
        case .text(let text), .number(let text): Field.amount(text, object["currency"]?.text)
        default: nil
        }
    }

    /// Paid only when it is settled: `Processing` is seen but not sure. One that ran out with a part of the money in it goes to a
    /// person, and so does one that was declared invalid, because it may have been settled before.
    /// Throws when the amount of a payment is none: an invoice without one is settled by anything at all.
    func fact(dedupeKey: String) throws(Refusal) -> Fact {
        var fact = Fact(
            .ignored, dedupeKey: dedupeKey, orderID: orderID, gatewayTransactionID: id,
            affiliate: Field.note(object["metadata"]?["affiliate"]?.text), sessionID: id)
        switch status {
        case "Settled":
            guard let amount else { throw Refusal(.format, "invalid_amount") }
            fact.kind = .paid
            fact.amountMinor = amount.minor
            fact.currency = amount.currency.code
        case "Expired":
            if object["additionalStatus"]?.text == "PaidPartial" { fact.remarks = [.needsLookup] } else { fact.kind = .failed }
        case "Invalid":
            fact.kind = .failed
            fact.remarks = [.needsLookup]
        default: break
        }
        return fact
    }

    /// What an authentic event about this invoice says, now that the invoice is known. nil when the event speaks of a settlement that
    /// the invoice does not show (forged, or undone since), or when it cannot be read, which it could not later either. An event that
    /// the invoice left behind (it ran out, and was settled late) is ignored: another one tells the settlement.
    func confirmed(_ event: Fact) -> Fact? {
        guard var fact = try? fact(dedupeKey: event.dedupeKey) else { return nil }
        let settles = event.dedupeKey.utf8.elementsEqual("\(id)|InvoiceSettled".utf8)
        if settles != (fact.kind == .paid) {
            guard !settles else { return nil }
            fact = event
            fact.remarks = []
        }
        fact.noticeID = event.noticeID
        fact.occurredAt = event.occurredAt
        return fact
    }
}
