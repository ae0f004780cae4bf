package import Database
import Foundation

/// A database for one test, on the engine that the suite runs on.
///
/// `KEYFRONT_TEST_DATABASE` names a PostgreSQL server (`Tests/Peers/postgresql` starts one and runs a command with it); without it
/// the engine is SQLite. On the server each test has a schema of its own. `KEYFRONT_TEST_FAULTS` makes every transaction
/// SERIALIZABLE and breaks one in a few at its COMMIT, in each way that `PostgreSQLSettings.Fault` knows.
package enum TestDatabase {
    /// The server; nil: SQLite.
    package static let server: String? = ProcessInfo.processInfo.environment["KEYFRONT_TEST_DATABASE"].flatMap { $0.isEmpty ? nil : $0 }

    /// Whether transactions fail now and then.
    package static let hasFaults = ProcessInfo.processInfo.environment["KEYFRONT_TEST_FAULTS"] != nil

    /// The address of a new schema on the server, or a SQLite file in a folder.
    package static func url(folder: String) async throws -> String {
        guard let server else { return "sqlite:\(folder)/books.db" }
        return try await schema(on: server)
    }

    /// The address of a new schema on a server.
    package static func schema(on server: String) async throws -> String {
        let name = "t" + UUID().uuidString.lowercased().replacing("-", with: "")
        try await admin.value.write { transaction in _ = try transaction.execute("CREATE SCHEMA \(name)") }
        return "\(server)&options=-csearch_path%3D\(name)"
    }

    /// Makes the schemas.
    private static let admin = Task {
        var settings = PostgreSQLSettings()
        settings.refusesUnsafeServer = false
        return try await Database.open(server ?? "", migrations: [], postgreSQL: settings)
    }

    /// How the suite uses a server: its own is fast and not safe.
    package static func settings() -> PostgreSQLSettings {
        var settings = PostgreSQLSettings()
        settings.writers = 4
        settings.refusesUnsafeServer = false
        if hasFaults {
            settings.isolation = .serializable
            settings.fault = {
                var generator = SystemRandomNumberGenerator()
                return Int.random(in: 0..<4, using: &generator) == 0
                    ? PostgreSQLSettings.Fault.allCases.randomElement(using: &generator) : nil
            }
        }
        return settings
    }

    /// Opens a database.
    package static func open(_ url: String, migrations: [Migration], queueLimit: Int = 4096) async throws -> Database {
        try await Database.open(url, migrations: migrations, queueLimit: queueLimit, postgreSQL: settings())
    }
}
