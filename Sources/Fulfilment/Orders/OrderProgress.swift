internal import Catalog
internal import Database

/// What follows from a change in an order's standing: keys, books, binding, mail. Inside the transaction that saw it.
struct OrderProgress {
    let books: Books
    /// The dedupe key of the fact, or what else caused it.
    let cause: String
    let now: Int64
    /// Made beforehand, for a buyer who becomes a promoter.
    let newPromoter: NewPromoter?

    /// Brings an order to where its facts stand.
    ///
    /// A failed payment changes nothing: the buyer may try again until the time to pay is over.
    /// - Returns: the order as it is now.
    func advance(_ order: OrderRecord, from before: Standing, to after: Standing) throws -> OrderRecord {
        var order = order
        let first = after.isPaid && order.paidAt == nil
        if first { try pay(&order) }
        if after.mayDeliver, order.granted < order.quantity { try deliver(&order, first: first) }
        if after.dispute != before.dispute { try books.stock.mark(order: order.id, as: after.dispute) }
        if order.state == .owed, !after.mayDeliver { try books.orders.removeOwed(order) }
        if first, !after.mayDeliver { try giveBack(&order) }
        if first || after.soldMinor != before.soldMinor || after.dispute != before.dispute { try book(&order, after, first: first) }
        order.state = OrderState.of(
            after, granted: order.granted, quantity: order.quantity, lapsed: order.paidAt == nil && now >= order.expiresAt)
        try books.orders.update(order)
        return order
    }

    /// The first payment: the hold ends, and who earns is fixed.
    private func pay(_ order: inout OrderRecord) throws {
        order.paidAt = now
        order.shares = try Enrolment(books: books, now: now).enrol(order, newPromoter)
    }

    /// Keys as far as there are any; the rest is owed.
    func deliver(_ order: inout OrderRecord, first: Bool) throws {
        try books.lapse(now: now)
        let held = first ? try books.orders.endHold(order.id) : false
        let wasOwed = !first && order.state == .owed
        let grant = Grant(stock: books.stock, cap: books.cap(order.sku)) { count, order in
            try GeneratedKeys(sku: order.sku, count: count, engine: books.engine, now: now)
                .store(count, state: .sold, order: order.id, in: books)
        }
        try grant.fill(&order, held: held)
        if order.granted < order.quantity {
            // Whoever frees keys looks for owed orders under the same exclusion: one of the two sees the other.
            try books.tx.exclude("stock", order.sku)
            try grant.fill(&order, held: false, waits: true)
        }
        if order.granted == order.quantity {
            if wasOwed { try books.orders.removeOwed(order) }
            try books.outbox.add("delivered-\(order.id)", .delivered, subject: order.id, at: now)
        } else if !wasOwed {
            try books.orders.addOwed(order)
            try books.outbox.add("owed-\(order.id)", .owed, subject: order.id, at: now)
        }
    }

    /// Paid, but nothing may go out: what was held is free again, and owed orders are the first to have it.
    private func giveBack(_ order: inout OrderRecord) throws {
        guard try books.orders.endHold(order.id) else { return }
        try books.releaseReserved(&order)
        try books.fillOwed(sku: order.sku, now: now, limit: 100)
    }

    /// The ledger follows the facts; commissions wait for T+N from the first payment, and while a dispute is open.
    private func book(_ order: inout OrderRecord, _ standing: Standing, first: Bool) throws {
        var book = OrderBook(
            shop: books.engine.shop, order: order.id, account: order.gateway, currency: order.currency, shares: order.shares ?? [],
            transfers: first ? [] : try books.ledger.transfers(order: order.id))
        let frozen = standing.dispute == .open
        let new = book.adjustments(soldMinor: standing.soldMinor, frozen: frozen, cause: cause, at: now)
        try books.ledger.append(new)
        book.transfers += new
        let waits = !frozen && !book.openCommissions.isEmpty
        if waits, order.maturesAt == nil {
            let due = (order.paidAt ?? now) + order.holdDays * 86_400
            order.maturesAt = due
            try books.ledger.addMaturing(order: order.id, due: due)
        } else if !waits, let due = order.maturesAt {
            order.maturesAt = nil
            try books.ledger.removeMaturing(order: order.id, due: due)
        }
    }
}
