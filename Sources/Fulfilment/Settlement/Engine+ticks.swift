internal import Database

extension Engine {
    /// Takes keys out whose batch has ended, and ends the holds that have run out: their keys go to owed orders, oldest first, then are free again.
    ///
    /// Call it every few seconds; each transaction takes at most 200 orders, so nobody waits long.
    /// - Returns: how many ended.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    @discardableResult
    package func expireHolds() async throws(FulfilmentError) -> Int {
        let now = clock.now()
        var total = 0
        while true {
            let ended = try await write { books in
                try books.lapse(now: now)
                return try books.releaseExpired(sku: nil, now: now, limit: 200)
            }
            total += ended
            if ended < 200 { break }
        }
        let count = total
        state.count { $0.expiredHolds += count }
        return total
    }

    /// Makes commissions payable that have waited T+N days. Those of disputed orders go on waiting.
    /// - Returns: how many orders' commissions were posted.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    @discardableResult
    package func mature() async throws(FulfilmentError) -> Int {
        let now = clock.now()
        var total = 0
        while true {
            let posted = try await write { books in try books.mature(now: now, limit: 200) }
            total += posted
            if posted < 200 { break }
        }
        let count = total
        state.count { $0.maturedOrders += count }
        return total
    }
}

extension Books {
    fileprivate func mature(now: Int64, limit: Int64) throws -> Int {
        var posted = 0
        for id in try ledger.matured(by: now, limit: limit) {
            // Held by another transaction: there is another round.
            let locked = try orders.lockFree(id)
            if locked == nil, try orders.find(id) != nil { continue }
            posted += 1
            guard var order = locked, let due = order.maturesAt, due <= now else {
                // Nothing waits for this row. Left in place it would be read again for ever.
                try tx.execute(
                    "DELETE FROM maturing WHERE shop = $1 AND order_id = $2 AND due_at <= $3",
                    [.text(engine.shop), .text(id), .integer(now)])
                continue
            }
            let book = OrderBook(
                shop: engine.shop, order: id, account: order.gateway, currency: order.currency, shares: order.shares ?? [],
                transfers: try ledger.transfers(order: id))
            try ledger.append(book.maturing(at: now))
            try ledger.removeMaturing(order: id, due: due)
            order.maturesAt = nil
            try orders.update(order)
            try audit.add(.matured, subject: id, detail: "commissions posted", actor: "clock", at: now)
        }
        return posted
    }
}
