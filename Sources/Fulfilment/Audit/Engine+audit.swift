internal import Cryptography

/// What a verification of the audit log found.
package struct AuditReport: Sendable, Hashable {
    package var rows: Int64
    /// The number of the first row that does not follow from those before it; nil if all do.
    package var firstBroken: Int64?
}

/// The end of the audit log, signed: kept elsewhere, it proves later that nothing before it was changed or dropped.
package struct AuditHead: Sendable, Hashable {
    /// The last row's number; 0 for an empty log.
    package var number: Int64
    /// The last row's link, 32 bytes.
    package var hash: [UInt8]
    /// Unix seconds, when it was signed.
    package var at: Int64
    /// Ed25519 over `message`, 64 bytes.
    package var signature: [UInt8]
    /// 32 bytes.
    package var publicKey: [UInt8]

    /// What is signed: `keyfront/1/audit-head|<shop>|<number>|<hash in hex>|<at>`.
    package static func message(shop: String, number: Int64, hash: [UInt8], at: Int64) -> [UInt8] {
        Array("keyfront/1/audit-head|\(shop)|\(number)|\(Hex.encode(hash))|\(at)".utf8)
    }
}

extension Engine {
    /// Checks that every row follows from those before it.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func verifyAudit() async throws(FulfilmentError) -> AuditReport {
        var previous = HashChain.origin
        var number: Int64 = 0
        while true {
            let after = number
            let rows = try await read { books in try books.audit.rows(after: after, limit: 2000) }
            for row in rows {
                guard row.number == number + 1, row.hash == row.expectedHash(after: previous) else {
                    return AuditReport(rows: number, firstBroken: number + 1)
                }
                number = row.number
                previous = row.hash
            }
            if rows.isEmpty { return AuditReport(rows: number, firstBroken: nil) }
        }
    }

    /// The end of the log, signed with a sub-key of the master key.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func auditHead() async throws(FulfilmentError) -> AuditHead {
        let now = clock.now()
        let last = try await read { books in try books.audit.last() }
        let (number, hash) = (last?.number ?? 0, last?.hash ?? HashChain.origin)
        return try await FulfilmentError.wrap {
            let key = try Ed25519.PrivateKey(seed: keyring.subkey("audit-head"))
            let message = AuditHead.message(shop: shop, number: number, hash: hash, at: now)
            return AuditHead(
                number: number, hash: hash, at: now, signature: try key.sign(message), publicKey: key.publicKey.bytes)
        }
    }

    /// Audit rows in order, for export.
    /// - Parameter after: the number of the last row of the page before; 0: from the start.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func auditRows(after: Int64 = 0, limit: Int = 1000) async throws(FulfilmentError) -> [AuditRecord] {
        try await read { books in try books.audit.rows(after: after, limit: Int64(limit)) }
    }
}
