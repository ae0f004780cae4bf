internal import Database

/// The tables `orders`, `holds`, `owed` and `facts` inside one transaction.
struct OrderRows {
    let tx: any Transaction
    let shop: String

    /// The order, locked until the transaction ends.
    func lock(_ id: String) throws -> OrderRecord? {
        try tx.first(Self.locking, [.text(shop), .text(id)]).map(OrderRecord.init)
    }

    /// The order, locked; nil also where another transaction holds it.
    func lockFree(_ id: String) throws -> OrderRecord? {
        try tx.first(Self.lockingFree, [.text(shop), .text(id)]).map(OrderRecord.init)
    }

    private static let lockingFree =
        "SELECT \(OrderRecord.columns) FROM orders WHERE shop = $1 AND id = $2 /*+pg FOR UPDATE SKIP LOCKED*/"

    private static let locking = "SELECT \(OrderRecord.columns) FROM orders WHERE shop = $1 AND id = $2 /*+pg FOR UPDATE*/"

    func find(_ id: String) throws -> OrderRecord? {
        try tx.first("SELECT \(OrderRecord.columns) FROM orders WHERE shop = $1 AND id = $2", [.text(shop), .text(id)])
            .map(OrderRecord.init)
    }

    func find(tokenDigest: [UInt8]) throws -> OrderRecord? {
        try tx.first("SELECT \(OrderRecord.columns) FROM orders WHERE shop = $1 AND token = $2", [.text(shop), .blob(tokenDigest)])
            .map(OrderRecord.init)
    }

    /// The latest orders of an address, newest first.
    func find(buyer: [UInt8], limit: Int64) throws -> [OrderRecord] {
        try tx.query(
            "SELECT \(OrderRecord.columns) FROM orders WHERE shop = $1 AND buyer = $2 ORDER BY id DESC LIMIT $3",
            [.text(shop), .blob(buyer), .integer(limit)]
        ).map(OrderRecord.init)
    }

    /// Writes what a fact, an allocation or the clock changed.
    func update(_ order: OrderRecord) throws {
        try tx.run(
            """
            UPDATE orders SET state = $3, paid_at = $4, matures_at = $5, granted = $6, shared_key = $7, shares = $8
            WHERE shop = $1 AND id = $2
            """,
            [
                .text(shop), .text(order.id), .text(order.state.rawValue), .integer(order.paidAt), .integer(order.maturesAt),
                .integer(order.granted), .integer(order.sharedKey), .text(order.shares.map(OrderRecord.text)),
            ])
    }

    /// Takes an order out of the unpaid ones; false if it was not among them.
    @discardableResult
    func endHold(_ order: String) throws -> Bool {
        try tx.execute("DELETE FROM holds WHERE shop = $1 AND order_id = $2", [.text(shop), .text(order)]) > 0
    }

    func addOwed(_ order: OrderRecord) throws {
        try tx.run(
            "INSERT INTO owed (shop, sku, since, order_id) VALUES ($1, $2, $3, $4) ON CONFLICT (shop, sku, since, order_id) DO NOTHING",
            [.text(shop), .text(order.sku), .integer(order.paidAt ?? order.createdAt), .text(order.id)])
    }

    func removeOwed(_ order: OrderRecord) throws {
        try tx.run(
            "DELETE FROM owed WHERE shop = $1 AND sku = $2 AND since = $3 AND order_id = $4",
            [.text(shop), .text(order.sku), .integer(order.paidAt ?? order.createdAt), .text(order.id)])
    }

    /// The paid orders that wait for keys of a SKU, oldest first.
    func owed(sku: String, limit: Int64) throws -> [String] {
        try tx.query(
            "SELECT order_id FROM owed WHERE shop = $1 AND sku = $2 ORDER BY since, order_id LIMIT $3",
            [.text(shop), .text(sku), .integer(limit)]
        ).map { try $0.text("order_id") }
    }

    /// The orders whose time to pay is over, oldest first.
    /// - Parameter sku: only of this SKU; nil: of all.
    func expiredHolds(sku: String?, now: Int64, limit: Int64) throws -> [String] {
        let rows =
            if let sku {
                try tx.query(
                    "SELECT order_id FROM holds WHERE shop = $1 AND expires_at <= $2 AND sku = $4 ORDER BY expires_at, order_id LIMIT $3",
                    [.text(shop), .integer(now), .integer(limit), .text(sku)])
            } else {
                try tx.query(
                    "SELECT order_id FROM holds WHERE shop = $1 AND expires_at <= $2 ORDER BY expires_at, order_id LIMIT $3",
                    [.text(shop), .integer(now), .integer(limit)])
            }
        return try rows.map { try $0.text("order_id") }
    }
}
