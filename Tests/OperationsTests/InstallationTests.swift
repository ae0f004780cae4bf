import Catalog
import Database
import Foundation
import Testing
import Transport

@testable import Operations

@Suite("An installation")
struct InstallationTests {
    @Test("Keys are imported, refused lines are named by number and reason, and nothing shows a key")
    func importing() async throws {
        let shop = try TestShop()
        let installation = try await shop.open()
        let keys = KeyImport(sku: "alpha", lines: ["KEY-1", "KEY-2", "KEY-1", "", "KEY\u{7}3", "KEY-4"], note: "first", cost: "12.50")
        guard case .imported(let report) = try await installation.run(.importKeys(keys)) else { throw Unexpected() }
        #expect(report.imported == 3)
        #expect(report.refused.map(\.line) == [3, 4, 5])
        #expect(report.refused.map(\.reason) == ["repeated", "empty", "malformed"])
        guard case .imported(let again) = try await installation.run(.importKeys(keys)) else { throw Unexpected() }
        #expect(again.imported == 0)
        #expect(again.refused.map(\.reason) == ["in_stock", "in_stock", "repeated", "empty", "malformed", "in_stock"])
        #expect(!"\(keys) \(Command.importKeys(keys)) \(report)".contains("KEY-"))
        var dumped = ""
        dump(Command.importKeys(keys), to: &dumped)
        #expect(!dumped.contains("KEY-"))

        guard case .keys(let out) = try await installation.run(.exportKeys(sku: "alpha")) else { throw Unexpected() }
        #expect(out.keys == ["KEY-1", "KEY-2", "KEY-4"])
        #expect(try await installation.run(.recall(batch: report.batch)) == .recalled(RecallAnswer(batch: report.batch, recalled: 3)))
        guard case .stock(let levels) = try await installation.run(.stockLevels) else { throw Unexpected() }
        #expect(levels.map(\.recalled) == [3])
        #expect(levels.map(\.free) == [0])
        await installation.close()
    }

    @Test("The books are open without any gateway's secret; the gateways ask for theirs")
    func withoutSecrets() async throws {
        let shop = try TestShop(gateways: "{card: {kind: stripe, secret_key: CARD_KEY, webhook_secrets: [CARD_HOOK]}}")
        let installation = try await shop.open()
        #expect(try await installation.run(.balances) == .balances([]))
        await expect(.shop) { try installation.gateways(http: HTTPClient { _ throws(TransportError) in throw Unexpected.transport }) }
        await installation.close()
    }

    @Test("A promoter's JSON has the documented names, and null for nobody above")
    func promoterJSON() async throws {
        let shop = try TestShop()
        let installation = try await shop.open()
        guard case .promoter(let alice) = try await installation.run(.addPromoter(address: "alice@a.example", parent: nil, language: nil)),
            case .promoter(let bob) = try await installation.run(
                .addPromoter(address: "bob@b.example", parent: alice.id, language: "zh-CN"))
        else { throw Unexpected() }
        let object = try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(alice)) as? [String: Any])
        #expect(
            object.keys.sorted() == [
                "active", "availableMinor", "createdAt", "currency", "id", "paidMinor", "parent", "pendingMinor", "token",
            ])
        #expect(object["parent"] is NSNull)
        #expect(bob.parent == alice.id)
        #expect(try await installation.run(.promoter(name: "ALICE@a.example")) == .promoter(alice))
        guard case .promoters(let all) = try await installation.run(.promoters) else { throw Unexpected() }
        #expect(Set(all) == [alice, bob])
        await expect(.invalid) { try await installation.run(.addPromoter(address: "c@c.example", parent: nil, language: "fr")) }
        await expect(.notFound) { try await installation.run(.promoter(name: "nobody@a.example")) }
        await installation.close()
    }

    @Test("What cannot be done says which kind of mistake it is")
    func mistakes() async throws {
        let shop = try TestShop()
        let installation = try await shop.open()
        await expect(.notFound) { try await installation.run(.importKeys(KeyImport(sku: "nope", lines: ["K"]))) }
        await expect(.invalid) { try await installation.run(.importKeys(KeyImport(sku: "alpha", lines: ["K"], cost: "1e3"))) }
        await expect(.invalid) { try await installation.run(.orders(state: "paid", limit: 10)) }
        await expect(.notFound) { try await installation.run(.confirm(order: "nope12", reason: "cash")) }
        await expect(.notFound) { try await installation.run(.refund(order: "nope12", amount: "1.00", key: "a")) }
        await expect(.notFound) { try await installation.run(.resend(order: "nope12")) }
        #expect(try await installation.run(.orders(state: "owed", limit: 10)) == .orders([]))
        await installation.close()
    }

    @Test("A fresh ledger and audit log are in order")
    func verification() async throws {
        let shop = try TestShop()
        let installation = try await shop.open()
        _ = try await installation.run(.importKeys(KeyImport(sku: "alpha", lines: ["KEY-1"])))
        guard case .ledger(let ledger) = try await installation.run(.verifyLedger),
            case .audit(let audit) = try await installation.run(.verifyAudit)
        else { throw Unexpected() }
        #expect(ledger.ok)
        #expect(audit.ok)
        #expect(audit.rows == 1)
        #expect(audit.head.number == 1)
        #expect(audit.head.signature.utf8.count == 128)
        await installation.close()
    }

    @Test("A broken product is refused at a reload, and the old catalogue stays")
    func reload() async throws {
        let shop = try TestShop()
        let installation = try await shop.open()
        try shop.write("content/products/beta.md", "---\ntitle: Beta\nprice: \"12.345\"\n---\n")
        await expect(.shop) { try await installation.run(.reload) }
        #expect(installation.catalogue.products.map(\.slug) == ["alpha"])
        try shop.write("content/products/beta.md", "---\ntitle: Beta\nprice: \"12.34\"\n---\n")
        #expect(try await installation.run(.reload) == .done)
        #expect(installation.catalogue.products.map(\.slug) == ["alpha", "beta"])
        await installation.close()
    }

    @Test("Without its key file, or with one that others can read, nothing is opened and no database is made")
    func masterKey() async throws {
        let shop = try TestShop()
        let file = "\(shop.folder)/secrets/master.key"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        await expect(.masterKey) { try await shop.open() }
        try FileManager.default.removeItem(atPath: file)
        await expect(.masterKey) { try await shop.open() }
        #expect(!FileManager.default.fileExists(atPath: "\(shop.folder)/data"))
    }

    @Test("Another master key does not open the books, and leaves the lock free")
    func otherKey() async throws {
        let shop = try TestShop()
        await (try shop.open()).close()
        let other = try TestShop()
        for _ in 1...2 {
            await expect(.database) { try await other.open(["KEYFRONT_DATABASE": "sqlite:\(shop.folder)/data/books.db"]) }
        }
        await (try shop.open()).close()
    }

    @Test("The mail password comes from the environment, else from its file, which others must not read")
    func password() async throws {
        let shop = try TestShop()
        try shop.write("secrets/smtp", "from the file\n", mode: 0o600)
        let named = try await shop.open(["KEYFRONT_SMTP_PASSWORD": "from the environment"])
        #expect(try named.smtpPassword() == "from the environment")
        await named.close()
        let installation = try await shop.open()
        #expect(try installation.smtpPassword() == "from the file")
        try shop.write("secrets/smtp", "from the file\n", mode: 0o644)
        await expect(.shop) { try installation.smtpPassword() }
        try FileManager.default.removeItem(atPath: "\(shop.folder)/secrets/smtp")
        await expect(.shop) { try installation.smtpPassword() }
        await installation.close()
    }
}
