import DatabaseSupport
import Foundation
import Synchronization

@testable import Database

/// A folder for one test, gone when the test ends.
final class TemporaryFolder: Sendable {
    let path: String
    /// The address of a schema on the server, once it was asked for.
    private let schema = Mutex<String?>(nil)

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The database's file.
    var file: String { path + "/data/books.db" }
    /// The database's name for `Database.open`.
    var url: String { "sqlite:\(file)" }
}

/// A table to write to.
let accounts = Migration(
    number: 1, name: "accounts",
    sql: """
        CREATE TABLE account (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, balance BIGINT NOT NULL CHECK (balance >= 0), seal BLOB);
        CREATE TABLE owner (account BIGINT NOT NULL REFERENCES account (id), name TEXT NOT NULL);
        """)

extension TemporaryFolder {
    /// A database with one table: in this folder, or on the server that the suite runs on.
    func open(migrations: [Migration] = [accounts], queueLimit: Int = 4096) async throws -> Database {
        try await TestDatabase.open(try await address(), migrations: migrations, queueLimit: queueLimit)
    }

    /// The database's name, the same every time.
    func address() async throws -> String {
        guard let server = TestDatabase.server else { return url }
        if let known = schema.withLock({ $0 }) { return known }
        let made = try await TestDatabase.schema(on: server)
        schema.withLock { $0 = made }
        return made
    }
}

extension Transaction {
    /// How many accounts there are.
    func accountCount() throws -> Int64 { try first("SELECT count(*) AS n FROM account")?.int("n") ?? -1 }

    func insert(_ id: Int64, balance: Int64 = 0) throws {
        try execute(
            "INSERT INTO account (id, name, balance) VALUES ($1, $2, $3)", [.integer(id), .text("account \(id)"), .integer(balance)])
    }
}
