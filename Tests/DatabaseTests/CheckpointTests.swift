import Dispatch
import Foundation
import Testing

@testable import Database

@Suite("The write-ahead log")
struct CheckpointTests {
    @Test("The log is copied while it grows and begins anew, so its file stays small")
    func bounded() async throws {
        let folder = try TemporaryFolder()
        let database = try await folder.open()
        for batch in 0..<12 { try await fill(database, batch) }
        // 12 batches are some 100 MB of log; it begins anew after each 16 MB and the batch that went over.
        #expect(try size(folder.file + "-wal") < 40 << 20)
        #expect(try await database.read { try $0.accountCount() } == 24_000)
        #expect(database.failure == nil)
        await database.close()
    }

    @Test("A reader that stays keeps its snapshot and stops nobody from writing")
    func longReader() async throws {
        let folder = try TemporaryFolder()
        let database = try await folder.open()
        try await fill(database, 0)
        let begun = DispatchSemaphore(value: 0)
        let gate = DispatchSemaphore(value: 0)
        async let counts = database.read { transaction in
            let before = try transaction.accountCount()
            begun.signal()
            gate.wait()
            return [before, try transaction.accountCount()]
        }
        await onThread { begun.wait() }
        for batch in 1..<6 { try await fill(database, batch) }
        gate.signal()
        #expect(try await counts == [2000, 2000])
        for batch in 6..<8 { try await fill(database, batch) }
        #expect(try await database.read { try $0.accountCount() } == 16_000)
        await database.close()
        #expect(!FileManager.default.fileExists(atPath: folder.file + "-wal"))
    }

    /// 2,000 rows of 4,000 bytes: some 8 MB of log.
    private func fill(_ database: Database, _ batch: Int) async throws {
        let text = String(repeating: "x", count: 3900)
        try await database.write { transaction in
            for row in 0..<2000 {
                let id = Int64(batch * 2000 + row)
                try transaction.execute(
                    "INSERT INTO account (id, name, balance, seal) VALUES ($1, $2, 0, $3)",
                    [.integer(id), .text("\(id)"), .blob(Array(text.utf8))])
            }
        }
    }

    private func size(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }
}
