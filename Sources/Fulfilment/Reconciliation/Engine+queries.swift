internal import Database

extension Engine {
    /// The unpaid orders to ask about now, longest due first. Each is moved to its next time before anybody asks, so a gateway
    /// that does not answer, or a crash, costs one turn and holds nobody up.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func dueQueries(limit: Int64 = 50) async throws(FulfilmentError) -> [DueQuery] {
        let now = clock.now()
        let isIdle = try await read { books in try books.queries.due(now: now, limit: 1).isEmpty }
        if isIdle { return [] }
        return try await write { books in
            try books.queries.claim(now: now, limit: limit).compactMap { entry in
                guard entry.state == .pending || entry.state == .expired else {
                    try books.queries.remove(entry.query.order)
                    return nil
                }
                let next = QuerySchedule.next(createdAt: entry.createdAt, expiresAt: entry.expiresAt, after: now)
                if let next {
                    try books.queries.put(entry.query.order, at: next)
                } else {
                    try books.queries.remove(entry.query.order)
                }
                return entry.query
            }
        }
    }

    /// One order to ask about out of turn: its buyer has just come back. nil when it is not unpaid, or its gateway cannot be asked.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func query(order: String) async throws(FulfilmentError) -> DueQuery? {
        try await read { books in
            try books.queries.find(order).flatMap { $0.state == .pending || $0.state == .expired ? $0.query : nil }
        }
    }

    /// Asks no more about an order: its gateway cannot be asked.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func endQueries(order: String) async throws(FulfilmentError) {
        try await write { books in try books.queries.remove(order) }
    }
}

/// The table `queries` inside one transaction: the unpaid orders that gateways are asked about.
struct QueryRows {
    let tx: any Transaction
    let shop: String

    struct Entry: Sendable {
        var query: DueQuery
        var state: OrderState
        var createdAt: Int64
        var expiresAt: Int64
    }

    private static let asking = """
        SELECT o.id, o.gateway, o.reference, o.state, o.created_at, o.expires_at FROM queries q
        JOIN orders o ON o.shop = q.shop AND o.id = q.order_id
        """

    private static let due = "\(asking) WHERE q.shop = $1 AND q.next_query_at <= $2 ORDER BY q.next_query_at, q.order_id LIMIT $3"

    func due(now: Int64, limit: Int64) throws -> [Entry] {
        try tx.query(Self.due, [.text(shop), .integer(now), .integer(limit)]).map(Self.entry)
    }

    /// The same, for this transaction alone.
    func claim(now: Int64, limit: Int64) throws -> [Entry] {
        try tx.query("\(Self.due) /*+pg FOR UPDATE OF q SKIP LOCKED*/", [.text(shop), .integer(now), .integer(limit)]).map(Self.entry)
    }

    func find(_ order: String) throws -> Entry? {
        try tx.first("\(Self.asking) WHERE q.shop = $1 AND q.order_id = $2", [.text(shop), .text(order)]).map(Self.entry)
    }

    func put(_ order: String, at time: Int64) throws {
        try tx.run(
            """
            INSERT INTO queries (shop, order_id, next_query_at) VALUES ($1, $2, $3)
            ON CONFLICT (shop, order_id) DO UPDATE SET next_query_at = excluded.next_query_at
            """,
            [.text(shop), .text(order), .integer(time)])
    }

    func remove(_ order: String) throws {
        try tx.run("DELETE FROM queries WHERE shop = $1 AND order_id = $2", [.text(shop), .text(order)])
    }

    private static func entry(_ row: Row) throws -> Entry {
        var read = RowReader(row)
        let query = DueQuery(order: try read.text(), account: try read.text(), reference: try read.optionalText())
        guard let state = OrderState(rawValue: try read.text()) else {
            throw FulfilmentError(.unavailable, "the column orders.state holds a word that this program does not know")
        }
        return Entry(query: query, state: state, createdAt: try read.int(), expiresAt: try read.int())
    }
}
