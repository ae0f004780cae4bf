import Testing

@testable import Database

@Suite("A failing disk")
struct FailingDiskTests {
    let folder: TemporaryFolder

    init() throws {
        FaultyDisk.prepare()
        folder = try TemporaryFolder()
    }

    @Test("When COMMIT cannot be made durable nobody is told it was, and nothing is written any more")
    func commit() async throws {
        let database = try await folder.open()
        try await database.write { try $0.insert(1) }
        FaultyDisk.set(.logSync, in: folder.path)
        await expect(.unknownOutcome) { try await database.write { try $0.insert(2) } }
        FaultyDisk.set(nil, in: folder.path)
        #expect(database.failure?.code == .unknownOutcome)
        await expect(.closed) { try await database.write { try $0.insert(3) } }
        var heard: [DatabaseError.Code] = []
        for await failure in database.failures { heard.append(failure.code) }
        #expect(heard == [.unknownOutcome])
        await database.close()

        // Both outcomes of 2 are right; 1 was answered, 3 was refused.
        let again = try await folder.open()
        let kept = try await again.read { try $0.query("SELECT id FROM account ORDER BY id").map { try $0.int("id") } }
        #expect(kept == [1] || kept == [1, 2])
        await again.close()
    }

    @Test("A whole batch hears the same when its COMMIT fails")
    func batch() async throws {
        let database = try await folder.open()
        FaultyDisk.set(.logSync, in: folder.path)
        let codes = await withTaskGroup(of: DatabaseError.Code?.self) { group in
            for id in 1...50 {
                group.addTask {
                    do {
                        try await database.write { try $0.insert(Int64(id)) }
                        return nil
                    } catch {
                        return (error as? DatabaseError)?.code
                    }
                }
            }
            return await group.reduce(into: [DatabaseError.Code?]()) { $0.append($1) }
        }
        #expect(codes.count == 50)
        #expect(codes.allSatisfy { $0 == .unknownOutcome || $0 == .closed })
        #expect(codes.contains(.unknownOutcome))
        await database.close()
        FaultyDisk.set(nil, in: folder.path)
    }

    @Test("A full device at COMMIT is not taken for success either")
    func full() async throws {
        let database = try await folder.open()
        try await database.write { try $0.insert(1) }
        FaultyDisk.set(.logFull, in: folder.path)
        await expect(.unknownOutcome) { try await database.write { try $0.insert(2) } }
        await database.close()
        FaultyDisk.set(nil, in: folder.path)
        let again = try await folder.open()
        #expect(try await again.read { try $0.query("SELECT id FROM account").map(\.values) } == [[1]])
        await again.close()
    }

    @Test("When a checkpoint fails, what was answered is in the log, and the database stops")
    func checkpoint() async throws {
        let database = try await folder.open()
        FaultyDisk.set(.databaseWrite, in: folder.path)
        let text = String(repeating: "x", count: 4000)
        var written: Int64 = 0
        do {
            // A log of some 16 MB is copied: 20 such batches are more.
            for batch in 0..<20 {
                try await database.write { transaction in
                    for row in 0..<500 {
                        let id = Int64(batch * 500 + row)
                        try transaction.execute(
                            "INSERT INTO account (id, name, balance) VALUES ($1, $2, 0)", [.integer(id), .text("\(id) \(text)")])
                    }
                }
                written += 500
            }
            Issue.record("The database went on after a failed checkpoint.")
        } catch let error as DatabaseError {
            #expect(error.code == .closed)
        }
        #expect(database.failure?.code == .inputOutput)
        await database.close()
        FaultyDisk.set(nil, in: folder.path)
        let again = try await folder.open()
        #expect(try await again.read { try $0.accountCount() } == written)
        await again.close()
    }
}
