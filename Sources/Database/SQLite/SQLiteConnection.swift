import GRDBSQLite

/// A connection that GRDB opened, seen from the one thread that uses it, with its prepared statements.
///
/// GRDB opens, configures and closes; statements go straight to SQLite, because a row here is an array by
/// position. It is made and used inside one call of GRDB's `inDatabase`, so it never leaves its thread.
final class SQLiteConnection {
    private let handle: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]
    private let logPages = UnsafeMutablePointer<CInt>.allocate(capacity: 1)

    init(_ handle: OpaquePointer) {
        self.handle = handle
        logPages.initialize(to: 0)
        sqlite3_extended_result_codes(handle, 1)
    }

    deinit { logPages.deallocate() }

    /// How many pages the write-ahead log held at the last commit of this connection, once `watchLog` was called.
    var pagesInLog: Int { Int(logPages.pointee) }

    /// Has SQLite tell the log's size after each commit. It takes the place of SQLite's own checkpoints
    /// (https://www.sqlite.org/c3ref/wal_hook.html), so those must be off.
    func watchLog() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: CInt.self).pointee = pages
                return SQLITE_OK
            }, logPages)
    }

    /// The prepared statement of a text, prepared at its first use.
    /// The texts are the program's own, so they are few, and none is ever dropped.
    func statement(_ sql: String) throws(DatabaseError) -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        let statement = try SQLiteStatement(sql, on: handle)
        statements[sql] = statement
        return statement
    }

    /// Runs a statement that returns nothing of interest.
    func run(_ sql: String) throws(DatabaseError) { _ = try statement(sql).run([]) }

    /// The first value of a statement's first row, as a pragma answers.
    func value(_ sql: String) throws(DatabaseError) -> SQLValue { try statement(sql).rows([]).first?[0] ?? .null }

    /// Runs a text of several statements, as a migration is.
    func script(_ sql: String) throws(DatabaseError) {
        let code = sqlite3_exec(handle, Dialect.sqlite.text(sql), nil, nil, nil)
        guard code == SQLITE_OK else { throw .sqlite(sqlite3_extended_errcode(handle), handle) }
    }

    /// Whether a transaction is open. After some errors SQLite has rolled back by itself.
    var inTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Rolls back if there is something to roll back.
    func rollBack() {
        // Its failure changes nothing: a connection that cannot roll back is in no transaction any more.
        if inTransaction { _ = try? run("ROLLBACK") }
    }

    /// Finalizes the statements, so that GRDB can close the connection.
    func close() {
        sqlite3_wal_hook(handle, nil, nil)
        for statement in statements.values { statement.finalize() }
        statements = [:]
    }

    /// Copies pages from the write-ahead log into the database file.
    ///
    /// - Parameter truncate: copy everything, wait up to 50 ms for the readers, and cut the log to nothing.
    /// - Throws: `DatabaseError` when the copy failed. A reader in the way, or a full device, is no error:
    ///   the pages stay in the log, and the next checkpoint takes them.
    func checkpoint(truncate: Bool) throws(DatabaseError) {
        // Everybody who writes waits meanwhile, so the readers get little time. There is nobody else to be busy.
        sqlite3_busy_timeout(handle, 50)
        let mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let code = sqlite3_wal_checkpoint_v2(handle, nil, mode, nil, nil)
        switch code & 0xff {
        case SQLITE_OK: if truncate { logPages.pointee = 0 }
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL: break
        default: throw .sqlite(code, handle)
        }
    }
}
