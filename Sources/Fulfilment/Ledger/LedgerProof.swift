internal import Database

/// Reads the books through for a `LedgerAudit`: orders, their transfers and their facts side by side, all in the order of
/// their ids, so that a million orders take no more memory than two thousand.
struct LedgerProof {
    let books: Books

    /// Orders read at a time.
    private static let page: Int64 = 2000

    /// The audit after the last order.
    func audit() throws -> LedgerAudit {
        var audit = LedgerAudit()
        try addPayouts(to: &audit)
        var after = ""
        while true {
            let orders = try orders(after: after)
            // The last page goes on to the end: transfers of orders that are not there must be found as well.
            let last = orders.count < Self.page ? nil : orders.last?.id
            let transfers = try transfers(after: after, upTo: last)
            let facts = try facts(after: after, upTo: last)
            for order in orders {
                let known = facts[order.id].map { facts in
                    let standing = Standing(of: facts, terms: order.terms)
                    return LedgerAudit.OrderFacts(soldMinor: standing.soldMinor, isPaid: standing.isPaid)
                }
                audit.add(order: order.id, transfers[order.id] ?? [], facts: known)
            }
            let known = Set(orders.map(\.id))
            for stray in transfers.keys.filter({ !known.contains($0) }).sorted() {
                audit.add(order: stray, transfers[stray] ?? [], facts: nil)
            }
            guard let last else { return audit }
            after = last
        }
    }

    private func orders(after: String) throws -> [(id: String, terms: Standing.Terms)] {
        try books.tx.query(
            "SELECT id, amount_minor, currency, gateway FROM orders WHERE shop = $1 AND id > $2 ORDER BY id LIMIT $3",
            [.text(shop), .text(after), .integer(Self.page)]
        ).map { row in
            var read = RowReader(row)
            let id = try read.text()
            return (id, Standing.Terms(amountMinor: try read.int(), currency: try read.text(), account: try read.text()))
        }
    }

    private func transfers(after: String, upTo last: String?) throws -> [String: [Transfer]] {
        var found: [String: [Transfer]] = [:]
        for row in try range("SELECT \(LedgerRows.columns) FROM transfers", after, last) {
            let transfer = try LedgerRows.transfer(row)
            found[transfer.order, default: []].append(transfer)
        }
        return found
    }

    private func facts(after: String, upTo last: String?) throws -> [String: [RecordedFact]] {
        var found: [String: [RecordedFact]] = [:]
        for row in try range("SELECT \(FactRows.columns) FROM facts", after, last) {
            let stored = try FactRows.stored(row)
            if let order = stored.order { found[order, default: []].append(stored.fact) }
        }
        return found
    }

    private func range(_ select: String, _ after: String, _ last: String?) throws -> [Row] {
        guard let last else {
            return try books.tx.query("\(select) WHERE shop = $1 AND order_id > $2", [.text(shop), .text(after)])
        }
        return try books.tx.query(
            "\(select) WHERE shop = $1 AND order_id > $2 AND order_id <= $3", [.text(shop), .text(after), .text(last)])
    }

    /// Payouts belong to no order.
    private func addPayouts(to audit: inout LedgerAudit) throws {
        var after: [UInt8] = []
        while true {
            let page = try books.tx.query(
                "SELECT \(LedgerRows.columns) FROM transfers WHERE shop = $1 AND order_id = '' AND id > $2 ORDER BY id LIMIT $3",
                [.text(shop), .blob(after), .integer(Self.page)]
            ).map(LedgerRows.transfer)
            audit.add(order: "", page, facts: nil)
            guard page.count == Self.page, let last = page.last else { return }
            after = last.id
        }
    }

    private var shop: String { books.engine.shop }
}
