import Dispatch
import Testing

@testable import Database

@Suite("Group commit")
struct GroupCommitTests {
    struct Refused: Error, Equatable { let id: Int64 }

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("Work that waits together is committed together, at most 128 at once, and a failing piece is rolled back alone")
    func batches() async throws {
        let database = try folder.open()
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

    @Test("A statement's error ends the work even where its author swallows it")
    func swallowed() async throws {
        let database = try folder.open()
        try await database.write { try $0.insert(1) }
        await expect(.constraint) {
            try await database.write { transaction in
                try transaction.insert(2)
                try? transaction.insert(1)
                #expect(throws: DatabaseError.self) { try transaction.insert(3) }
            }
        }
        #expect(try await database.read { try $0.accountCount() } == 1)
    }

    @Test("A read after an answered write sees it, and one body sees one snapshot")
    func snapshots() async throws {
        let database = try folder.open()
        for id in 1...50 {
            try await database.write { try $0.insert(Int64(id)) }
            #expect(try await database.read { try $0.accountCount() } == Int64(id))
        }
        let begun = DispatchSemaphore(value: 0)
        let written = DispatchSemaphore(value: 0)
        async let counts = database.read { transaction in
            let before = try transaction.accountCount()
            begun.signal()
            written.wait()
            return [before, try transaction.accountCount()]
        }
        await onThread { begun.wait() }
        try await database.write { try $0.insert(51) }
        written.signal()
        #expect(try await counts == [50, 50])
    }

    @Test("A reading transaction cannot write")
    func readOnly() async throws {
        let database = try folder.open()
        await expect(.misuse) { try await database.read { try $0.insert(1) } }
        #expect(try await database.read { try $0.accountCount() } == 0)
    }

    @Test("A full queue refuses at once, and what it accepted is done")
    func full() async throws {
        let database = try folder.open(queueLimit: 4)
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

    @Test("Closing finishes what waits and refuses what comes later")
    func close() async throws {
        let database = try folder.open()
        await withTaskGroup(of: Void.self) { group in
            for id in 1...100 { group.addTask { try? await database.write { try $0.insert(Int64(id)) } } }
        }
        await database.close()
        await expect(.closed) { try await database.write { try $0.insert(101) } }
        await expect(.closed) { try await database.read { try $0.accountCount() } }
        let again = try folder.open()
        #expect(try await again.read { try $0.accountCount() } == 100)
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
