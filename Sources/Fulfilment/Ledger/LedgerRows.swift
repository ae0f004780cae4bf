internal import Database

/// The tables `transfers`, `balances` and `maturing` inside one transaction. Nothing here updates or deletes a transfer (I7).
struct LedgerRows {
    let tx: any Transaction
    let shop: String

    /// Adds transfers and carries them to the promoters' balances. One that exists is left as it is.
    /// - Returns: how many were new.
    @discardableResult
    func append(_ transfers: [Transfer]) throws -> Int {
        var added: [Transfer] = []
        let most = Self.inserting.count - 1
        for start in stride(from: 0, to: transfers.count, by: most) {
            added += try insert(Array(transfers[start..<min(start + most, transfers.count)]))
        }
        try carry(added)
        return added.count
    }

    private func insert(_ transfers: [Transfer]) throws -> [Transfer] {
        var arguments: [SQLValue] = [.text(shop)]
        for transfer in transfers {
            arguments += [
                .text(transfer.order), .blob(transfer.id), .text(transfer.kind.rawValue), .integer(transfer.level),
                .text(transfer.debit.text), .text(transfer.credit.text), .integer(transfer.amountMinor), .text(transfer.currency),
                .text(transfer.cause), .blob(transfer.resolves), .integer(transfer.rate), .integer(transfer.baseMinor),
                .text(transfer.credit.promoter ?? transfer.debit.promoter ?? ""), .integer(transfer.at),
            ]
        }
        let new = try tx.query(Self.inserting[transfers.count], arguments)
        if new.count == transfers.count { return transfers }
        let ids = Set(try new.map { try $0.blob("id") })
        return transfers.filter { ids.contains($0.id) }
    }

    /// The statements for 0 (unused) to 4 rows: three are usual, and each shape is prepared once.
    private static let inserting: [String] = (0...4).map { count in
        let rows = (0..<count).map { row in
            "($1, " + (0..<14).map { "$\(2 + row * 14 + $0)" }.joined(separator: ", ") + ")"
        }
        return """
            INSERT INTO transfers (shop, order_id, id, kind, level, debit, credit, amount_minor, currency, cause, resolves, rate,
                base_minor, promoter, at)
            VALUES \(rows.joined(separator: ", ")) ON CONFLICT (shop, order_id, id) DO NOTHING RETURNING id
            """
    }

    /// Adds the promoters' sides to their balances, in the order of ids so that two writers never wait for each other.
    private func carry(_ transfers: [Transfer]) throws {
        var changes: [BalanceKey: PromoterBalance] = [:]
        for transfer in transfers {
            for entry in transfer.entries {
                guard let promoter = entry.account.promoter else { continue }
                changes[BalanceKey(promoter: promoter, currency: entry.currency), default: PromoterBalance()].add(entry, of: transfer)
            }
        }
        let keys = changes.keys.sorted { ($0.promoter, $0.currency) < ($1.promoter, $1.currency) }
        for key in keys {
            guard let change = changes[key] else { continue }
            try tx.run(
                """
                INSERT INTO balances (shop, promoter, currency, pending_minor, available_minor, paid_minor)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (shop, promoter, currency) DO UPDATE SET pending_minor = balances.pending_minor + excluded.pending_minor,
                    available_minor = balances.available_minor + excluded.available_minor,
                    paid_minor = balances.paid_minor + excluded.paid_minor
                """,
                [
                    .text(shop), .text(key.promoter), .text(key.currency), .integer(change.pendingMinor),
                    .integer(change.availableMinor), .integer(change.paidMinor),
                ])
        }
    }

    func transfers(order: String) throws -> [Transfer] {
        try tx.query("SELECT \(Self.columns) FROM transfers WHERE shop = $1 AND order_id = $2", [.text(shop), .text(order)])
            .map(Self.transfer)
    }

    /// The latest transfers that touch a promoter, newest first.
    func transfers(promoter: String, limit: Int64) throws -> [Transfer] {
        try tx.query(
            "SELECT \(Self.columns) FROM transfers WHERE shop = $1 AND promoter = $2 ORDER BY at DESC LIMIT $3",
            [.text(shop), .text(promoter), .integer(limit)]
        ).map(Self.transfer)
    }

    func balance(promoter: String, currency: String) throws -> PromoterBalance {
        guard
            let row = try tx.first(
                "SELECT pending_minor, available_minor, paid_minor FROM balances WHERE shop = $1 AND promoter = $2 AND currency = $3",
                [.text(shop), .text(promoter), .text(currency)])
        else { return PromoterBalance() }
        var read = RowReader(row)
        return PromoterBalance(pendingMinor: try read.int(), availableMinor: try read.int(), paidMinor: try read.int())
    }

    /// Puts an order into the queue of those whose commissions wait for T+N.
    func addMaturing(order: String, due: Int64) throws {
        try tx.run(
            "INSERT INTO maturing (shop, due_at, order_id) VALUES ($1, $2, $3) ON CONFLICT (shop, due_at, order_id) DO NOTHING",
            [.text(shop), .integer(due), .text(order)])
    }

    func removeMaturing(order: String, due: Int64) throws {
        try tx.run(
            "DELETE FROM maturing WHERE shop = $1 AND due_at = $2 AND order_id = $3", [.text(shop), .integer(due), .text(order)])
    }

    /// Orders whose commissions have waited long enough, oldest first.
    func matured(by now: Int64, limit: Int64) throws -> [String] {
        try tx.query(
            "SELECT order_id FROM maturing WHERE shop = $1 AND due_at <= $2 ORDER BY due_at, order_id LIMIT $3",
            [.text(shop), .integer(now), .integer(limit)]
        ).map { try $0.text("order_id") }
    }

    static let columns = "order_id, id, kind, level, debit, credit, amount_minor, currency, cause, resolves, rate, base_minor, at"

    static func transfer(_ row: Row) throws -> Transfer {
        var read = RowReader(row)
        let order = try read.text()
        let id = try read.blob()
        guard let kind = Transfer.Kind(rawValue: try read.text()) else { throw unknown("kind") }
        let level = try read.int()
        guard let debit = LedgerAccount(text: try read.text()) else { throw unknown("debit") }
        guard let credit = LedgerAccount(text: try read.text()) else { throw unknown("credit") }
        return Transfer(
            id: id, kind: kind, order: order, level: level, debit: debit, credit: credit, amountMinor: try read.int(),
            currency: try read.text(), cause: try read.text(), resolves: try read.optionalBlob(), rate: try read.int(),
            baseMinor: try read.int(), at: try read.int())
    }

    private static func unknown(_ column: String) -> FulfilmentError {
        FulfilmentError(.unavailable, "the column transfers.\(column) holds a word that this program does not know")
    }
}

private struct BalanceKey: Hashable {
    var promoter: String
    var currency: String
}
