/// The books' database: short reads on snapshots, and writes in batches that are durable before anybody is answered.
///
/// One process has a SQLite file open at a time; a PostgreSQL database may be shared. All methods may be called from any task; none blocks its thread.
package final class Database: Sendable {
    private let store: any Store
    /// The file of a SQLite database.
    let file: String?

    private init(_ store: any Store, file: String? = nil) {
        self.store = store
        self.file = file
    }

    /// Opens a database, creating a SQLite file when missing, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - url: `sqlite:` and a path, or `postgres://` and what libpq reads. It may hold a password and is never shown.
    ///   - migrations: the whole schema, numbered from 1.
    ///   - queueLimit: how many writes may wait before `busy`.
    ///   - postgreSQL: how a server is used.
    /// - Throws: `DatabaseError`: `locked` (another process has the file), `unreachable`, `cannotOpen`, `corrupt`, `newer`,
    ///   `migration`.
    package static func open(
        _ url: String, migrations: [Migration], queueLimit: Int = 4096, postgreSQL: PostgreSQLSettings = PostgreSQLSettings()
    ) async throws(DatabaseError) -> Database {
        if PostgreSQLAddress.names(url) {
            return Database(try await PostgreSQLStore.open(url, migrations: migrations, queueLimit: queueLimit, settings: postgreSQL))
        }
        guard url.hasPrefix("sqlite:"), url.utf8.count > 7, !url.utf8.contains(0) else {
            throw DatabaseError(
                .cannotOpen, "The database is not named by “sqlite:” and a path, or by “postgres://”.",
                hint: "For example: sqlite:data/keyfront.db")
        }
        let path = String(url.dropFirst(7))
        return Database(try SQLiteStore(path: path, migrations: migrations, queueLimit: queueLimit), file: path)
    }

    /// Reads on one snapshot: all statements of the body see the same state, which holds every write answered before.
    ///
    /// - Throws: `DatabaseError` (`busy`, `closed`, `misuse` for a statement that writes), or what the body throws.
    package func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in store.read(Self.work(body, continuation)) }
    }

    /// Writes in a transaction. Returns after it is durable; if the body throws, nothing of it is kept.
    ///
    /// The body runs on a writer's thread, at some later moment; on SQLite once, among others' (its statements alone are
    /// rolled back if it fails); on PostgreSQL beside others, and again from its beginning when it met one of them or lost its
    /// connection. Only one run is kept, also where the reply to COMMIT was lost, and its result is the answer. So it does no
    /// other work than statements and arithmetic, and whatever it changes outside it must set and not add to.
    /// Cancelling the task does not stop it.
    /// - Throws: `DatabaseError` (`busy`, `closed`, `unreachable`: nothing was done; `unknownOutcome`: do it again, and stop the
    ///   program if `failure` says so),
    ///   or what the body throws.
    @discardableResult
    package func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in store.write(Self.work(body, continuation)) }
    }

    private static func work<T: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> T, _ continuation: CheckedContinuation<T, any Error>
    ) -> Work {
        Work(
            perform: { transaction in
                let result = try body(transaction)
                return { continuation.resume(returning: result) }
            },
            fail: { continuation.resume(throwing: $0) })
    }

    /// How many transactions may be under way at a time, of all processes together: 1 on SQLite.
    package var concurrency: Int { store.concurrency }

    /// What the writers have done, and what waits.
    package var statistics: DatabaseStatistics { store.statistics }

    /// The error after which every write is refused; nil while all is well. The program must end then.
    package var failure: DatabaseError? { store.counters.failure }

    /// Yields that error when it happens; ends when the database is closed. For one listener.
    package var failures: AsyncStream<DatabaseError> { store.counters.failures }

    /// Finishes the work that waits, then closes the file. Work that comes later fails with `closed`.
    package func close() async { await store.close() }
}
