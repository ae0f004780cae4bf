import Dispatch
import Testing

@testable import Database

/// Only SQLite has one writer that commits for many.
@Suite("Group commit")
struct GroupCommitTests {
    struct Refused: Error, Equatable { let id: Int64 }

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("Work that waits together is committed together, at most 128 at once, and a failing piece is rolled back alone")
    func batches() async throws {
        let database = try await folder.open()
        // Holds the writer until all the others wait.
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        async let held: Void = database.write { _ in
            begun.signal()
            gate.wait()
        }
        await onThread { begun.wait() }
        let outcomes = await withTaskGroup(of: (Int64, Bool).self) { group in
            for id in 1...300 {
                group.addTask {
                    do {
                        try await database.write { transaction in
                            try transaction.insert(Int64(id))
                            if id.isMultiple(of: 3) { throw Refused(id: Int64(id)) }
                        }
                        return (Int64(id), true)
                    } catch {
                        #expect(error as? Refused == Refused(id: Int64(id)))
                        return (Int64(id), false)
                    }
                }
            }
            while database.statistics.waiting < 300 { await Task.yield() }
            gate.signal()
            return await group.reduce(into: [Int64: Bool]()) { $0[$1.0] = $1.1 }
        }
        try await held
        let kept = try await database.read { try $0.query("SELECT id FROM account ORDER BY id").map { try $0.int("id") } }
        #expect(kept == outcomes.filter(\.value).keys.sorted())
        #expect(kept.count == 200)
        let statistics = database.statistics
        #expect(statistics.failed == 100)
        #expect(statistics.committed == 201)
        #expect(statistics.batches == 4)
        #expect(statistics.sizes == [1, 0, 0, 0, 0, 0, 1, 2])
        #expect(statistics.commits.reduce(0, +) == 4)
    }

    @Test("A full queue refuses at once, and what it accepted is done")
    func full() async throws {
        let database = try await folder.open(queueLimit: 4)
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        async let held: Void = database.write { _ in
            begun.signal()
            gate.wait()
        }
        await onThread { begun.wait() }
        let accepted = await withTaskGroup(of: Bool.self) { group in
            for id in 1...4 {
                group.addTask { (try? await database.write { try $0.insert(Int64(id)) }) != nil }
            }
            while database.statistics.waiting < 4 { await Task.yield() }
            await expect(.busy) { try await database.write { try $0.insert(5) } }
            gate.signal()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        try await held
        #expect(accepted == 4)
        #expect(try await database.read { try $0.accountCount() } == 4)
    }
}

/// Waits on a thread of its own, so that no thread of Swift's concurrency is blocked.
func onThread(_ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            body()
            continuation.resume()
        }
    }
}
