/// Brings a PostgreSQL schema up to date: forward only, each step in a transaction of its own, one program at a time.
///
/// Row 0 of the table `migration` is locked meanwhile, so a second daemon waits and then finds the work done.
struct PostgreSQLMigrator {
    private let connection: PostgreSQLConnection
    private let now: Int64

    /// - Parameter now: unix seconds.
    init(_ connection: PostgreSQLConnection, now: Int64) {
        self.connection = connection
        self.now = now
    }

    /// Applies what is missing.
    /// - Throws: `DatabaseError`: `newer`, `migration`, `statement` for a step that fails, `unreachable`.
    func run(_ migrations: [Migration]) throws(DatabaseError) {
        // Another program may take its time with a large table.
        try connection.script("SET lock_timeout = '10min'; SET statement_timeout = '60min'")
        try prepare()
        while try step(migrations) {}
        try connection.script("DELETE FROM writer WHERE at < \(now - 30 * 86_400)")
    }

    /// The tables of this layer itself. Two programs may begin with an empty database at the same time: one of them is refused
    /// by a unique index of the server's catalogue, and finds everything there when it looks again.
    private func prepare() throws(DatabaseError) {
        var tries = 0
        while try connection.run("SELECT CAST (to_regclass('mutex') AS TEXT) AS name", []).rows.first?.optionalText("name") == nil {
            do {
                try connection.script(Self.tables)
            } catch {
                connection.rollBack()
                tries += 1
                guard tries < 5, ["23505", "42710", "42P07", "XX000", "40P01"].contains(error.engineCode) else { throw error }
                PostgreSQLSession.pause(tries + 5)
            }
        }
    }

    private static let tables = """
        BEGIN;
        CREATE DOMAIN blob AS bytea;
        \(MigrationLog.create);
        INSERT INTO migration (number, name, digest) VALUES (0, 'lock', '');
        CREATE TABLE writer (id TEXT PRIMARY KEY, sequence BIGINT NOT NULL, at BIGINT NOT NULL);
        CREATE TABLE mutex (slot BIGINT PRIMARY KEY);
        INSERT INTO mutex SELECT generate_series(0, \(Mutexes.count - 1));
        COMMIT
        """

    /// Applies the first step that is missing.
    /// - Returns: false when there was none.
    private func step(_ migrations: [Migration]) throws(DatabaseError) -> Bool {
        do throws(DatabaseError) {
            try connection.script("BEGIN")
            _ = try connection.run("SELECT number FROM migration WHERE number = 0 FOR UPDATE", [])
            let applied = try MigrationLog.applied(connection.run(MigrationLog.select, []).rows)
            guard let migration = try MigrationLog.missing(migrations, applied).first else {
                try connection.script("COMMIT")
                return false
            }
            do {
                try connection.script(migration.sql)
                _ = try connection.run(MigrationLog.insert, MigrationLog.row(migration))
            } catch {
                throw DatabaseError(
                    error.code, "Migration \(migration.number) (\(migration.name)) failed: \(error.message)", hint: error.hint,
                    engineCode: error.engineCode)
            }
            try connection.script("COMMIT")
            return true
        } catch {
            connection.rollBack()
            throw error
        }
    }
}
