import Foundation
import Testing

@testable import Operations

@Suite("Backup and restore")
struct BackupTests {
    /// A shop with three keys and a promoter, and a backup of it made while its books are open.
    private func backedUp() async throws -> (shop: TestShop, backups: String, notes: BackupNotes) {
        let shop = try TestShop()
        let backups = shop.folder + "/backups"
        let installation = try await shop.open()
        _ = try await installation.run(.importKeys(KeyImport(sku: "alpha", lines: ["KEY-SECRET-1", "KEY-SECRET-2", "KEY-SECRET-3"])))
        _ = try await installation.run(.addPromoter(address: "alice@a.example", parent: nil, language: nil))
        guard case .backup(let notes) = try await installation.run(.backup(folder: backups)) else { throw Unexpected() }
        // What comes after the backup is not in it.
        _ = try await installation.run(.addPromoter(address: "late@a.example", parent: nil, language: nil))
        await installation.close()
        return (shop, backups, notes)
    }

    private func restore(_ shop: TestShop, _ backups: String, replaces: Bool = false) async throws -> RestoreAnswer {
        try await Restoration.run(backups, folder: shop.folder, environment: [:], replaces: replaces)
    }

    private func promoters(_ shop: TestShop) async throws -> Int {
        guard case .promoters(let all) = try await shop.run(.promoters) else { throw Unexpected() }
        return all.count
    }

    @Test("A backup made while the books are open comes back as they were, and what was there is kept")
    func wholeWay() async throws {
        let (shop, backups, notes) = try await backedUp()
        let answer = try await restore(shop, backups, replaces: true)
        #expect(answer.auditRows >= notes.audit.number && answer.file == "\(backups)/\(notes.file)")
        #expect(try await promoters(shop) == 1)
        guard case .keys(let keys) = try await shop.run(.exportKeys(sku: "alpha")) else { throw Unexpected() }
        #expect(keys.keys == ["KEY-SECRET-1", "KEY-SECRET-2", "KEY-SECRET-3"])
        let old = try #require(answer.old)
        #expect(FileManager.default.fileExists(atPath: old))
        #expect(!FileManager.default.fileExists(atPath: "\(shop.folder)/data/books.db.restoring"))
    }

    @Test("A backup holds no key and no address in plain text, and nobody else may read it")
    func sealed() async throws {
        let (shop, backups, notes) = try await backedUp()
        defer { withExtendedLifetime(shop) {} }
        let file = "\(backups)/\(notes.file)"
        let content = try Data(contentsOf: URL(filePath: file))
        for secret in ["KEY-SECRET", "alice@a.example"] { #expect(content.range(of: Data(secret.utf8)) == nil) }
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: backups).sorted() == [
                notes.file, notes.file.replacing(".db", with: ".json"),
            ])
    }

    @Test("A database that is there is not replaced unasked, and a missing backup is named")
    func unasked() async throws {
        let (shop, backups, _) = try await backedUp()
        await expect(.conflict) { try await restore(shop, backups) }
        await expect(.notFound) { try await restore(shop, shop.folder + "/nowhere", replaces: true) }
        #expect(try await promoters(shop) == 2)
    }

    @Test("A changed byte, a cut file and another shop's key are refused, and the old books stand")
    func refused() async throws {
        let (shop, backups, notes) = try await backedUp()
        let url = URL(filePath: "\(backups)/\(notes.file)")
        let whole = try Data(contentsOf: url)
        var changed = whole
        changed[whole.count / 2] ^= 1
        for content in [changed, whole.dropLast(4096)] {
            try content.write(to: url)
            await expect(.database) { try await restore(shop, backups, replaces: true) }
        }
        try whole.write(to: url)
        let other = try TestShop()
        await expect(.database) { try await restore(other, backups) }
        #expect(!FileManager.default.fileExists(atPath: "\(other.folder)/data/books.db"))
        #expect(try await promoters(shop) == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(shop.folder)/data").filter { $0.contains("restoring") }.isEmpty)
    }

    @Test("Books that are open are not replaced under whoever has them")
    func open() async throws {
        let (shop, backups, _) = try await backedUp()
        let installation = try await shop.open()
        await expect(.locked) { try await restore(shop, backups, replaces: true) }
        await installation.close()
        #expect(try await promoters(shop) == 2)
    }

    @Test("A log that does not lead to the signed end is refused")
    func otherEnd() async throws {
        let (shop, backups, notes) = try await backedUp()
        let path = "\(backups)/\(notes.file.replacing(".db", with: ".json"))"
        var forged = notes
        forged.audit.hash = String(repeating: "0", count: 64)
        try JSONEncoder().encode(forged).write(to: URL(filePath: path))
        await expect(.conflict) { try await restore(shop, backups, replaces: true) }
        #expect(try await promoters(shop) == 2)
    }
}
