internal import Cryptography
internal import Database

/// The table `audit` inside one transaction: rows are only ever added, each covering all before it.
struct AuditRows {
    let tx: any Transaction
    let shop: String

    /// The chain of this writer. There is one writer, so there is one chain.
    static let chain = "main"

    /// Adds a row after the last one.
    func add(_ action: AuditRecord.Action, subject: String, detail: String, actor: String, at: Int64) throws {
        let last = try last()
        let number = (last?.number ?? 0) + 1
        let record = AuditRecord.bytes(
            number: number, at: at, actor: actor, action: action.rawValue, subject: subject, detail: detail)
        let hash = HashChain.next(previous: last?.hash ?? HashChain.origin, record: record)
        try tx.execute(
            """
            INSERT INTO audit (shop, chain, number, at, actor, action, subject, detail, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .text(shop), .text(Self.chain), .integer(number), .integer(at), .text(actor), .text(action.rawValue), .text(subject),
                .text(detail), .blob(hash),
            ])
    }

    /// The newest row's number, time and link; nil in an empty chain.
    func last() throws -> (number: Int64, at: Int64, hash: [UInt8])? {
        guard
            let row = try tx.first(
                "SELECT number, at, hash FROM audit WHERE shop = $1 AND chain = $2 ORDER BY number DESC LIMIT 1",
                [.text(shop), .text(Self.chain)])
        else { return nil }
        var read = RowReader(row)
        return (try read.int(), try read.int(), try read.blob())
    }

    /// Rows after a number, in order.
    func rows(after number: Int64, limit: Int64) throws -> [AuditRecord] {
        try tx.query(
            """
            SELECT number, at, actor, action, subject, detail, hash FROM audit
            WHERE shop = $1 AND chain = $2 AND number > $3 ORDER BY number LIMIT $4
            """,
            [.text(shop), .text(Self.chain), .integer(number), .integer(limit)]
        ).map { row in
            var read = RowReader(row)
            let number = try read.int()
            let at = try read.int()
            let actor = try read.text()
            guard let action = AuditRecord.Action(rawValue: try read.text()) else {
                throw FulfilmentError(.unavailable, "audit row \(number) holds an action that this program does not know")
            }
            return AuditRecord(
                number: number, at: at, actor: actor, action: action, subject: try read.text(), detail: try read.text(),
                hash: try read.blob())
        }
    }

    /// A clock that stands before what was written would break every rule about time; five minutes are forgiven.
    /// - Throws: `FulfilmentError` `.unavailable`.
    func refuseClockBefore(_ now: Int64) throws {
        guard let last = try last(), last.at > now + 300 else { return }
        throw FulfilmentError(
            .unavailable, "the clock stands \(last.at - now) seconds before the last audit row", hint: "set the clock, then start again")
    }
}
