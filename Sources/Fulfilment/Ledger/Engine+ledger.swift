internal import Database

extension Engine {
    /// All balances that are not zero, summed over the entries, by account and currency.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func balances() async throws(FulfilmentError) -> [LedgerBalance] {
        try await read { books in try books.accountBalances() }
    }

    /// Checks the books against the rules I1 to I9, on one snapshot, a page of orders at a time.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func verifyLedger() async throws(FulfilmentError) -> LedgerReport {
        try await read { books in
            try LedgerProof(books: books).audit().report(stored: books.storedBalances(), parents: books.parents())
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
    fileprivate func accountBalances() throws -> [LedgerBalance] {
        try tx.query(
            """
            SELECT account, currency, CAST(SUM(minor) AS BIGINT) AS minor FROM (
                SELECT debit AS account, currency, -amount_minor AS minor FROM transfers WHERE shop = $1
                UNION ALL SELECT credit, currency, amount_minor FROM transfers WHERE shop = $1) AS entries
            GROUP BY account, currency HAVING SUM(minor) <> 0 ORDER BY account, currency
            """,
            [.text(engine.shop)]
        ).map { LedgerBalance(account: try $0.text("account"), currency: try $0.text("currency"), minor: try $0.int("minor")) }
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
