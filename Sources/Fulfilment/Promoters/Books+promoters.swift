internal import Catalog
internal import Database

extension Books {
    /// Promoters with their balances, by id.
    /// - Parameters:
    ///   - condition: more of the WHERE clause, with `$3` as its one argument.
    func summaries(_ currency: String, condition: String, argument: SQLValue?) throws -> [PromoterSummary] {
        try tx.query(
            """
            SELECT p.id, p.token, p.parent, p.created_at, p.active, b.pending_minor, b.available_minor, b.paid_minor FROM promoters p
            LEFT JOIN balances b ON b.shop = $1 AND b.promoter = p.id AND b.currency = $2
            WHERE p.shop = $1 \(condition) ORDER BY p.id
            """,
            [.text(engine.shop), .text(currency)] + (argument.map { [$0] } ?? [])
        ).map { row in
            var read = RowReader(row)
            let id = try read.text()
            let token = try read.text()
            let parent = try read.optionalText()
            let createdAt = try read.int()
            let active = try read.int() != 0
            return PromoterSummary(
                id: id, token: token, parent: parent, pendingMinor: try read.optionalInt() ?? 0,
                availableMinor: try read.optionalInt() ?? 0, paidMinor: try read.optionalInt() ?? 0, currency: currency,
                createdAt: createdAt, active: active)
        }
    }

    /// A promoter's latest commissions, newest first: pending until they are posted, reversed when they were voided.
    func commissions(of promoter: String) throws -> [PromoterView.Commission] {
        let transfers = try ledger.transfers(promoter: promoter, limit: 400)
        var resolved: [[UInt8]: Transfer.Kind] = [:]
        for transfer in transfers { if let pending = transfer.resolves { resolved[pending] = transfer.kind } }
        var titles: [String: String] = [:]
        return try transfers.filter { $0.kind == .commission || $0.kind == .clawback }.prefix(100).map { transfer in
            if titles[transfer.order] == nil { titles[transfer.order] = try orders.find(transfer.order)?.title ?? "" }
            let taken = transfer.kind == .clawback
            let state: PromoterView.CommissionState =
                switch resolved[transfer.id] {
                case .post: .available
                case .void: .reversed
                default: taken ? .reversed : .pending
                }
            return PromoterView.Commission(
                at: transfer.at, level: transfer.level,
                amount: try engine.money(taken ? -transfer.amountMinor : transfer.amountMinor, transfer.currency), state: state,
                product: titles[transfer.order] ?? "", rate: ExactRate(basisPoints: transfer.rate))
        }
    }
}
