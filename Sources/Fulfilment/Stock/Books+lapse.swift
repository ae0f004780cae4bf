internal import Database

extension Books {
    /// Takes the keys of batches that have ended out of what may be handed out; an order that one is held for takes another when it is
    /// paid, or is owed one. Call it before any key is given: what has ended by now is then out of the way, whoever is first to ask.
    /// - Returns: how many keys.
    @discardableResult
    func lapse(now: Int64) throws -> Int {
        let due = try tx.query(
            "SELECT due_at, batch, sku FROM lapsing WHERE shop = $1 AND due_at <= $2 ORDER BY due_at, batch LIMIT 20 /*+pg FOR UPDATE SKIP LOCKED*/",
            [.text(engine.shop), .integer(now)])
        var lapsed = 0
        for row in due {
            let (at, batch, sku) = (try row.int("due_at"), try row.text("batch"), try row.text("sku"))
            let keys = try tx.execute(
                """
                UPDATE stock SET state = 'lapsed', order_id = NULL
                WHERE shop = $1 AND sku = $2 AND state IN ('free', 'held', 'shared') AND batch = $3
                """, [.text(engine.shop), .text(sku), .text(batch)])
            try tx.execute(
                "DELETE FROM lapsing WHERE shop = $1 AND due_at = $2 AND batch = $3",
                [.text(engine.shop), .integer(at), .text(batch)])
            try audit.add(.stockLapse, subject: batch, detail: "\(sku) \(keys) keys ended unsold", actor: "clock", at: now)
            lapsed += keys
        }
        return lapsed
    }
}
