/// Checks the books against their rules, an order at a time: it keeps sums, never rows.
package struct LedgerAudit: Sendable {
    /// What of an order the rules ask for.
    package struct OrderFacts: Sendable {
        /// What the facts say is sold, `Standing.soldMinor`.
        package var soldMinor: Int64
        package var isPaid: Bool

        package init(soldMinor: Int64, isPaid: Bool) {
            self.soldMinor = soldMinor
            self.isPaid = isPaid
        }
    }

    private struct Account: Hashable {
        var name: LedgerAccount
        var currency: String
    }

    private var balances: [Account: Int64] = [:]
    private var matured: [Account: Int64] = [:]
    private var paidOut: [Account: Int64] = [:]
    private var transfers = 0
    private var orders = 0
    private var findings: [LedgerFinding] = []

    package init() {}

    /// Takes in all transfers of one order, in any order, and checks those rules that concern one order alone.
    /// - Parameters:
    ///   - order: empty for payouts, which may come in several parts.
    ///   - facts: what the order's facts say; nil: it has none.
    package mutating func add(order: String, _ transfers: [Transfer], facts: OrderFacts?) {
        self.transfers += transfers.count
        for transfer in transfers { add(transfer) }
        guard !order.isEmpty else { return }
        if !transfers.isEmpty { orders += 1 }
        check(order, transfers, facts)
        resolutionsAreOnce(transfers)
    }

    /// Everything that is wrong, after the last order.
    /// - Parameters:
    ///   - stored: the balances kept beside the transfers.
    ///   - parents: the parent of each promoter who has one.
    package func report(stored: [StoredBalance], parents: [String: String]) -> LedgerReport {
        var check = self
        check.sums()
        check.folds(stored)
        check.payouts()
        check.cycles(parents)
        return LedgerReport(
            transfers: transfers, orders: orders, promoters: stored.count,
            findings: check.findings.sorted { ($0.rule, $0.message) < ($1.rule, $1.message) })
    }

    private mutating func add(_ transfer: Transfer) {
        if transfer.amountMinor <= 0 || transfer.debit == transfer.credit || transfer.entries.reduce(0, { $0 + $1.amountMinor }) != 0 {
            find("I1", "transfer \(transfer.name) does not sum to zero")
        }
        for entry in transfer.entries { balances[Account(name: entry.account, currency: entry.currency), default: 0] += entry.amountMinor }
        switch transfer.kind {
        case .post: matured[Account(name: transfer.credit, currency: transfer.currency), default: 0] += transfer.amountMinor
        case .payout: paidOut[Account(name: transfer.debit, currency: transfer.currency), default: 0] += transfer.amountMinor
        case .returned: paidOut[Account(name: transfer.credit, currency: transfer.currency), default: 0] -= transfer.amountMinor
        default: break
        }
    }

    private mutating func find(_ rule: String, _ message: String) { findings.append(LedgerFinding(rule: rule, message: message)) }

    /// I2: the whole sums to zero per currency.
    private mutating func sums() {
        var sums: [String: Int64] = [:]
        for (account, balance) in balances { sums[account.currency, default: 0] += balance }
        for (currency, sum) in sums where sum != 0 { find("I2", "the books sum to \(sum) in \(currency), not to zero") }
    }

    /// I3: the stored balances are the fold of the entries.
    private mutating func folds(_ stored: [StoredBalance]) {
        var rest = balances.filter { $0.key.name.promoter != nil && $0.value != 0 }
        for item in stored {
            let pending = rest.removeValue(forKey: Account(name: .pending(item.promoter), currency: item.currency)) ?? 0
            let available = rest.removeValue(forKey: Account(name: .available(item.promoter), currency: item.currency)) ?? 0
            if pending != item.balance.pendingMinor || available != item.balance.availableMinor
                || paidOut[Account(name: .available(item.promoter), currency: item.currency)] ?? 0 != item.balance.paidMinor
            {
                find("I3", "the balance kept of promoter \(item.promoter) is not the sum of its entries")
            }
        }
        for account in rest.keys { find("I3", "account \(account.name.text) has entries and no balance") }
    }

    /// I4: a pending transfer is resolved once, by its whole amount.
    private mutating func resolutionsAreOnce(_ transfers: [Transfer]) {
        let pending = Dictionary(transfers.filter { $0.kind == .commission }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var resolved = Set<[UInt8]>()
        for transfer in transfers where transfer.kind == .post || transfer.kind == .void {
            guard let id = transfer.resolves, let pending = pending[id] else {
                find("I4", "transfer \(transfer.name) resolves nothing")
                continue
            }
            if !resolved.insert(id).inserted { find("I4", "transfer \(pending.name) is resolved twice") }
            if transfer.amountMinor > pending.amountMinor { find("I4", "transfer \(transfer.name) resolves more than is pending") }
        }
    }

    /// I5, I8: nobody is paid more than what matured for them.
    private mutating func payouts() {
        for (account, amount) in paidOut {
            let name = account.name.promoter.map { "promoter \($0)" } ?? "account \(account.name.text)"
            if amount > matured[account] ?? 0 { find("I5", "\(name) was paid more than what matured") }
            if amount < 0 { find("I5", "\(name) gave back more than was paid") }
        }
    }

    /// I6: an order's commissions are within what stays sold of it, and its sale is what the facts say.
    private mutating func check(_ order: String, _ transfers: [Transfer], _ facts: OrderFacts?) {
        let fact = facts ?? OrderFacts(soldMinor: 0, isPaid: false)
        guard !transfers.isEmpty else {
            if fact.soldMinor > 0 { find("I6", "order \(order) is paid and not booked") }
            return
        }
        var sold: Int64 = 0
        var commission: Int64 = 0
        for entry in transfers.flatMap(\.entries) {
            if entry.account == .sales { sold += entry.amountMinor }
            if entry.account == .commission { commission -= entry.amountMinor }
        }
        if sold != fact.soldMinor { find("I6", "order \(order) is booked as \(sold), and its facts say \(fact.soldMinor)") }
        if commission < 0 || commission > sold { find("I6", "the commissions of order \(order) are \(commission) of \(sold)") }
        if !fact.isPaid { find("I6", "order \(order) has transfers and is not paid") }
    }

    /// I9: nobody stands above themselves.
    private mutating func cycles(_ parents: [String: String]) {
        var safe = Set<String>()
        for start in parents.keys.sorted() {
            var path = Set<String>()
            var next: String? = start
            while let current = next, !safe.contains(current) {
                guard path.insert(current).inserted else {
                    find("I9", "promoter \(current) stands above themselves")
                    break
                }
                next = parents[current]
            }
            safe.formUnion(path)
        }
    }
}

/// A balance as kept beside the transfers.
package struct StoredBalance: Sendable, Hashable {
    package var promoter: String
    package var currency: String
    package var balance: PromoterBalance

    package init(promoter: String, currency: String, balance: PromoterBalance) {
        self.promoter = promoter
        self.currency = currency
        self.balance = balance
    }
}

extension Transfer {
    /// For messages: what it is and of what order.
    fileprivate var name: String { "\(kind.rawValue)/\(level) of \(order.isEmpty ? "no order" : "order \(order)")" }
}
