internal import Database

extension Engine {
    /// All balances that are not zero, folded from the entries, by account and currency.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func balances() async throws(FulfilmentError) -> [LedgerBalance] {
        try await read { books in try books.fold().accountBalances }
    }

    /// Checks the books against the rules I1 to I9.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func verifyLedger() async throws(FulfilmentError) -> LedgerReport {
        try await read { books in
            try books.fold().report(orders: books.paidOrders(), stored: books.storedBalances(), parents: books.parents())
        }
    }

    /// Transfers in the order of (order, id): the books as they are.
    /// - Parameters:
    ///   - after: the last transfer of the page before; nil: from the start.
    ///   - limit: at most so many.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func transfers(after: Transfer? = nil, limit: Int = 1000) async throws(FulfilmentError) -> [Transfer] {
        try await read { books in
            try books.tx.query(
                """
                SELECT \(LedgerRows.columns) FROM transfers
                WHERE shop = $1 AND (order_id > $2 OR (order_id = $2 AND id > $3)) ORDER BY order_id, id LIMIT $4
                """,
                [.text(shop), .text(after?.order ?? ""), .blob(after?.id ?? []), .integer(Int64(limit))]
            ).map(LedgerRows.transfer)
        }
    }
}

extension Books {
    fileprivate func fold() throws -> LedgerAudit {
        var audit = LedgerAudit()
        for row in try tx.query("SELECT \(LedgerRows.columns) FROM transfers WHERE shop = $1", [.text(engine.shop)]) {
            audit.add(try LedgerRows.transfer(row))
        }
        return audit
    }

    /// What the facts say of every order that has any: worked out anew, not read from the orders' state.
    fileprivate func paidOrders() throws -> [String: LedgerAudit.OrderFacts] {
        var facts: [String: [RecordedFact]] = [:]
        for row in try tx.query("SELECT \(FactRows.columns) FROM facts WHERE shop = $1 AND order_id IS NOT NULL", [.text(engine.shop)]) {
            let stored = try FactRows.stored(row)
            if let order = stored.order { facts[order, default: []].append(stored.fact) }
        }
        var orders: [String: LedgerAudit.OrderFacts] = [:]
        for (id, facts) in facts {
            guard let order = try self.orders.find(id) else { continue }
            let standing = Standing(of: facts, terms: order.terms)
            orders[id] = LedgerAudit.OrderFacts(soldMinor: standing.soldMinor, isPaid: standing.isPaid)
        }
        return orders
    }

    fileprivate func storedBalances() throws -> [StoredBalance] {
        try tx.query(
            "SELECT promoter, currency, pending_minor, available_minor, paid_minor FROM balances WHERE shop = $1", [.text(engine.shop)]
        ).map { row in
            var read = RowReader(row)
            let (promoter, currency) = (try read.text(), try read.text())
            return StoredBalance(
                promoter: promoter, currency: currency,
                balance: PromoterBalance(pendingMinor: try read.int(), availableMinor: try read.int(), paidMinor: try read.int()))
        }
    }

    fileprivate func parents() throws -> [String: String] {
        var parents: [String: String] = [:]
        for row in try tx.query("SELECT id, parent FROM promoters WHERE shop = $1 AND parent IS NOT NULL", [.text(engine.shop)]) {
            parents[try row.text("id")] = try row.text("parent")
        }
        return parents
    }
}
