internal import Database

/// The table `outbox` inside one transaction.
struct OutboxRows {
    let tx: any Transaction
    let shop: String

    /// Adds an item, unless it is there already.
    func add(_ id: String, _ kind: OutboxItem.Kind, subject: String, at: Int64) throws {
        try tx.run(
            """
            INSERT INTO outbox (shop, id, kind, subject, state, attempt, fence, due_at, created_at)
            VALUES ($1, $2, $3, $4, 'open', 0, 0, $5, $5) ON CONFLICT (shop, id) DO NOTHING
            """,
            [.text(shop), .text(id), .text(kind.rawValue), .text(subject), .integer(at)])
    }

    /// Leases what is due, oldest first: nobody else gets it before `until`, and only its fence may end it.
    func lease(limit: Int64, now: Int64, until: Int64) throws -> [OutboxItem] {
        let rows = try tx.query(
            """
            UPDATE outbox SET due_at = $4, fence = fence + 1, attempt = attempt + 1
            WHERE shop = $1 AND state = 'open' AND id /*+sqlite IN*/ /*+pg = ANY (ARRAY*/ (
                \(Self.due) /*+pg FOR UPDATE SKIP LOCKED*/) /*+pg )*/
            RETURNING id, kind, subject, attempt, fence
            """,
            [.text(shop), .integer(now), .integer(limit), .integer(until)])
        return try rows.map(Self.item).sorted { $0.id < $1.id }
    }

    /// Its plan must be one range of `outbox_due`, which a test asks SQLite.
    static let due = "SELECT id FROM outbox WHERE shop = $1 AND state = 'open' AND due_at <= $2 ORDER BY due_at, id LIMIT $3"

    /// Ends an item that is still leased under `fence`; false if the lease is somebody else's now.
    func finish(_ item: OutboxItem, state: String, reason: String?, at: Int64) throws -> Bool {
        try tx.execute(
            "UPDATE outbox SET state = $4, reason = $5, finished_at = $6 WHERE shop = $1 AND id = $2 AND fence = $3 AND state = 'open'",
            [.text(shop), .text(item.id), .integer(item.fence), .text(state), .text(reason), .integer(at)]) == 1
    }

    /// Puts a leased item off; false as above.
    func postpone(_ item: OutboxItem, until: Int64, reason: String) throws -> Bool {
        try tx.execute(
            "UPDATE outbox SET due_at = $4, reason = $5, fence = fence + 1 WHERE shop = $1 AND id = $2 AND fence = $3 AND state = 'open'",
            [.text(shop), .text(item.id), .integer(item.fence), .integer(until), .text(reason)]) == 1
    }

    private static func item(_ row: Row) throws -> OutboxItem {
        var read = RowReader(row)
        let id = try read.text()
        guard let kind = OutboxItem.Kind(rawValue: try read.text()) else {
            throw FulfilmentError(.unavailable, "the column outbox.kind holds a word that this program does not know")
        }
        return OutboxItem(
            id: id, kind: kind, subject: try read.text(), attempt: try read.int(), fence: try read.int(), promoterToken: nil)
    }
}
