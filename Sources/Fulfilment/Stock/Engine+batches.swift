internal import Database

/// Keys that were imported together, and what became of them.
package struct BatchLevel: Sendable, Hashable {
    package var id: String
    package var sku: String
    package var info: BatchInfo
    /// Unix seconds.
    package var createdAt: Int64
    /// How many keys of it are in each state; no entry where there is none.
    package var keys: [StockState: Int64]
}

extension Engine {
    /// The imported batches, newest first. Those of generated keys, one an order, are not among them.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func batches() async throws(FulfilmentError) -> [BatchLevel] {
        try await read { books in
            let rows = try books.tx.query(
                """
                SELECT b.id, b.sku, b.created_at, b.source, b.note, b.cost_minor, b.expires_at, s.state, count(*) AS n
                FROM stock s JOIN batches b ON b.shop = s.shop AND b.id = s.batch
                WHERE s.shop = $1 AND (b.source IS NULL OR b.source <> 'generated')
                GROUP BY b.id, b.sku, b.created_at, b.source, b.note, b.cost_minor, b.expires_at, s.state
                ORDER BY b.created_at DESC, b.id DESC, s.state
                """, [.text(shop)])
            var batches: [BatchLevel] = []
            for row in rows {
                var read = RowReader(row)
                let (id, sku, at) = (try read.text(), try read.text(), try read.int())
                let (source, note) = (try read.optionalText(), try read.optionalText())
                let info = BatchInfo(source: source, note: note, costMinor: try read.optionalInt(), expiresAt: try read.optionalInt())
                if batches.last?.id != id { batches.append(BatchLevel(id: id, sku: sku, info: info, createdAt: at, keys: [:])) }
                if let state = StockState(rawValue: try read.text()) { batches[batches.count - 1].keys[state] = try read.int() }
            }
            return batches
        }
    }
}

extension Books {
    /// The id of a batch that is named by its id, or by the name that it alone was imported under.
    /// - Throws: `FulfilmentError`: `notFound`, `conflict`.
    func batch(named name: String) throws -> String {
        if try tx.first("SELECT id FROM batches WHERE shop = $1 AND id = $2", [.text(engine.shop), .text(name)]) != nil { return name }
        let named = try tx.query("SELECT id FROM batches WHERE shop = $1 AND note = $2 ORDER BY id", [.text(engine.shop), .text(name)])
            .map { try $0.text("id") }
        guard let only = named.first else {
            throw FulfilmentError(.notFound, "there is no batch “\(name)”", hint: "see `keyfront stock batches`")
        }
        guard named.count == 1 else {
            throw FulfilmentError(
                .conflict, "\(named.count) batches are named “\(name)”", hint: "name one by its id: \(named.joined(separator: ", "))")
        }
        return only
    }
}
