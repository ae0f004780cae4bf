internal import Catalog
internal import Cryptography
internal import Payments

extension Engine {
    /// Writes down that money is to go back through the gateway, before the gateway is asked.
    ///
    /// The same key again resumes what was not answered. One refund of an order is under way at a time, so that what is left of it
    /// is always known.
    /// - Parameters:
    ///   - amountMinor: of this refund; nil: all that is left.
    ///   - key: names this refund.
    /// - Throws: `FulfilmentError`: `notFound`; `conflict` when the order is not paid, less is left, or another refund is under way;
    ///   `busy`, `unavailable`.
    package func beginRefund(order id: String, amountMinor: Int64?, key: String) async throws(FulfilmentError) -> RefundStep {
        let now = clock.now()
        let key = plain(key)
        return try await write { books in
            guard let order = try books.orders.lock(id) else { throw FulfilmentError(.notFound, "there is no order “\(id)”") }
            let earlier = try books.refunds.all(order: id)
            let same = earlier.first { $0.key.utf8.elementsEqual(key.utf8) }
            switch same?.state {
            case .done, .waiting: return .known(try summary(books, id))
            case .asked: if let same { return .ask(same) }
            case .refused, nil: break
            }
            if let open = earlier.first(where: { $0.state == .asked }) {
                if amountMinor == open.amount.minor { return .ask(open) }
                throw FulfilmentError(
                    .conflict, "a refund of \(open.amount.decimalText) \(open.amount.currency.code) is under way",
                    hint: "ask for that amount again: it goes on where it stopped, and refunds once")
            }
            return try books.begin(order, amountMinor, key: key, earlier, attempt: (same?.attempt ?? 0) + 1, at: now)
        }
    }

    /// The gateway has taken a refund.
    ///
    /// When it is done it is booked here, whether or not a notice tells it as well: both are one refund, whichever is first.
    /// - Parameters:
    ///   - reference: the gateway's id of it.
    ///   - done: whether the money has moved; else the notice books it.
    /// - Throws: `FulfilmentError`: `notFound`, `busy`, `unavailable`.
    @discardableResult
    package func settleRefund(_ refund: RefundOrder, reference: String?, done: Bool) async throws(FulfilmentError) -> OrderSummary {
        let now = clock.now()
        return try await write { books in
            guard let order = try books.orders.lock(refund.order) else {
                throw FulfilmentError(.notFound, "there is no order “\(refund.order)”")
            }
            guard try books.refunds.end(refund, as: done ? .done : .waiting, reference: reference) else {
                return try summary(books, refund.order)
            }
            if done {
                // Cumulative: what had gone back before, and this. A notice that tells it, alone or in sum, adds nothing.
                let fact = RecordedFact(
                    account: refund.account, dedupeKey: RecordedFact.receiptMark + refund.gatewayKey, kind: .refunded,
                    amountMinor: refund.beforeMinor + refund.amount.minor, currency: refund.amount.currency.code,
                    transaction: refund.transaction, refundMeaning: .cumulative)
                _ = try books.enter(fact, order, nil, now)
            }
            let word = done ? "refunded" : "taken by the gateway"
            try books.audit.add(.refund, subject: refund.order, detail: "\(refund.amount.minor) \(word)", actor: "operator", at: now)
            return try summary(books, refund.order)
        }
    }

    /// The gateway has refused a refund: it may be asked for again.
    /// - Parameter reason: a word for the audit.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func refuseRefund(_ refund: RefundOrder, reason: String) async throws(FulfilmentError) {
        let now = clock.now()
        try await write { books in
            guard try books.refunds.end(refund, as: .refused, reference: nil) else { return }
            try books.audit.add(
                .refund, subject: refund.order, detail: "\(refund.amount.minor) not refunded: \(plain(reason))", actor: "operator", at: now)
        }
    }

    /// Refunds that were written down and whose answer was never booked, because the program ended or the gateway did not answer.
    /// Asking again under the same key refunds once. Each is handed out at most every ten minutes.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func unansweredRefunds(limit: Int64 = 20) async throws(FulfilmentError) -> [RefundOrder] {
        let now = clock.now()
        return try await write { books in try books.refunds.claimUnanswered(now: now, limit: limit) }
    }
}

extension Books {
    fileprivate func begin(
        _ order: OrderRecord, _ amountMinor: Int64?, key: String, _ earlier: [RefundOrder], attempt: Int64, at now: Int64
    ) throws -> RefundStep {
        let known = try facts.about(order: order.id, account: order.gateway, transaction: nil).map(\.fact)
        let standing = Standing(of: known, terms: order.terms)
        guard standing.isPaid else { throw FulfilmentError(.conflict, "the order is \(order.state.rawValue): nothing was paid for it") }
        let payments = known.filter { order.terms.isPaid(by: $0) && !$0.isOperators }
        guard let transaction = payments.lazy.compactMap(\.transaction).first else {
            guard payments.isEmpty else {
                throw FulfilmentError(
                    .conflict, "the gateway did not name the payment", hint: "refund it there; then book it with --by-hand")
            }
            return .byHand
        }
        // What a gateway has taken and not told yet is as good as gone.
        let promised = earlier.filter { $0.state != .refused }.map { $0.beforeMinor + $0.amount.minor }.max() ?? 0
        let gone = min(order.amountMinor, max(standing.refundedMinor, promised))
        let left = order.amountMinor - gone
        let amount = amountMinor ?? left
        guard amount > 0, amount <= left else {
            throw FulfilmentError(.conflict, "so much cannot be refunded", hint: "\(left) minor units are left of the order")
        }
        let name = Digest.sha256(Array("refund|\(engine.shop)|\(order.id)|\(attempt)|\(key)".utf8))
        let refund = RefundOrder(
            order: order.id, key: key, account: order.gateway, transaction: transaction,
            amount: try engine.money(amount, order.currency), gatewayKey: Hex.encode(Array(name.prefix(16))), attempt: attempt,
            beforeMinor: gone, state: .asked)
        try refunds.put(refund, at: now)
        try audit.add(.refund, subject: order.id, detail: "\(amount) asked of \(order.gateway)", actor: "operator", at: now)
        return .ask(refund)
    }
}
