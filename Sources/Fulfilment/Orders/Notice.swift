internal import Database
internal import Payments

/// One notice inside the transaction that books it.
struct Notice {
    let books: Books
    let account: String
    let fact: Fact
    let bodyDigest: [UInt8]
    let newPromoter: NewPromoter?
    /// The order to make of a purchase over a payment link, if there is none.
    let sale: OrderDraft?
    let now: Int64

    /// Dedup, facts, state; then what follows from the new state.
    func book() throws -> NoticeOutcome {
        // A payment and what was told of it before nobody knew its order meet here, and so do two orders that one payment names.
        if let transaction = fact.gatewayTransactionID { try books.tx.exclude("payment", "\(account) \(transaction)") }
        if let transmission = fact.transmission, try !books.facts.admits(transmission, account: account, at: now) {
            let decision = decide(fact, account: account, order: nil, repeated: true)
            return NoticeOutcome(effect: .forged, decision: decision, order: nil, state: nil)
        }
        guard let order = try order() else { return try stray() }
        let stored = try books.facts.about(order: order.id, account: account, transaction: fact.gatewayTransactionID)
        let key = fact.inboxKey
        let repeated = stored.contains { $0.fact.account == account && $0.fact.dedupeKey.utf8.elementsEqual(key.utf8) }
        let transactionOrder = orderPaid(stored)
        let before = Standing(of: stored.lazy.filter { $0.order == order.id }.map(\.fact), terms: order.terms)
        let own = stored.filter { $0.order == nil || $0.order == order.id }.map(\.fact)
        let known = own.count == stored.count && !stored.contains { $0.order == nil } ? before : Standing(of: own, terms: order.terms)
        let decision = decide(
            fact, account: account, order: context(of: order, known, own), transactionOrder: transactionOrder, repeated: repeated)

        let foreign = fact.kind == .paid && transactionOrder != nil && transactionOrder != order.id
        let recorded = RecordedFact(fact, account: account, foreignTransaction: foreign)
        guard !repeated, try books.facts.insert(recorded, order: order.id, bodyDigest: bodyDigest, at: now) else {
            return NoticeOutcome(effect: .duplicate, decision: decision, order: order.id, state: order.state)
        }
        if let transaction = fact.gatewayTransactionID, stored.contains(where: { $0.order == nil }) {
            try books.facts.adopt(order: order.id, account: account, transaction: transaction)
        }
        let after = Standing(of: own + [recorded], terms: order.terms)
        let progress = OrderProgress(books: books, cause: recorded.dedupeKey, now: now, newPromoter: newPromoter)
        let changed = try progress.advance(order, from: before, to: after)
        let effect = effect(decision, from: order, to: changed)
        try books.audit.add(
            .fact, subject: order.id, detail: detail(decision, changed), actor: "notice:\(account)", at: now)
        return NoticeOutcome(effect: effect, decision: decision, order: order.id, state: changed.state)
    }

    /// The order that the fact names, or that its payment paid, or that is made of a purchase.
    private func order() throws -> OrderRecord? {
        if let named = try fact.orderID ?? orderOfTransaction(), let order = try books.orders.lock(named) { return order }
        return try sale.map { try books.place(sale: $0) }
    }

    /// The order of a fact that names its payment alone.
    private func orderOfTransaction() throws -> String? {
        guard let transaction = fact.gatewayTransactionID else { return nil }
        return try books.facts.order(account: account, transaction: transaction)
    }

    /// The order that this fact's transaction paid before.
    private func orderPaid(_ stored: [FactRows.Stored]) -> String? {
        guard let transaction = fact.gatewayTransactionID else { return nil }
        return stored.first {
            $0.fact.kind == .paid && !$0.fact.foreignTransaction && $0.fact.account == account && $0.order != nil
                && $0.fact.transaction?.utf8.elementsEqual(transaction.utf8) == true
        }?.order
    }

    /// A fact of no order of ours: kept, and found again when its payment arrives.
    private func stray() throws -> NoticeOutcome {
        let recorded = RecordedFact(fact, account: account, foreignTransaction: false)
        let new = try books.facts.insert(recorded, order: fact.orderID, bodyDigest: bodyDigest, at: now)
        let decision = decide(fact, account: account, order: nil, repeated: !new)
        if !new { return NoticeOutcome(effect: .duplicate, decision: decision, order: nil, state: nil) }
        if fact.kind == .ignored { return NoticeOutcome(effect: .ignored, decision: decision, order: nil, state: nil) }
        try books.audit.add(
            .stray, subject: fact.orderID ?? "", detail: "\(fact.kind.rawValue) of no order of ours", actor: "notice:\(account)", at: now)
        return NoticeOutcome(effect: .review, decision: decision, order: nil, state: nil)
    }

    private func context(of order: OrderRecord, _ standing: Standing, _ facts: [RecordedFact]) -> OrderContext {
        // Of several payments the one that this fact is about, if it is among them.
        let payments = facts.filter { order.terms.isPaid(by: $0) }.compactMap(\.transaction)
        let same = payments.first { $0.utf8.elementsEqual((fact.gatewayTransactionID ?? "").utf8) }
        // A notice of a refund that its receipt has booked already is no second one.
        let told = facts.contains(where: \.isReceipt) ? Standing(of: facts.filter { !$0.isReceipt }, terms: order.terms) : standing
        return OrderContext(
            id: order.id, amountMinor: order.amountMinor, currency: order.currency, gateway: order.gateway, paid: standing.isPaid,
            transaction: same ?? payments.first, refundedMinor: told.refundedMinor)
    }

    private func effect(_ decision: Decision, from old: OrderRecord, to new: OrderRecord) -> NoticeOutcome.Effect {
        if fact.kind == .ignored { return .ignored }
        if old.granted < new.granted, new.state == .fulfilled { return .fulfilled }
        if new.state == .owed, old.state != .owed { return .owed }
        if !decision.applies { return decision.flags == [.duplicate] ? .duplicate : .review }
        return .applied
    }

    private func detail(_ decision: Decision, _ order: OrderRecord) -> String {
        let flags = decision.flags.map(\.rawValue).joined(separator: ",")
        return "\(fact.kind.rawValue) \(order.state.rawValue) \(order.granted)/\(order.quantity)" + (flags.isEmpty ? "" : " \(flags)")
    }
}
