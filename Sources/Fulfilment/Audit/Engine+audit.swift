internal import Cryptography

/// What a verification of the audit log found.
package struct AuditReport: Sendable, Hashable {
    /// Rows that follow from those before them, in all chains.
    package var rows: Int64
    /// The number of the first row that does not follow from those before it, or is missing; nil if all is well.
    package var firstBroken: Int64?
    /// The chain it is in; nil: `main`.
    package var brokenChain: String?
}

/// The end of the audit log, signed: kept elsewhere, it proves later that nothing before it was changed or dropped.
package struct AuditHead: Sendable, Hashable {
    /// How many rows there are.
    package var number: Int64
    /// The last row's link, 32 bytes; of several chains, SHA-256 over the name, length and link of each.
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
    /// Checks that every row follows from those before it, up to the ends that the chains have now.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func verifyAudit() async throws(FulfilmentError) -> AuditReport {
        var total: Int64 = 0
        for head in try await read({ books in try books.audit.heads() }) {
            let (sound, broken) = try await verify(head)
            total += sound
            if broken {
                return AuditReport(rows: total, firstBroken: sound + 1, brokenChain: head.chain == "main" ? nil : head.chain)
            }
        }
        if let beyond = try await read({ books in try books.audit.beyond() }) {
            return AuditReport(rows: total, firstBroken: beyond.number, brokenChain: beyond.chain == "main" ? nil : beyond.chain)
        }
        return AuditReport(rows: total)
    }

    /// - Returns: how many rows of a chain are sound, and whether another should follow.
    private func verify(_ head: AuditRows.Head) async throws(FulfilmentError) -> (sound: Int64, broken: Bool) {
        var previous = HashChain.origin
        var number: Int64 = 0
        while number < head.number {
            let after = number
            // Rows may be added meanwhile; those are for the next time.
            let rows = try await read { books in
                try books.audit.rows(after: head.chain, after, limit: 2000).filter { $0.chain == head.chain && $0.number <= head.number }
            }
            for row in rows {
                guard row.number == number + 1, row.hash == row.expectedHash(after: previous) else { return (number, true) }
                number = row.number
                previous = row.hash
            }
            if rows.isEmpty { return (number, true) }
        }
        return previous == head.hash ? (number, false) : (max(0, number - 1), true)
    }

    /// The end of the log, signed with a sub-key of the master key.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func auditHead() async throws(FulfilmentError) -> AuditHead {
        let now = clock.now()
        let heads = try await read { books in try books.audit.heads().filter { $0.number > 0 } }
        let number = heads.reduce(0) { $0 + $1.number }
        let hash = Self.end(of: heads)
        return try await FulfilmentError.wrap {
            let key = try Ed25519.PrivateKey(seed: keyring.subkey("audit-head"))
            let message = AuditHead.message(shop: shop, number: number, hash: hash, at: now)
            return AuditHead(
                number: number, hash: hash, at: now, signature: try key.sign(message), publicKey: key.publicKey.bytes)
        }
    }

    private static func end(of heads: [AuditRows.Head]) -> [UInt8] {
        if heads.count < 2 { return heads.first?.hash ?? HashChain.origin }
        return Digest.sha256(Array(heads.map { "\($0.chain)|\($0.number)|\(Hex.encode($0.hash))" }.joined(separator: "|").utf8))
    }

    /// The newest audit rows, oldest first.
    /// - Parameter subject: only those about this order, batch, promoter or message.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func auditTail(subject: String? = nil, limit: Int = 100) async throws(FulfilmentError) -> [AuditRecord] {
        try await read { books in try books.audit.tail(subject: subject, limit: Int64(limit)) }
    }

    /// Audit rows by chain and number, for export.
    /// - Parameter after: the last row of the page before; nil: from the start.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func auditRows(after: AuditRecord? = nil, limit: Int = 1000) async throws(FulfilmentError) -> [AuditRecord] {
        try await read { books in try books.audit.rows(after: after?.chain ?? "", after?.number ?? 0, limit: Int64(limit)) }
    }

    /// The row of a number in the chain `main`, the only one of a SQLite database; nil when there is none.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func auditRow(_ number: Int64) async throws(FulfilmentError) -> AuditRecord? {
        try await read { books in
            try books.audit.rows(after: "main", number - 1, limit: 1).first { $0.chain == "main" && $0.number == number }
        }
    }
}
