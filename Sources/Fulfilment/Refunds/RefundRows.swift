internal import Catalog
internal import Database

/// The table `refunds` inside one transaction: what gateways were asked to send back.
struct RefundRows {
    let tx: any Transaction
    let shop: String

    private static let columns =
        "order_id, refund_key, account, transaction_id, amount_minor, currency, gateway_key, attempt, before_minor, state"

    /// All refunds of an order, oldest first.
    func all(order: String) throws -> [RefundOrder] {
        try tx.query(
            "SELECT \(Self.columns) FROM refunds WHERE shop = $1 AND order_id = $2 ORDER BY created_at, refund_key",
            [.text(shop), .text(order)]
        ).map(Self.refund)
    }

    func find(order: String, key: String) throws -> RefundOrder? {
        try tx.first(
            "SELECT \(Self.columns) FROM refunds WHERE shop = $1 AND order_id = $2 AND refund_key = $3",
            [.text(shop), .text(order), .text(key)]
        ).map(Self.refund)
    }

    /// Writes a refund down, over a refused one of the same key.
    func put(_ refund: RefundOrder, at now: Int64) throws {
        try tx.execute(
            """
            INSERT INTO refunds (shop, order_id, refund_key, account, transaction_id, amount_minor, currency, gateway_key, attempt,
                before_minor, state, created_at, next_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (shop, order_id, refund_key) DO UPDATE SET transaction_id = excluded.transaction_id,
                amount_minor = excluded.amount_minor, gateway_key = excluded.gateway_key, attempt = excluded.attempt,
                before_minor = excluded.before_minor, state = excluded.state, next_at = excluded.next_at
            """,
            [
                .text(shop), .text(refund.order), .text(refund.key), .text(refund.account), .text(refund.transaction),
                .integer(refund.amount.minor), .text(refund.amount.currency.code), .text(refund.gatewayKey), .integer(refund.attempt),
                .integer(refund.beforeMinor), .text(refund.state.rawValue), .integer(now), .integer(now + Self.patience),
            ])
    }

    /// Ends the asking; false if somebody else has.
    func end(_ refund: RefundOrder, as state: RefundOrder.State, reference: String?) throws -> Bool {
        try tx.execute(
            """
            UPDATE refunds SET state = $4, reference = $5
            WHERE shop = $1 AND order_id = $2 AND refund_key = $3 AND gateway_key = $6 AND state = 'asked'
            """,
            [
                .text(shop), .text(refund.order), .text(refund.key), .text(state.rawValue), .text(reference), .text(refund.gatewayKey),
            ]) == 1
    }

    /// Refunds that were asked for and never answered; each is put off, so that the next look finds others.
    func claimUnanswered(now: Int64, limit: Int64) throws -> [RefundOrder] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM refunds WHERE shop = $1 AND state = 'asked' AND next_at <= $2
            ORDER BY next_at, order_id, refund_key LIMIT $3 /*+pg FOR UPDATE SKIP LOCKED*/
            """,
            [.text(shop), .integer(now), .integer(limit)]
        ).map { row in
            let refund = try Self.refund(row)
            try tx.execute(
                "UPDATE refunds SET next_at = $4 WHERE shop = $1 AND order_id = $2 AND refund_key = $3",
                [.text(shop), .text(refund.order), .text(refund.key), .integer(now + 5 * Self.patience)])
            return refund
        }
    }

    /// Seconds that whoever asked has for it, before it counts as left behind.
    private static let patience: Int64 = 120

    private static func refund(_ row: Row) throws -> RefundOrder {
        var read = RowReader(row)
        let (order, key, account, transaction) = (try read.text(), try read.text(), try read.text(), try read.text())
        let amount = Money(minor: try read.int(), currency: try Currency(code: try read.text()))
        let (gatewayKey, attempt, before) = (try read.text(), try read.int(), try read.int())
        guard let state = RefundOrder.State(rawValue: try read.text()) else {
            throw FulfilmentError(.unavailable, "the column refunds.state holds a word that this program does not know")
        }
        return RefundOrder(
            order: order, key: key, account: account, transaction: transaction, amount: amount, gatewayKey: gatewayKey,
            attempt: attempt, beforeMinor: before, state: state)
    }
}
