import Foundation

@testable import Database

/// A folder for one test, gone when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

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
    /// A database in this folder with one table.
    func open(migrations: [Migration] = [accounts], queueLimit: Int = 4096) throws -> Database {
        try Database.open(url, migrations: migrations, queueLimit: queueLimit)
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
