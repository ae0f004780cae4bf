internal import Catalog
internal import Database

/// The table `payouts` inside one transaction.
struct PayoutRows {
    let tx: any Transaction
    let shop: String

    private static let columns = "id, run, promoter, amount_minor, currency, state, reference, created_at, settled_at"

    /// Promoters after an id who may be paid at least so much, in the order of ids; their balances stay locked.
    /// - Returns: the id, and minor units.
    func due(_ currency: String, minimum: Int64, after: String, limit: Int64) throws -> [(promoter: String, minor: Int64)] {
        try tx.query(
            """
            SELECT promoter, available_minor FROM balances
            WHERE shop = $1 AND currency = $2 AND promoter > $3 AND available_minor >= $4 ORDER BY promoter LIMIT $5 /*+pg FOR UPDATE*/
            """,
            [.text(shop), .text(currency), .text(after), .integer(max(1, minimum)), .integer(limit)]
        ).map { (try $0.text("promoter"), try $0.int("available_minor")) }
    }

    func insert(_ payout: Payout) throws {
        try tx.execute(
            """
            INSERT INTO payouts (shop, id, run, promoter, amount_minor, currency, state, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .text(shop), .text(payout.id), .text(payout.run), .text(payout.promoter), .integer(payout.amount.minor),
                .text(payout.amount.currency.code), .text(payout.state.rawValue), .integer(payout.createdAt),
            ])
    }

    /// The payout, locked until the transaction ends.
    func lock(_ id: String) throws -> Payout? {
        try tx.first(
            "SELECT \(Self.columns) FROM payouts WHERE shop = $1 AND id = $2 /*+pg FOR UPDATE*/", [.text(shop), .text(id)]
        ).map(Self.payout)
    }

    func settle(_ id: String, as state: Payout.State, reference: String, at now: Int64) throws {
        try tx.execute(
            "UPDATE payouts SET state = $3, reference = $4, settled_at = $5 WHERE shop = $1 AND id = $2",
            [.text(shop), .text(id), .text(state.rawValue), .text(reference), .integer(now)])
    }

    /// Payouts after an id, in the order of ids.
    /// - Parameters:
    ///   - state, run: nil: any.
    func list(state: Payout.State?, run: String?, after: String, limit: Int64) throws -> [Payout] {
        var condition = ""
        var arguments: [SQLValue] = [.text(shop), .text(after), .integer(limit)]
        for (column, value) in [("state", state?.rawValue), ("run", run)] {
            guard let value else { continue }
            arguments.append(.text(value))
            condition += " AND \(column) = $\(arguments.count)"
        }
        return try tx.query(
            "SELECT \(Self.columns) FROM payouts WHERE shop = $1 AND id > $2\(condition) ORDER BY id LIMIT $3", arguments
        ).map(Self.payout)
    }

    private static func payout(_ row: Row) throws -> Payout {
        var read = RowReader(row)
        let (id, run, promoter) = (try read.text(), try read.text(), try read.text())
        let amount = Money(minor: try read.int(), currency: try Currency(code: try read.text()))
        guard let state = Payout.State(rawValue: try read.text()) else {
            throw FulfilmentError(.unavailable, "the column payouts.state holds a word that this program does not know")
        }
        return Payout(
            id: id, run: run, promoter: promoter, amount: amount, state: state, reference: try read.optionalText() ?? "",
            createdAt: try read.int(), settledAt: try read.optionalInt())
    }
}
