import Catalog

/// What we send to Paddle.
enum PaddleRequests {
    /// A transaction of one thing that is in no catalogue of Paddle's, at our price. Throws `refused` for an amount of nothing.
    static func transaction(_ intent: CheckoutIntent, pricing: PaddlePricing, page: String?) throws(PaymentError) -> JSON {
        guard intent.amount.minor > 0 else { throw PaymentError(.refused, "an amount of nothing cannot be paid or refunded") }
        let title = Title.shortened(intent.description, to: 150)
        let currency = JSON.text(intent.amount.currency.code)
        let price: JSON = .object([
            "name": .text(title), "description": .text(intent.order), "tax_mode": .text(pricing.taxMode),
            "unit_price": .object(["amount": .text(String(intent.amount.minor)), "currency_code": currency]),
            "quantity": .object(["minimum": .integer(1), "maximum": .integer(1)]),
            "product": .object(["name": .text(title), "tax_category": .text("standard")]),
        ])
        var notes = [JSON.Member(name: "order_id", value: .text(intent.order))]
        if let affiliate = intent.affiliate { notes.append(JSON.Member(name: "affiliate", value: .text(affiliate))) }
        var members: [JSON.Member] = [
            .init(name: "items", value: .list([.object(["quantity": .integer(1), "price": price])])),
            .init(name: "currency_code", value: currency), .init(name: "collection_mode", value: .text("automatic")),
            .init(name: "custom_data", value: .object(notes)),
        ]
        if let page { members.append(.init(name: "checkout", value: .object(["url": .text(page)]))) }
        return .object(members)
    }

    /// A refund of the one line, in whole or in part. `mark` names it: Paddle has no key against repeats.
    static func refund(_ request: RefundRequest, line: String, isFull: Bool, mark: String, pricing: PaddlePricing) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "action", value: .text("refund")), .init(name: "transaction_id", value: .text(request.transaction)),
            .init(name: "reason", value: .text(mark)), .init(name: "type", value: .text(isFull ? "full" : "partial")),
        ]
        if !isFull {
            let item: JSON = .object([
                "item_id": .text(line), "type": .text("partial"), "amount": .text(String(request.amount.minor)),
            ])
            members.append(.init(name: "tax_mode", value: .text(pricing.taxMode)))
            members.append(.init(name: "items", value: .list([item])))
        }
        return .object(members)
    }
}
