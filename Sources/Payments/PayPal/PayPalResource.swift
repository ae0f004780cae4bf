import Catalog

/// The things at PayPal that events carry and calls answer: captures, refunds, orders.
struct PayPalResource {
    let object: JSON

    init(_ object: JSON) {
        self.object = object
    }

    var id: String? { identifier(object["id"]) }
    var status: String? { object["status"]?.text }
    var money: Money? { PayPalAmount.money(object["amount"]) }

    /// Ours, from `custom_id`, else from `invoice_id`.
    var orderID: String? { Field.orderID(object["custom_id"]?.text) ?? Field.orderID(object["invoice_id"]?.text) }

    /// A capture. It is paid only when its own status says so, whatever the event is called.
    /// Throws when a paid one lacks a field or its amount is not one.
    func capture(dedupeKey: String, at time: Int64?) throws(Refusal) -> Fact {
        var fact = Fact(
            .ignored, dedupeKey: dedupeKey, orderID: orderID, amountMinor: money?.minor, currency: money?.currency.code,
            gatewayTransactionID: id, sessionID: identifier(object["supplementary_data"]?["related_ids"]?["order_id"]), occurredAt: time)
        switch status {
        case "COMPLETED", "PARTIALLY_REFUNDED":
            guard id != nil, !object.isMissing("amount") else { throw Refusal(.format, "missing_field") }
            guard let money, money.minor > 0 else { throw Refusal(.format, "invalid_amount") }
            fact.kind = .paid
        case "DECLINED", "DENIED", "FAILED": fact.kind = .failed
        case .none: throw Refusal(.format, "missing_field")
        default: break
        }
        return fact
    }

    /// A refund: `amount` is this one alone, the payment is the last part of the address that its `up` link has.
    /// `reversed`: PayPal or a bank took the money back by itself.
    func refund(dedupeKey: String, at time: Int64?, reversed: Bool) throws(Refusal) -> Fact {
        guard id != nil, !object.isMissing("amount"), let payment = parent ?? (reversed ? orderID : nil) else {
            throw Refusal(.format, "missing_field")
        }
        guard let money, money.minor > 0 else { throw Refusal(.format, "invalid_amount") }
        let failed = status == "FAILED" || status == "CANCELLED"
        let done = reversed ? !failed : status == "COMPLETED"
        return Fact(
            done ? .refunded : .ignored, dedupeKey: dedupeKey, orderID: orderID, amountMinor: money.minor, currency: money.currency.code,
            gatewayTransactionID: parent == nil ? nil : payment, refundAmount: done ? .perRefund : nil, refundID: id, occurredAt: time,
            remarks: failed ? [.refundFailed] : reversed ? [.reversed] : [])
    }

    /// An order that the buyer approved: nothing is paid before we capture it.
    func approval(dedupeKey: String, at time: Int64?) throws(Refusal) -> Fact {
        guard let id else { throw Refusal(.format, "missing_field") }
        let unit = object["purchase_units"]?.list?.first.map(PayPalResource.init)
        return Fact(
            .ignored, dedupeKey: dedupeKey, orderID: unit?.orderID, amountMinor: unit?.money?.minor, currency: unit?.money?.currency.code,
            gatewayTransactionID: id, sessionID: id, occurredAt: time)
    }

    /// The one capture of an order's one purchase unit; nil when there is none yet.
    var onlyCapture: PayPalResource? {
        guard let units = object["purchase_units"]?.list, units.count == 1 else { return nil }
        return units[0]["payments"]?["captures"]?.list?.last.map(PayPalResource.init)
    }

    /// The address of a link.
    func link(_ relations: [String]) -> String? {
        object["links"]?.list?.first { link in link["rel"]?.text.map(relations.contains) ?? false }?["href"]?.text
    }

    /// The id at the end of the `up` link.
    private var parent: String? {
        guard let address = link(["up"]).flatMap(WebAddress.init),
            let last = address.text.split(separator: "/", omittingEmptySubsequences: false).last
        else { return nil }
        let text = String(last)
        return (1...64).contains(text.utf8.count) && text.utf8.allSatisfy({ Field.isWord($0) || $0 == UInt8(ascii: "-") }) ? text : nil
    }

    private func identifier(_ value: JSON?) -> String? {
        value?.text.flatMap { Field.isIdentifier($0) ? $0 : nil }
    }
}
