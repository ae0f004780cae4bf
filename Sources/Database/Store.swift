/// An engine with its threads: SQLite in a file, or PostgreSQL on a server.
///
/// Both take work at once or refuse it (`busy`, `closed`), run it on threads of their own, and hand the answer to whoever
/// waits only when it is durable.
protocol Store: Sendable {
    /// Queues a write. A refused one fails at once.
    func write(_ work: Work)

    /// Queues a read. A refused one fails at once.
    func read(_ work: Work)

    /// The counts of the writers and how much waits.
    var statistics: DatabaseStatistics { get }

    /// Counts, and the error that stopped the database.
    var counters: WriteCounters { get }

    /// How many transactions may be under way at a time, of all processes together.
    var concurrency: Int { get }

    /// Finishes what waits, refuses what comes, and closes.
    func close() async
}
