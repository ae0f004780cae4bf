internal import Cryptography
internal import Database

extension Engine {
    /// How long a lease lasts, in seconds: longer than any try may take.
    package static let leaseSeconds: Int64 = 120
    /// After so many tries an item is dead.
    package static let attempts: Int64 = 16

    /// Takes what is due, oldest first, for this worker alone until the lease ends.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func lease(limit: Int, worker: String = "") async throws(FulfilmentError) -> [OutboxItem] {
        let now = clock.now()
        let limit = Int64(max(0, min(limit, 1000)))
        // Nothing due is the usual answer: it costs a read, not a write.
        let any = try await read { books in
            try books.tx.first(
                "SELECT 1 FROM outbox WHERE shop = $1 AND state = 'open' AND due_at <= $2 LIMIT 1", [.text(shop), .integer(now)]) != nil
        }
        guard any, limit > 0 else { return [] }
        return try await write { books in
            try books.outbox.lease(limit: limit, now: now, until: now + Self.leaseSeconds).map { item in
                var item = item
                if item.kind == .promoterPage { item.promoterToken = try books.promoters.find(item.subject)?.token }
                return item
            }
        }
    }

    /// The item is sent.
    /// - Returns: false if the lease had passed to somebody else.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    @discardableResult
    package func done(_ item: OutboxItem) async throws(FulfilmentError) -> Bool {
        let now = clock.now()
        return try await write { books in try books.outbox.finish(item, state: "done", reason: nil, at: now) }
    }

    /// The try failed and may succeed later: after 10 s, 20 s, 40 s …, at most 6 h, each a random quarter more or less;
    /// after the last try the item is dead.
    /// - Parameter reason: a few words, no address.
    /// - Returns: false if the lease had passed to somebody else.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    @discardableResult
    package func failed(_ item: OutboxItem, reason: String) async throws(FulfilmentError) -> Bool {
        guard item.attempt < Self.attempts else { return try await dead(item, reason: reason) }
        let now = clock.now()
        let byte = try await FulfilmentError.wrap { try random.bytes(1).first ?? 0 }
        let until = now + Self.backOff(attempt: item.attempt, jitter: byte)
        let reason = plain(reason)
        return try await write { books in try books.outbox.postpone(item, until: until, reason: reason) }
    }

    /// The item can never be sent: nobody tries again, and a person is told by the audit and the metrics.
    /// - Returns: false if the lease had passed to somebody else.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    @discardableResult
    package func dead(_ item: OutboxItem, reason: String) async throws(FulfilmentError) -> Bool {
        let now = clock.now()
        let reason = plain(reason)
        return try await write { books in
            guard try books.outbox.finish(item, state: "dead", reason: reason, at: now) else { return false }
            try books.audit.add(.dead, subject: item.id, detail: reason, actor: "mail", at: now)
            return true
        }
    }

    /// Seconds until the next try.
    /// - Parameter jitter: 0…255 maps to three quarters … five quarters.
    static func backOff(attempt: Int64, jitter: UInt8) -> Int64 {
        let doublings = min(max(0, attempt - 1), 12)
        let base: Int64 = min(21_600, 10 << doublings)
        return base * 3 / 4 + base * Int64(jitter) / 510
    }

    /// Gives leased items back untried, due again in a second: the try does not count.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func putBack(_ items: [OutboxItem]) async throws(FulfilmentError) {
        let now = clock.now()
        try await write { books in
            for item in items {
                try books.tx.execute(
                    """
                    UPDATE outbox SET due_at = $4, attempt = attempt - 1, fence = fence + 1
                    WHERE shop = $1 AND id = $2 AND fence = $3 AND state = 'open'
                    """,
                    [.text(shop), .text(item.id), .integer(item.fence), .integer(now + 1)])
            }
        }
    }
}
