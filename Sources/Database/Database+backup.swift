extension Database {
    /// Copies the whole database into one file while work goes on: the books as they are at one moment.
    ///
    /// - Parameter path: absolute; does not exist yet. The file gets mode 0600 and appears when it is whole and on the disk.
    /// - Throws: `DatabaseError`: `misuse` on PostgreSQL, whose own `pg_dump` does this; `cannotOpen`, `inputOutput`, `full`,
    ///   `corrupt`.
    package func backup(to path: String) async throws(DatabaseError) -> DatabaseCopy {
        guard let source = file else {
            throw DatabaseError(
                .misuse, "A PostgreSQL database is not a file that could be copied.",
                hint: "pg_dump --format=custom --file=keyfront.dump makes a backup, pg_restore brings it back.")
        }
        return try await Self.onThread("database backup") { () throws(DatabaseError) in try SQLiteBackup.run(source, to: path) }
    }

    /// Copies a backup to the place beside a database, and has SQLite read all of it.
    ///
    /// - Parameters:
    ///   - copy: the backup's file.
    ///   - known: what the backup's own notes say of it.
    ///   - path: the file of the database that it is to become.
    /// - Returns: the name to open the copy under, to prove it. Then `adopt` or `discard` it.
    /// - Throws: `DatabaseError`: `corrupt` when it is another file or damaged, `cannotOpen`, `inputOutput`, `full`.
    package static func stage(_ copy: String, _ known: DatabaseCopy, for path: String) async throws(DatabaseError) -> String {
        try await onThread("database restore") { () throws(DatabaseError) in try SQLiteRestore.stage(copy, known, for: path) }
        return "sqlite:" + SQLiteRestore.staged(path)
    }

    /// Gives a staged copy, closed again, the database's name.
    ///
    /// - Parameter old: where a database that is there is moved to; nil: there must be none.
    /// - Throws: `DatabaseError`: `locked` when a process has the database open, `cannotOpen`.
    package static func adopt(_ path: String, old: String?) throws(DatabaseError) { try SQLiteRestore.adopt(path, old: old) }

    /// Removes a staged copy that did not pass.
    package static func discard(stagedFor path: String) { SQLiteRestore.discard(SQLiteRestore.staged(path)) }

    private static func onThread<T: Sendable>(
        _ name: String, _ body: @escaping @Sendable () throws(DatabaseError) -> T
    ) async throws(DatabaseError) -> T {
        let result: Result<T, DatabaseError> = await withCheckedContinuation { continuation in
            _ = ConnectionThread(name) { continuation.resume(returning: Result { () throws(DatabaseError) in try body() }) }
        }
        return try result.get()
    }
}
