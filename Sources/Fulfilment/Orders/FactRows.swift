internal import Database
internal import Payments

/// The inbox: the table `facts` inside one transaction.
struct FactRows {
    let tx: any Transaction
    let shop: String

    /// Stores a fact; false if this message was stored before. Rows are never removed, so a repeat is known for ever.
    func insert(_ fact: RecordedFact, order: String?, bodyDigest: [UInt8], at: Int64) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO facts (shop, account, dedupe_key, kind, order_id, amount_minor, currency, transaction_id, refund_meaning,
                full_refund, dispute, foreign_transaction, body_digest, received_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (shop, account, dedupe_key) DO NOTHING
            """,
            [
                .text(shop), .text(fact.account), .text(fact.dedupeKey), .text(fact.kind.rawValue), .text(order),
                .integer(fact.amountMinor), .text(fact.currency), .text(fact.transaction), .text(fact.refundMeaning?.rawValue),
                .flag(fact.fullRefund), .text(fact.dispute), .flag(fact.foreignTransaction), .blob(bodyDigest), .integer(at),
            ]) == 1
    }

    /// One stored fact and the order that it names or was found to be of.
    struct Stored {
        var fact: RecordedFact
        var order: String?
    }

    /// Every fact that names the order, or this payment at this account.
    func about(order: String, account: String, transaction: String?) throws -> [Stored] {
        try tx.query(Self.asking, [.text(shop), .text(order), .text(account), .text(transaction)]).map(Self.stored)
    }

    /// Two index searches: with OR in place of UNION, SQLite walks every fact of the shop. A test asks for the plan.
    static let asking = """
        SELECT \(columns) FROM facts WHERE shop = $1 AND order_id = $2
        UNION ALL SELECT \(columns) FROM facts
        WHERE shop = $1 AND account = $3 AND transaction_id = $4 AND (order_id IS NULL OR order_id <> $2)
        """

    /// The order whose payment a transaction is.
    func order(account: String, transaction: String) throws -> String? {
        try tx.first(
            """
            SELECT order_id FROM facts WHERE shop = $1 AND account = $2 AND transaction_id = $3 AND kind = 'paid'
                AND order_id IS NOT NULL ORDER BY received_at, dedupe_key LIMIT 1
            """,
            [.text(shop), .text(account), .text(transaction)]
        )?.text("order_id")
    }

    /// Gives facts that came before their payment, and named it alone, to the order it pays.
    func adopt(order: String, account: String, transaction: String) throws {
        try tx.run(
            "UPDATE facts SET order_id = $4 WHERE shop = $1 AND account = $2 AND transaction_id = $3 AND order_id IS NULL",
            [.text(shop), .text(account), .text(transaction), .text(order)])
    }

    /// Whether a delivery is new, or came with this very body before; writes it down.
    func admits(_ transmission: Transmission, account: String, at now: Int64) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO transmissions (shop, account, id, body_digest, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (shop, account, id) DO NOTHING
            """,
            [.text(shop), .text(account), .blob(transmission.id), .blob(transmission.bodyDigest), .integer(now)])
        let row = try tx.first(
            "SELECT body_digest FROM transmissions WHERE shop = $1 AND account = $2 AND id = $3",
            [.text(shop), .text(account), .blob(transmission.id)])
        return try row?.blob("body_digest") == transmission.bodyDigest
    }

    static let columns = """
        account, dedupe_key, kind, order_id, amount_minor, currency, transaction_id, refund_meaning, full_refund, dispute, \
        foreign_transaction
        """

    static func stored(_ row: Row) throws -> Stored {
        var read = RowReader(row)
        let account = try read.text()
        let key = try read.text()
        guard let kind = RecordedFact.Kind(rawValue: try read.text()) else {
            throw FulfilmentError(.unavailable, "the column facts.kind holds a word that this program does not know")
        }
        let order = try read.optionalText()
        let fact = RecordedFact(
            account: account, dedupeKey: key, kind: kind, amountMinor: try read.optionalInt(), currency: try read.optionalText(),
            transaction: try read.optionalText(), refundMeaning: try read.optionalText().flatMap(RecordedFact.RefundMeaning.init),
            fullRefund: try read.int() != 0, dispute: try read.optionalText(), foreignTransaction: try read.int() != 0)
        return Stored(fact: fact, order: order)
    }
}
