internal import Database

/// The table `stock` inside one transaction.
struct StockRows {
    let tx: any Transaction
    let shop: String

    /// Takes the next free keys of a SKU for an order, oldest first, at most `count`.
    /// - Parameters:
    ///   - state: `held` or `sold`.
    ///   - waits: wait for keys that another transaction has taken and may give back; else they are passed over.
    /// - Returns: how many were taken.
    func take(_ count: Int64, sku: String, order: String, as state: StockState, waits: Bool = false) throws -> Int64 {
        guard count > 0 else { return 0 }
        return Int64(
            try tx.execute(
                waits ? Self.takingPatiently : Self.taking, [.text(shop), .text(sku), .integer(count), .text(order), .text(state.rawValue)])
        )
    }

    /// Its plan must be one range of `stock_next` whatever was sold before, which a test asks both engines.
    static let taking = taking("FOR UPDATE SKIP LOCKED")
    static let takingPatiently = taking("FOR UPDATE")

    /// PostgreSQL may run the search behind an IN once for each row; an array is made once.
    private static func taking(_ lock: String) -> String {
        """
        UPDATE stock SET state = $5, order_id = $4 WHERE shop = $1 AND id /*+sqlite IN*/ /*+pg = ANY (ARRAY*/ (
            SELECT id FROM stock WHERE shop = $1 AND sku = $2 AND state = 'free' ORDER BY id LIMIT $3 /*+pg \(lock)*/) /*+pg )*/
        """
    }

    /// Whether at least `count` keys are free now.
    func hasFree(_ count: Int64, sku: String) throws -> Bool {
        let free = try tx.query(
            "SELECT id FROM stock WHERE shop = $1 AND sku = $2 AND state = 'free' ORDER BY id LIMIT $3",
            [.text(shop), .text(sku), .integer(count)])
        return Int64(free.count) == count
    }

    /// Hands out what was held for an order; how many that were.
    func sellHeld(order: String) throws -> Int64 {
        Int64(
            try tx.execute(
                "UPDATE stock SET state = 'sold' WHERE shop = $1 AND order_id = $2 AND state = 'held'", [.text(shop), .text(order)]))
    }

    /// Gives back what was held for an order; how many that were.
    @discardableResult
    func releaseHeld(order: String) throws -> Int64 {
        Int64(
            try tx.execute(
                "UPDATE stock SET state = 'free', order_id = NULL WHERE shop = $1 AND order_id = $2 AND state = 'held'",
                [.text(shop), .text(order)]))
    }

    /// Marks the keys that an order was given: disputed while a dispute is open, recalled when it is lost, sold when it is won.
    /// What the merchant recalled stays recalled, and a text that many buyers share is nobody's to mark.
    func mark(order: String, as dispute: Standing.Dispute) throws {
        let state: StockState =
            switch dispute {
            case .none: .sold
            case .open: .disputed
            case .lost: .recalled
            }
        try tx.run(
            "UPDATE stock SET state = $3 WHERE shop = $1 AND order_id = $2 AND state IN ('sold', 'disputed') AND state <> $3",
            [.text(shop), .text(order), .text(state.rawValue)])
    }

    /// Counts `count` more uses of a shared text whose cap allows them.
    /// - Parameter cap: uses in all; 0: no cap.
    /// - Returns: its stock id, or nil if none has room.
    func useShared(_ count: Int64, sku: String, cap: Int64) throws -> Int64? {
        try tx.first(
            """
            UPDATE stock SET uses = uses + $3 WHERE shop = $1 AND id = (
                SELECT id FROM stock WHERE shop = $1 AND sku = $2 AND state = 'shared' AND ($4 = 0 OR uses + $3 <= $4)
                ORDER BY id DESC LIMIT 1 /*+pg FOR UPDATE*/)
            RETURNING id
            """,
            [.text(shop), .text(sku), .integer(count), .integer(cap)]
        )?.int("id")
    }

    /// Whether a shared text may still be handed out.
    func isShared(id: Int64) throws -> Bool {
        try tx.first("SELECT id FROM stock WHERE shop = $1 AND id = $2 AND state = 'shared'", [.text(shop), .integer(id)]) != nil
    }

    /// Gives uses of a shared text back.
    func unuseShared(_ count: Int64, id: Int64) throws {
        try tx.run(
            "UPDATE stock SET uses = uses - $3 WHERE shop = $1 AND id = $2", [.text(shop), .integer(id), .integer(count)])
    }

    /// One row for a sealed key; false if the stock has an equal key already.
    func insert(_ key: SealedKey, state: StockState, order: String? = nil) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO stock (shop, id, sku, state, batch, sealed, digest, order_id, uses) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
            ON CONFLICT (shop, digest) DO NOTHING
            """,
            [
                .text(shop), .integer(key.id), .text(key.sku), .text(state.rawValue), .text(key.batch), .blob(key.sealed),
                .blob(key.digest), .text(order),
            ]) == 1
    }

    /// The sealed keys that an order was given, in the order of the stock, with their batch's data key.
    func granted(_ order: OrderRecord) throws -> [(key: SealedKey, dataKey: [UInt8])] {
        let own = try sealedKeys(
            "s.shop = $1 AND s.order_id = $2 AND s.state IN ('sold', 'disputed', 'recalled') ORDER BY s.id", [.text(shop), .text(order.id)])
        guard let shared = order.sharedKey, order.granted > 0 else { return own }
        return try own + sealedKeys("s.shop = $1 AND s.id = $2", [.text(shop), .integer(shared)])
    }

    /// - Parameter condition: of the WHERE clause, on `s`.
    func sealedKeys(_ condition: String, _ arguments: [SQLValue]) throws -> [(key: SealedKey, dataKey: [UInt8])] {
        try tx.query(
            """
            SELECT s.id, s.sku, s.batch, s.sealed, s.digest, b.data_key FROM stock s
            JOIN batches b ON b.shop = s.shop AND b.id = s.batch WHERE \(condition)
            """, arguments
        ).map(Self.sealed)
    }

    private static func sealed(_ row: Row) throws -> (key: SealedKey, dataKey: [UInt8]) {
        var read = RowReader(row)
        let key = SealedKey(
            id: try read.int(), sku: try read.text(), batch: try read.text(), sealed: try read.blob(), digest: try read.blob())
        return (key, try read.blob())
    }
}

extension StockRows {
    /// The batch that keys came in; once.
    func insertBatch(_ id: String, sku: String, wrapped: [UInt8], info: BatchInfo, at: Int64) throws {
        try tx.run(
            """
            INSERT INTO batches (shop, id, sku, data_key, created_at, source, note, cost_minor, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (shop, id) DO NOTHING
            """,
            [
                .text(shop), .text(id), .text(sku), .blob(wrapped), .integer(at), .text(info.source), .text(info.note),
                .integer(info.costMinor), .integer(info.expiresAt),
            ])
        guard let end = info.expiresAt else { return }
        try tx.execute(
            "INSERT INTO lapsing (shop, due_at, batch, sku) VALUES ($1, $2, $3, $4) ON CONFLICT (shop, due_at, batch) DO NOTHING",
            [.text(shop), .integer(end), .text(id), .text(sku)])
    }
}
