import Dispatch
import Testing

@testable import Database

@Suite("Transactions")
struct TransactionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("A statement's error ends the work even where its author swallows it")
    func swallowed() async throws {
        let database = try await folder.open()
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
        let database = try await folder.open()
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
        let database = try await folder.open()
        await expect(.misuse) { try await database.read { try $0.insert(1) } }
        #expect(try await database.read { try $0.accountCount() } == 0)
    }

    @Test("Closing finishes what waits and refuses what comes later")
    func close() async throws {
        let database = try await folder.open()
        await withTaskGroup(of: Void.self) { group in
            for id in 1...100 { group.addTask { try? await database.write { try $0.insert(Int64(id)) } } }
        }
        await database.close()
        await expect(.closed) { try await database.write { try $0.insert(101) } }
        await expect(.closed) { try await database.read { try $0.accountCount() } }
        let again = try await folder.open()
        #expect(try await again.read { try $0.accountCount() } == 100)
    }
}
