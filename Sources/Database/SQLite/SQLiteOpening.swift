import GRDB

/// How a connection is opened, configured and checked. GRDB does the opening and the closing.
enum SQLiteOpening {
    /// Opens the connection that writes.
    ///
    /// GRDB's WAL set-up lowers `synchronous` to NORMAL, with which a power cut loses transactions that were
    /// answered. So it is set to FULL afterwards, and read back with the rest.
    static func writer(_ path: String) throws(DatabaseError) -> DatabaseQueue {
        var configuration = configuration("writer")
        configuration.journalMode = .wal
        let queue = try open(path, configuration)
        try use(queue) { connection throws(DatabaseError) in
            defer { connection.close() }
            // Checkpoints are the writer's own, between batches; temporary tables stay out of the file system.
            for pragma in ["synchronous = FULL", "wal_autocheckpoint = 0", "temp_store = MEMORY", "cache_size = -16000"] {
                _ = try connection.value("PRAGMA \(pragma)")
            }
            try check(connection, "journal_mode", .text("wal"))
            try check(connection, "synchronous", .integer(2))
            try check(connection, "wal_autocheckpoint", .integer(0))
            try check(connection, "foreign_keys", .integer(1))
        }
        return queue
    }

    /// Opens a connection that can only read.
    static func reader(_ path: String, _ index: Int) throws(DatabaseError) -> DatabaseQueue {
        var configuration = configuration("reader \(index + 1)")
        configuration.readonly = true
        return try open(path, configuration)
    }

    /// Runs a body on the connection, on this thread.
    static func use<T>(_ queue: DatabaseQueue, _ body: (SQLiteConnection) throws(DatabaseError) -> T) throws(DatabaseError) -> T {
        var result: Result<T, DatabaseError> = .failure(DatabaseError(.closed, "The connection is closed."))
        queue.inDatabase { database in
            guard let handle = database.sqliteConnection else { return }
            result = Result { () throws(DatabaseError) in try body(SQLiteConnection(handle)) }
        }
        return try result.get()
    }

    /// Gives the connection to this thread for good: runs the loop, then finalizes and closes.
    static func serve(_ queue: DatabaseQueue, _ loop: (SQLiteConnection) -> Void) {
        queue.inDatabase { database in
            guard let handle = database.sqliteConnection else { return }
            let connection = SQLiteConnection(handle)
            loop(connection)
            connection.close()
        }
        try? queue.close()
    }

    private static func configuration(_ label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = "keyfront \(label)"
        // Nobody else writes, so waiting can only be for a process that is just closing.
        configuration.busyMode = .timeout(5)
        return configuration
    }

    private static func open(_ path: String, _ configuration: Configuration) throws(DatabaseError) -> DatabaseQueue {
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as GRDB.DatabaseError {
            let cause = DatabaseError.sqlite(CInt(error.extendedResultCode.rawValue), nil)
            throw DatabaseError(
                cause.code, "The database \(path) cannot be opened: \(cause.message)", hint: cause.hint, engineCode: cause.engineCode)
        } catch {
            throw DatabaseError(.cannotOpen, "The database \(path) cannot be opened.", hint: "Check the path and its permissions.")
        }
    }

    private static func check(_ connection: SQLiteConnection, _ pragma: String, _ wanted: SQLValue) throws(DatabaseError) {
        let found = try connection.value("PRAGMA \(pragma)")
        guard found == wanted else {
            throw DatabaseError(
                .cannotOpen, "SQLite did not take the setting \(pragma), so answered orders would not be safe.",
                hint: "Put the database on a local file system.")
        }
    }
}
