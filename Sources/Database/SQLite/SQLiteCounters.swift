import Synchronization

/// What the writer's thread tells the others: counts, and the error that stopped it.
final class SQLiteCounters: Sendable {
    private struct State {
        var statistics = DatabaseStatistics()
        var failure: DatabaseError?
    }

    private let state = Mutex(State())
    /// Yields the error that stopped the database, then ends. Ends without one when the database is closed.
    let failures: AsyncStream<DatabaseError>
    private let announcement: AsyncStream<DatabaseError>.Continuation

    init() { (failures, announcement) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1)) }

    var statistics: DatabaseStatistics { state.withLock { $0.statistics } }

    /// The error after which nothing is written any more.
    var failure: DatabaseError? { state.withLock { $0.failure } }

    func count(committed: Int, failed: Int, seconds: Double) {
        state.withLock { $0.statistics.count(committed: committed, failed: failed, seconds: seconds) }
    }

    func stop(_ error: DatabaseError) {
        state.withLock { $0.failure = $0.failure ?? error }
        announcement.yield(error)
        announcement.finish()
    }

    func end() { announcement.finish() }
}
