internal import Catalog
internal import Cryptography
internal import Database
internal import Foundation
package import Fulfilment

/// What a restore put in place.
package struct RestoreAnswer: Sendable, Hashable, Codable {
    /// The backup's file.
    package var file: String
    /// Unix seconds: when the backup was begun.
    package var at: Int64
    package var orders: Int
    package var transfers: Int
    package var auditRows: Int64
    /// Where the database that was there lies now.
    package var old: String?
}

/// Brings a backup back. Nothing takes its place before ledger and audit log are proven.
package enum Restoration {
    /// Puts a backup in the place of a shop's database. No daemon may run.
    ///
    /// - Parameters:
    ///   - backup: the folder of a backup (the newest in it), or its `.json` file.
    ///   - folder: the shop's folder; `environment` as for `Installation.open`.
    ///   - replaces: whether a database may be there already; it is kept under another name.
    ///   - progress: told what is being done, a few words each.
    /// - Throws: `OperationError`: `notFound`, `invalid`; `conflict`: the backup is not what it was, its books are wrong, or its
    ///   audit log does not lead to the end that was signed; `masterKey`, `locked`, `shop`, `database`.
    package static func run(
        _ backup: String, folder: String, environment: [String: String], replaces: Bool, clock: Clock = .system,
        progress: @Sendable (String) -> Void = { _ in }
    ) async throws(OperationError) -> RestoreAnswer {
        let (notes, file) = try BackupNotes.read(backup)
        let place = try ShopPlace(folder: folder, environment: environment)
        guard let target = place.databaseFile else {
            throw OperationError(.invalid, "a PostgreSQL database is brought back by pg_restore")
        }
        if try ControlClient.connect(path: place.controlSocket) != nil {
            throw OperationError(.locked, "the daemon runs on this database", hint: "stop it, then restore")
        }
        if !replaces, FileManager.default.fileExists(atPath: target) {
            throw OperationError(.conflict, "\(target) is there already", hint: "--replace keeps it under another name")
        }
        return try await OperationError.wrap {
            progress("copying \(notes.bytes) bytes")
            let staged = try await Database.stage(file, try notes.copy(), for: target)
            do {
                let proof = try await prove(staged, notes, place, clock, progress)
                let old = FileManager.default.fileExists(atPath: target) ? "\(target).before-restore-\(clock.now())" : nil
                try Database.adopt(target, old: old)
                return RestoreAnswer(
                    file: file, at: notes.at, orders: proof.ledger.orders, transfers: proof.ledger.transfers, auditRows: proof.audit.rows,
                    old: old)
            } catch {
                Database.discard(stagedFor: target)
                throw error
            }
        }
    }

    /// Opens the copy as the daemon would, and reads all of it.
    private static func prove(
        _ url: String, _ notes: BackupNotes, _ place: ShopPlace, _ clock: Clock, _ progress: @Sendable (String) -> Void
    ) async throws -> (ledger: LedgerReport, audit: AuditReport) {
        let catalogue = try Catalogue.load(folder: place.folder, now: clock.now())
        let keyring = Keyring(master: try MasterKey(file: place.masterKeyFile))
        let database = try await Database.open(url, migrations: Schema.migrations)
        do {
            let engine = try await Engine.open(database: database, catalogue: catalogue, keyring: keyring, clock: clock)
            progress("proving the ledger")
            let ledger = try await engine.verifyLedger()
            if let finding = ledger.findings.first {
                throw OperationError(
                    .conflict, "the books of the backup are wrong in \(ledger.findings.count) places: \(finding.rule): \(finding.message)")
            }
            progress("proving the audit log")
            let audit = try await engine.verifyAudit()
            if let row = audit.firstBroken { throw OperationError(.conflict, "the backup's audit log is broken at row \(row)") }
            try await check(notes.audit, engine)
            await database.close()
            return (ledger, audit)
        } catch {
            await database.close()
            throw error
        }
    }

    /// The end that was signed when the backup was made must be a row of the log.
    private static func check(_ head: AuditAnswer.Head, _ engine: Engine) async throws {
        guard head.number > 0 else { return }
        guard let row = try await engine.auditRow(head.number), Hex.encode(row.hash) == head.hash else {
            throw OperationError(.conflict, "the backup's audit log does not lead to the end that was signed with it")
        }
    }
}
