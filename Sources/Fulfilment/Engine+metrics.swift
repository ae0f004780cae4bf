internal import Database
internal import Synchronization

/// What a monitor asks for.
package struct EngineMetrics: Sendable, Hashable {
    package var counters: EngineCounters
    /// Unpaid orders whose time is not over.
    package var openHolds: Int64
    /// Items to send, and the age in seconds of the oldest that is due.
    package var outboxOpen: Int64
    package var outboxOldestSeconds: Int64
    package var outboxDead: Int64
    package var levels: [StockLevel]
}

extension Engine {
    /// A snapshot for metrics: three counts on small indexes, and the stock by SKU of ten seconds ago at most.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func metrics() async throws(FulfilmentError) -> EngineMetrics {
        let now = clock.now()
        let levels = try await levels(maxAge: 10)
        let counters = state.counters.withLock { $0 }
        return try await read { books in
            let holds = try books.tx.first("SELECT count(*) AS n FROM holds WHERE shop = $1", [.text(shop)])
            let open = try books.tx.first(
                "SELECT count(*) AS n, min(created_at) AS oldest FROM outbox WHERE shop = $1 AND state = 'open'", [.text(shop)])
            let dead = try books.tx.first("SELECT count(*) AS n FROM outbox WHERE shop = $1 AND state = 'dead'", [.text(shop)])
            return EngineMetrics(
                counters: counters, openHolds: try holds?.int("n") ?? 0, outboxOpen: try open?.int("n") ?? 0,
                outboxOldestSeconds: try open?.optionalInt("oldest").map { max(0, now - $0) } ?? 0,
                outboxDead: try dead?.int("n") ?? 0, levels: levels)
        }
    }
}
