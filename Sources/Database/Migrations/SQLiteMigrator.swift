/// Brings a SQLite schema up to date: forward only, each step in a transaction of its own.
struct SQLiteMigrator {
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) { self.connection = connection }

    /// Applies what is missing.
    /// - Throws: `DatabaseError`: `newer` when the database knows steps that the program does not,
    ///   `migration` when an applied step differs or the list has a gap, `statement` when a step fails.
    func run(_ migrations: [Migration]) throws(DatabaseError) {
        try connection.run(MigrationLog.create)
        let applied = try MigrationLog.applied(connection.statement(MigrationLog.select).rows([]))
        for migration in try MigrationLog.missing(migrations, applied) {
            try connection.run("BEGIN IMMEDIATE")
            do {
                try connection.script(migration.sql)
                _ = try connection.statement(MigrationLog.insert).run(MigrationLog.row(migration))
                try connection.run("COMMIT")
            } catch {
                connection.rollBack()
                throw DatabaseError(
                    error.code, "Migration \(migration.number) (\(migration.name)) failed: \(error.message)",
                    hint: error.hint, engineCode: error.engineCode)
            }
        }
    }
}
