internal import Cryptography
internal import Database

/// The tables `audit` and `audit_heads` inside one transaction: rows are only ever added, each covering all before it in its chain.
///
/// One writer needs one chain. Where several write at a time there are as many chains as transactions under way, and each takes
/// one whose end nobody holds: nobody waits for another's commit to know what stands before.
struct AuditRows {
    let tx: any Transaction
    let shop: String

    /// The end of a chain.
    struct Head: Sendable, Hashable {
        var chain: String
        /// The last row's number; 0 for an empty chain.
        var number: Int64
        /// The last row's time.
        var at: Int64
        /// The last row's link, 32 bytes.
        var hash: [UInt8]
    }

    /// Makes the chains that are not there yet.
    /// - Parameter count: how many transactions may be under way at a time.
    func prepare(_ count: Int) throws {
        for index in 0..<max(1, count) {
            try tx.run(
                "INSERT INTO audit_heads (shop, chain, number, at, hash) VALUES ($1, $2, 0, 0, $3) ON CONFLICT (shop, chain) DO NOTHING",
                [.text(shop), .text(index == 0 ? "main" : index < 10 ? "main-0\(index)" : "main-\(index)"), .blob(HashChain.origin)])
        }
    }

    /// Adds a row after the last one of a chain.
    func add(_ action: AuditRecord.Action, subject: String, detail: String, actor: String, at: Int64) throws {
        guard let row = try tx.first(Self.takingFree, [.text(shop)]) ?? tx.first(Self.takingFirst, [.text(shop)]) else {
            throw FulfilmentError(.unavailable, "the audit log has no chain", hint: "restore the whole database, not parts of it")
        }
        let head = try Self.head(row)
        let number = head.number + 1
        let record = AuditRecord.bytes(
            number: number, at: at, actor: actor, action: action.rawValue, subject: subject, detail: detail)
        let hash = HashChain.next(previous: head.hash, record: record)
        try tx.run(
            """
            INSERT INTO audit (shop, chain, number, at, actor, action, subject, detail, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .text(shop), .text(head.chain), .integer(number), .integer(at), .text(actor), .text(action.rawValue), .text(subject),
                .text(detail), .blob(hash),
            ])
        try tx.run(
            "UPDATE audit_heads SET number = $3, at = $4, hash = $5 WHERE shop = $1 AND chain = $2",
            [.text(shop), .text(head.chain), .integer(number), .integer(at), .blob(hash)])
    }

    private static let takingFree =
        "SELECT chain, number, at, hash FROM audit_heads WHERE shop = $1 ORDER BY chain LIMIT 1 /*+pg FOR UPDATE SKIP LOCKED*/"
    /// All are held: waits for one.
    private static let takingFirst =
        "SELECT chain, number, at, hash FROM audit_heads WHERE shop = $1 ORDER BY chain LIMIT 1 /*+pg FOR UPDATE*/"

    /// The ends of all chains, by name.
    func heads() throws -> [Head] {
        try tx.query("SELECT chain, number, at, hash FROM audit_heads WHERE shop = $1 ORDER BY chain", [.text(shop)]).map(Self.head)
    }

    /// A row that stands after the end of its chain, where none may.
    func beyond() throws -> (chain: String, number: Int64)? {
        try tx.first(
            """
            SELECT a.chain, a.number FROM audit_heads h JOIN audit a ON a.shop = h.shop AND a.chain = h.chain AND a.number = h.number + 1
            WHERE h.shop = $1 ORDER BY a.chain LIMIT 1
            """, [.text(shop)]
        ).map { (try $0.text("chain"), try $0.int("number")) }
    }

    private static func head(_ row: Row) throws -> Head {
        var read = RowReader(row)
        return Head(chain: try read.text(), number: try read.int(), at: try read.int(), hash: try read.blob())
    }

    /// Rows after a place, by chain and number.
    func rows(after chain: String, _ number: Int64, limit: Int64) throws -> [AuditRecord] {
        try tx.query(
            """
            SELECT chain, number, at, actor, action, subject, detail, hash FROM audit
            WHERE shop = $1 AND (chain, number) > ($2, $3) ORDER BY chain, number LIMIT $4
            """,
            [.text(shop), .text(chain), .integer(number), .integer(limit)]
        ).map(Self.record)
    }

    /// The newest rows of all chains, oldest first; with a subject, only those about it.
    func tail(subject: String?, limit: Int64) throws -> [AuditRecord] {
        try tx.query(
            """
            SELECT chain, number, at, actor, action, subject, detail, hash FROM audit
            WHERE shop = $1 AND ($2 = '' OR subject = $2) ORDER BY at DESC, number DESC, chain LIMIT $3
            """,
            [.text(shop), .text(subject ?? ""), .integer(limit)]
        ).map(Self.record).reversed()
    }

    private static func record(_ row: Row) throws -> AuditRecord {
        var read = RowReader(row)
        let chain = try read.text()
        let number = try read.int()
        let at = try read.int()
        let actor = try read.text()
        guard let action = AuditRecord.Action(rawValue: try read.text()) else {
            throw FulfilmentError(.unavailable, "audit row \(chain) \(number) holds an action that this program does not know")
        }
        return AuditRecord(
            chain: chain, number: number, at: at, actor: actor, action: action, subject: try read.text(), detail: try read.text(),
            hash: try read.blob())
    }

    /// A clock that stands before what was written would break every rule about time; five minutes are forgiven.
    /// - Throws: `FulfilmentError` `.unavailable`.
    func refuseClockBefore(_ now: Int64) throws {
        guard let last = try heads().map(\.at).max(), last > now + 300 else { return }
        throw FulfilmentError(
            .unavailable, "the clock stands \(last - now) seconds before the last audit row", hint: "set the clock, then start again")
    }
}
