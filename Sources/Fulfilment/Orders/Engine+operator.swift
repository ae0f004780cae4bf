internal import Cryptography
internal import Payments

extension Engine {
    /// A person says that an order was paid, whatever the gateway told: its keys go out as for any payment. Audited.
    /// - Throws: `FulfilmentError`: `notFound`, `conflict` when it is paid already, `busy`, `unavailable`.
    package func confirm(order id: String, reason: String) async throws(FulfilmentError) -> OrderSummary {
        let now = clock.now()
        let promoter = try await FulfilmentError.wrap { try newPromoter() }
        return try await write { books in
            guard let order = try books.orders.lock(id) else { throw FulfilmentError(.notFound, "there is no order “\(id)”") }
            let fact = RecordedFact(
                account: RecordedFact.operatorAccount, dedupeKey: "confirm-\(id)", kind: .paid, amountMinor: order.amountMinor,
                currency: order.currency)
            guard order.paidAt == nil, try books.enter(fact, order, promoter, now) != nil else {
                throw FulfilmentError(.conflict, "the order is paid already")
            }
            try books.audit.add(.confirm, subject: id, detail: plain(reason), actor: "operator", at: now)
            return try summary(books, id)
        }
    }

    /// Books a refund that a person made, which no gateway will tell. Repeating it under the same key changes nothing.
    /// - Parameters:
    ///   - amountMinor: of this refund; nil: all that is left.
    ///   - key: names this refund.
    /// - Throws: `FulfilmentError`: `notFound`, `conflict` when the order is not paid or less is left, `busy`, `unavailable`.
    package func recordRefund(order id: String, amountMinor: Int64?, key: String) async throws(FulfilmentError) -> OrderSummary {
        let now = clock.now()
        return try await write { books in
            guard let order = try books.orders.lock(id) else { throw FulfilmentError(.notFound, "there is no order “\(id)”") }
            let facts = try books.facts.about(order: id, account: order.gateway, transaction: nil).map(\.fact)
            let dedupeKey = "refund-\(id)-\(plain(key))"
            if facts.contains(where: { $0.isOperators && $0.dedupeKey == dedupeKey }) { return try summary(books, id) }
            let left = Standing(of: facts, terms: order.terms).netMinor
            let amount = amountMinor ?? left
            guard amount > 0, amount <= left else {
                throw FulfilmentError(.conflict, "so much cannot be refunded", hint: "\(left) minor units are left of the order")
            }
            let fact = RecordedFact(
                account: RecordedFact.operatorAccount, dedupeKey: dedupeKey, kind: .refunded, amountMinor: amount,
                currency: order.currency, refundMeaning: .single)
            _ = try books.enter(fact, order, nil, now)
            try books.audit.add(.fact, subject: id, detail: "refunded \(amount) by a person", actor: "operator", at: now)
            return try summary(books, id)
        }
    }

    /// Sends the order's mail again: the keys if it is fulfilled, else word that they will follow. Audited.
    /// - Throws: `FulfilmentError`: `notFound`, `conflict` when there is nothing to send, `busy`, `unavailable`.
    package func resend(order id: String) async throws(FulfilmentError) {
        let now = clock.now()
        try await write { books in
            guard let order = try books.orders.lock(id) else { throw FulfilmentError(.notFound, "there is no order “\(id)”") }
            guard order.state.showsKeys else {
                throw FulfilmentError(.conflict, "the order is \(order.state.rawValue): there is nothing to send")
            }
            let kind: OutboxItem.Kind = order.state == .fulfilled ? .delivered : .owed
            try books.outbox.add("\(kind.rawValue)-\(id)-\(now)", kind, subject: id, at: now)
            try books.audit.add(.resend, subject: id, detail: kind.rawValue, actor: "operator", at: now)
        }
    }

    func summary(_ books: Books, _ id: String) throws -> OrderSummary {
        guard let order = try books.orders.find(id) else { throw FulfilmentError(.notFound, "there is no order “\(id)”") }
        return try summary(books, order)
    }

    func summary(_ books: Books, _ order: OrderRecord) throws -> OrderSummary {
        let facts = try books.facts.about(order: order.id, account: order.gateway, transaction: nil).map(\.fact)
        return OrderSummary(
            order: order.id, state: order.state, sku: order.sku, title: order.title, quantity: order.quantity, granted: order.granted,
            amount: try money(order.amountMinor, order.currency), refundedMinor: Standing(of: facts, terms: order.terms).refundedMinor,
            gateway: order.gateway, maskedEmail: order.mask, language: order.language, createdAt: order.createdAt,
            expiresAt: order.expiresAt, paidAt: order.paidAt, promoter: order.promoter)
    }

    /// One line of at most 200 visible characters: what a person may write into the audit.
    func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(200)))
    }
}

extension Books {
    /// Books a fact that a person entered.
    /// - Returns: the order as it is now; nil if the fact was entered before.
    func enter(_ fact: RecordedFact, _ order: OrderRecord, _ promoter: NewPromoter?, _ now: Int64) throws -> OrderRecord? {
        let known = try facts.about(order: order.id, account: order.gateway, transaction: nil).map(\.fact)
        guard try facts.insert(fact, order: order.id, bodyDigest: [], at: now) else { return nil }
        return try OrderProgress(books: self, cause: fact.dedupeKey, now: now, newPromoter: promoter).advance(
            order, from: Standing(of: known, terms: order.terms), to: Standing(of: known + [fact], terms: order.terms))
    }
}
