import DatabaseSupport
import Testing

@testable import Database

/// The server that this suite needs.
enum Server {
    /// - Throws: when the suite was started without one.
    static func url() throws -> String {
        try #require(TestDatabase.server, "This suite needs a server: Tests/Peers/postgresql swift test --filter PostgreSQLTests")
    }

    /// A database with one table, in a schema of its own.
    static func database(
        _ change: (inout PostgreSQLSettings) -> Void = { _ in }, queueLimit: Int = 4096
    ) async throws -> (database: Database, url: String) {
        let url = try await TestDatabase.schema(on: url())
        return (try await open(url, change, queueLimit: queueLimit), url)
    }

    static func open(
        _ url: String, _ change: (inout PostgreSQLSettings) -> Void = { _ in }, queueLimit: Int = 4096,
        migrations: [Migration] = [Self.accounts]
    ) async throws -> Database {
        var settings = PostgreSQLSettings()
        settings.writers = 4
        settings.refusesUnsafeServer = false
        change(&settings)
        return try await Database.open(url, migrations: migrations, queueLimit: queueLimit, postgreSQL: settings)
    }

    static let accounts = Migration(
        number: 1, name: "accounts", sql: "CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL, name TEXT, seal BLOB);")
}

extension Transaction {
    func add(_ id: Int64, _ amount: Int64) throws(DatabaseError) {
        try execute(
            """
            INSERT INTO account (id, balance) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET balance = account.balance + excluded.balance
            """, [.integer(id), .integer(amount)])
    }

    func balance(_ id: Int64) throws -> Int64 {
        try first("SELECT balance FROM account WHERE id = $1", [.integer(id)])?.int("balance") ?? 0
    }
}

/// The code of the error that a body throws.
func code(_ body: () async throws -> Void) async -> DatabaseError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? DatabaseError
    }
}
