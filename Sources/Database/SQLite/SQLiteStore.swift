import Foundation
import GRDB

/// One SQLite database: a writer's thread, a few readers' threads, and the queues before them.
final class SQLiteStore: Store {
    private static let readerCount = 2

    private let writes: WorkQueue
    private let reads: WorkQueue
    private let writer: ConnectionThread
    private let readers: [ConnectionThread]
    let counters: WriteCounters

    /// Opens the file, brings its schema up to date, and starts the threads.
    /// - Parameters:
    ///   - path: the database file; folder and file are made when missing.
    ///   - migrations: the whole schema, in order.
    ///   - queueLimit: how many writes, and as many reads, may wait.
    /// - Throws: `DatabaseError`: `locked`, `cannotOpen`, `corrupt`, `newer`, `migration`.
    init(path: String, migrations: [Migration], queueLimit: Int) throws(DatabaseError) {
        let file = try SQLiteFile(path)
        let writes = WorkQueue(capacity: queueLimit)
        let reads = WorkQueue(capacity: queueLimit)
        let counters = WriteCounters()
        let main = try SQLiteOpening.writer(path)
        try SQLiteOpening.use(main) { connection throws(DatabaseError) in
            defer { connection.close() }
            try SQLiteMigrator(connection).run(migrations)
            try connection.checkpoint(truncate: true)
        }
        let copies = try (0..<Self.readerCount).map { index throws(DatabaseError) in try SQLiteOpening.reader(path, index) }

        self.writes = writes
        self.reads = reads
        self.counters = counters
        readers = copies.enumerated().map { index, queue in
            ConnectionThread("database reader \(index + 1)") {
                SQLiteOpening.serve(queue) { SQLiteReader(connection: $0, queue: reads).run() }
            }
        }
        writer = ConnectionThread("database writer") {
            // The thread keeps the lock until its connection is closed, even if the store is dropped before.
            SQLiteOpening.serve(main) { connection in
                connection.watchLog()
                var loop = SQLiteWriter(connection: connection, queue: writes, counters: counters)
                loop.run()
            }
            counters.end()
            file.unlock()
        }
    }

    deinit {
        let closed = Self.closed
        reads.refuse(closed)
        writes.refuse(closed)
    }

    private static let closed = DatabaseError(.closed, "The database is closed.")

    /// Queues a write. A refused one fails at once.
    func write(_ work: Work) {
        if let refusal = writes.submit(work) { work.fail(refusal) }
    }

    /// Queues a read. A refused one fails at once.
    func read(_ work: Work) {
        if let refusal = reads.submit(work) { work.fail(refusal) }
    }

    /// One writer.
    let concurrency = 1

    /// The counts of the writer and how much waits.
    var statistics: DatabaseStatistics {
        var statistics = counters.statistics
        statistics.waiting = writes.depth
        return statistics
    }

    /// Finishes what waits, refuses what comes, and closes: readers first, the writer's last checkpoint after.
    func close() async {
        reads.refuse(Self.closed)
        for reader in readers { await reader.end() }
        writes.refuse(Self.closed)
        await writer.end()
    }
}
