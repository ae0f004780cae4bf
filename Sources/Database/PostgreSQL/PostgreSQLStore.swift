import Synchronization

/// One PostgreSQL database: threads that write and threads that read, each with a connection, and the queues before them.
///
/// Threads are started while there is work that no other is free for: a command has one connection, a busy daemon all.
final class PostgreSQLStore: Store {
    private let writes: WorkQueue
    private let reads: WorkQueue
    private let address: PostgreSQLAddress
    private let settings: PostgreSQLSettings
    private let threads = Mutex<(writers: [ConnectionThread], readers: [ConnectionThread])>(([], []))
    let counters = WriteCounters()

    /// More than one daemon's writers: several daemons may share the server.
    let concurrency = 32

    /// Checks the server, brings the schema up to date, and takes work from then on.
    ///
    /// Everything that waits for the network happens on a thread of its own.
    /// - Parameters:
    ///   - queueLimit: how many writes, and as many reads, may wait.
    /// - Throws: `DatabaseError`: `unreachable`, `cannotOpen`, `newer`, `migration`, `statement`.
    static func open(
        _ url: String, migrations: [Migration], queueLimit: Int, settings: PostgreSQLSettings
    ) async throws(DatabaseError) -> PostgreSQLStore {
        let address = try PostgreSQLAddress(url)
        let result: Result<Void, DatabaseError> = await withCheckedContinuation { continuation in
            _ = ConnectionThread("database migrations") {
                continuation.resume(
                    returning: Result { () throws(DatabaseError) in
                        let connection = try PostgreSQLSession.open(address, settings, writes: true)
                        try PostgreSQLServer(connection).check(refusesUnsafe: settings.refusesUnsafeServer)
                        try PostgreSQLMigrator(connection, now: settings.now()).run(migrations)
                    })
            }
        }
        try result.get()
        return PostgreSQLStore(address, queueLimit, settings)
    }

    private init(_ address: PostgreSQLAddress, _ queueLimit: Int, _ settings: PostgreSQLSettings) {
        self.address = address
        self.settings = settings
        writes = WorkQueue(capacity: queueLimit)
        reads = WorkQueue(capacity: queueLimit)
    }

    deinit { refuse() }

    func write(_ work: Work) {
        if let refusal = writes.submit(work) { return work.fail(refusal) }
        guard !writes.hasIdleThread else { return }
        threads.withLock { threads in
            guard threads.writers.count < settings.writers else { return }
            let (address, settings, queue, counters) = (address, settings, writes, counters)
            threads.writers.append(
                ConnectionThread("database writer \(threads.writers.count + 1)") {
                    let session = PostgreSQLSession(address, settings, writes: true)
                    PostgreSQLWriter(session: session, queue: queue, counters: counters).run()
                })
        }
    }

    func read(_ work: Work) {
        if let refusal = reads.submit(work) { return work.fail(refusal) }
        guard !reads.hasIdleThread else { return }
        threads.withLock { threads in
            guard threads.readers.count < settings.readers else { return }
            let (address, settings, queue) = (address, settings, reads)
            threads.readers.append(
                ConnectionThread("database reader \(threads.readers.count + 1)") {
                    PostgreSQLReader(session: PostgreSQLSession(address, settings, writes: false), queue: queue).run()
                })
        }
    }

    var statistics: DatabaseStatistics {
        var statistics = counters.statistics
        statistics.waiting = writes.depth
        return statistics
    }

    func close() async {
        refuse()
        let all = threads.withLock { $0.writers + $0.readers }
        for thread in all { await thread.end() }
        counters.end()
    }

    private func refuse() {
        let closed = DatabaseError(.closed, "The database is closed.")
        reads.refuse(closed)
        writes.refuse(closed)
    }
}
