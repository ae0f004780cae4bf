import Testing

@testable import Database

@Suite("Migrations")
struct MigrationTests {
    let folder: TemporaryFolder
    let second = Migration(number: 2, name: "notes", sql: "CREATE TABLE note (id BIGINT PRIMARY KEY /*+pg , pg_only text*/);")

    init() throws { folder = try TemporaryFolder() }

    @Test("Missing steps are applied once, and data stays")
    func forward() async throws {
        let first = try await folder.open()
        try await first.write { try $0.insert(1) }
        await first.close()
        for _ in 1...2 {
            let database = try await folder.open(migrations: [accounts, second])
            #expect(try await database.read { try $0.accountCount() } == 1)
            #expect(
                try await database.read {
                    try $0.query("SELECT number, name FROM migration WHERE number > 0 ORDER BY number").map(\.values)
                }
                    == [[1, "accounts"], [2, "notes"]])
            await database.close()
        }
    }

    @Test("A database of a newer program is refused, with what to do")
    func newer() async throws {
        try await folder.open(migrations: [accounts, second]).close()
        do {
            _ = try await folder.open()
            Issue.record("A newer database was opened.")
        } catch let error as DatabaseError {
            #expect(
                "\(error)" == """
                    database: The database is at migration 2, this program knows 1.
                      hint: Use the version of the program that wrote it, or a newer one.
                    """)
        }
        _ = try await folder.open(migrations: [accounts, second])
    }

    @Test("An applied step that was changed afterwards is refused")
    func changed() async throws {
        try await folder.open().close()
        let other = Migration(number: 1, name: "accounts", sql: accounts.sql + " ")
        await expect(.migration) { try await folder.open(migrations: [other]) }
    }

    @Test("A failing step leaves nothing of itself, and the earlier ones stay")
    func failing() async throws {
        let broken = Migration(number: 2, name: "broken", sql: "CREATE TABLE half (id BIGINT); CREATE TABLE account (id BIGINT);")
        await expect(.statement) { try await folder.open(migrations: [accounts, broken]) }
        let database = try await folder.open()
        let tables = try await database.read {
            try $0.query(
                """
                SELECT name FROM /*+sqlite sqlite_master WHERE type = 'table'*/
                /*+pg (SELECT CAST (tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema()) AS tables*/ ORDER BY name
                """
            ).map { try $0.text("name") }
        }
        #expect(tables.filter { $0 != "writer" && $0 != "mutex" } == ["account", "migration", "owner"])
    }

    @Test("Steps that are not numbered 1, 2, 3 are refused")
    func numbers() async {
        await expect(.migration) { try await folder.open(migrations: [second]) }
        await expect(.migration) { try await folder.open(migrations: [accounts, accounts]) }
    }
}
