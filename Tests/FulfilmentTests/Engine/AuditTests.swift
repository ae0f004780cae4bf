import Cryptography
import Database
import Testing

@testable import Fulfilment

@Suite("The audit log")
struct AuditTests {
    func shop() async throws -> TestShop {
        let shop = try await TestShop()
        try await shop.stock(5)
        for n in 0..<4 { try await shop.buy(email: "b\(n)@example.com") }
        return shop
    }

    @Test("Every row covers all before it: a changed, dropped, moved or added one is found, and where")
    func tampering() async throws {
        for statement in [
            "UPDATE audit SET detail = 'nothing' WHERE number = 3", "DELETE FROM audit WHERE number = 3",
            "UPDATE audit SET at = at + 1 WHERE number = 3", "UPDATE audit SET actor = 'x' WHERE number = 3",
            "UPDATE audit SET hash = (SELECT hash FROM audit WHERE number = 2) WHERE number = 3",
        ] {
            let shop = try await shop()
            #expect(try await shop.engine.verifyAudit() == AuditReport(rows: 5, firstBroken: nil))
            try await shop.database.write { tx in _ = try tx.execute(statement) }
            #expect(try await shop.engine.verifyAudit().firstBroken == 3, "\(statement)")
        }
    }

    @Test("The head is signed: it tells that the newest rows were cut off, which the chain alone cannot")
    func head() async throws {
        let shop = try await shop()
        let head = try await shop.engine.auditHead()
        #expect(head.number == 5)
        let key = try Ed25519.PublicKey(bytes: head.publicKey)
        let message = AuditHead.message(shop: "main", number: head.number, hash: head.hash, at: head.at)
        #expect(key.verify(signature: head.signature, message: message))
        #expect(!key.verify(signature: head.signature, message: message + [0]))
        try await shop.database.write { tx in _ = try tx.execute("DELETE FROM audit WHERE number = 5") }
        #expect(try await shop.engine.verifyAudit().firstBroken == 5)
        try await shop.database.write { tx in
            let end = "(SELECT hash FROM audit WHERE number = 4)"
            _ = try tx.execute("UPDATE audit_heads SET number = 4, hash = \(end) WHERE chain = 'main'")
        }
        #expect(try await shop.engine.verifyAudit().firstBroken == nil)
        #expect(try await shop.engine.auditHead().hash != head.hash)
    }

    @Test("Showing keys is a row, one for an order and hour; looking without them is none")
    func unsealing() async throws {
        let shop = try await shop()
        let order = try await shop.buy(email: "z@example.com")
        _ = try await shop.view(order, reveal: false)
        #expect(try await shop.audited(.unseal) == 0)
        for _ in 0..<3 { #expect(try await shop.view(order).lines[0].keys.count == 1) }
        #expect(try await shop.audited(.unseal) == 1)
        shop.pass(seconds: 3_600)
        _ = try await shop.view(order)
        #expect(try await shop.audited(.unseal) == 2)
        #expect(try await shop.engine.metrics().counters.unsealed == 4)
    }

    @Test("A clock that stands before the last row is refused at start")
    func clock() async throws {
        let shop = try await shop()
        let folder = shop.folder
        await shop.close()
        await #expect(throws: FulfilmentError.self) { try await TestShop(folder: folder, at: TestShop.start - 301) }
    }
}
