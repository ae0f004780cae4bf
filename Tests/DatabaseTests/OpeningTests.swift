import Foundation
import Testing

@testable import Database

@Suite("Opening a database")
struct OpeningTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("The writer has WAL, synchronous FULL, no checkpoints of SQLite's own, and foreign keys")
    func settings() async throws {
        let database = try await folder.open()
        let values = try await database.write { transaction in
            try ["journal_mode", "synchronous", "wal_autocheckpoint", "foreign_keys"].map { try transaction.query("PRAGMA \($0)")[0][0] }
        }
        #expect(values == ["wal", 2, 0, 1])
    }

    @Test("Database, log, shared memory and lock are readable by their owner only, in a folder made for them")
    func modes() async throws {
        let database = try await folder.open()
        try await database.write { try $0.insert(1) }
        for suffix in ["", "-wal", "-shm", ".lock"] {
            #expect(try mode(folder.file + suffix) == 0o600, "\(suffix)")
        }
        #expect(try mode(folder.path + "/data") == 0o700)
    }

    @Test("A file that others could read is closed to them")
    func tightened() async throws {
        try await folder.open().close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.file)
        _ = try await folder.open()
        #expect(try mode(folder.file) == 0o600)
    }

    @Test("A second opening is refused and names the process, until the first is closed")
    func locked() async throws {
        let database = try await folder.open()
        do {
            _ = try await folder.open()
            Issue.record("The database was opened twice.")
        } catch let error as DatabaseError {
            #expect(error.code == .locked)
            #expect(error.message == "The database is in use by process \(ProcessInfo.processInfo.processIdentifier).")
        }
        try await database.write { try $0.insert(1) }
        await database.close()
        #expect(try await folder.open().read { try $0.accountCount() } == 1)
    }

    @Test("The last closing leaves one file: the log is copied and gone")
    func oneFile() async throws {
        let database = try await folder.open()
        try await database.write { try $0.insert(1) }
        await database.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/data").sorted() == ["books.db", "books.db.lock"])
    }

    @Test("A name that is not a SQLite path is refused", arguments: ["data/books.db", "sqlite:", "mysql://x", ""])
    func names(url: String) async {
        await expect(.cannotOpen) { try await Database.open(url, migrations: []) }
    }

    @Test("A file that is no database is refused and left as it is")
    func noDatabase() async throws {
        try FileManager.default.createDirectory(atPath: folder.path + "/data", withIntermediateDirectories: true)
        let text = Data(String(repeating: "a list of keys\n", count: 1000).utf8)
        try text.write(to: URL(fileURLWithPath: folder.file))
        await expect(.corrupt) { try await folder.open() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == text)
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }
}
