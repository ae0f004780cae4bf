/// The payments and refunds of one order, by transaction.
struct Payments {
    private struct Refunds {
        var cumulative: Int64 = 0
        var single: Int64 = 0
        var full = false

        /// What was refunded, of a payment of at most `limit`.
        func total(limit: Int64) -> Int64 { full ? limit : min(limit, max(cumulative, single)) }
    }

    private var named: Set<String> = []
    /// A person said that the order was paid, without a transaction: the same money as a payment that a gateway tells of.
    private var confirmed = false
    private var strange: [String: Int64] = [:]
    /// Those of them that came over the order's own account and pay for no other order.
    private var misfit: [String: Int64] = [:]
    private var refunds: [String: Refunds] = [:]
    private var refundInOtherCurrency = false

    mutating func add(_ fact: RecordedFact, _ terms: Standing.Terms) {
        let name = fact.transaction ?? ""
        switch fact.kind {
        case .paid:
            if terms.isPaid(by: fact) {
                if fact.isOperators, fact.transaction == nil { confirmed = true } else { named.insert(name) }
            } else {
                let amount = fact.currency == terms.currency ? max(0, fact.amountMinor ?? 0) : 0
                strange[name] = max(strange[name] ?? 0, amount)
                if terms.hears(fact), !fact.foreignTransaction { misfit[name] = max(misfit[name] ?? 0, amount) }
            }
        case .refunded:
            guard terms.hears(fact) else { return }
            if let currency = fact.currency, currency != terms.currency, !fact.fullRefund {
                refundInOtherCurrency = true
                return
            }
            // Amounts are bounded, so that no sum of any number of forged-but-authentic facts can overflow.
            let amount = min(max(0, fact.amountMinor ?? 0), Self.most)
            var refund = refunds[name] ?? Refunds()
            refund.full = refund.full || fact.fullRefund
            if fact.refundMeaning == .cumulative {
                refund.cumulative = max(refund.cumulative, amount)
            } else {
                refund.single = min(refund.single + amount, Self.most)
            }
            refunds[name] = refund
        default: break
        }
    }

    /// How many payments fit, what of the order's amount went back, and whether something is for a person.
    func totals(_ terms: Standing.Terms) -> (fitting: Int, refunded: Int64, strange: Bool) {
        let limit = terms.amountMinor
        let fitting = named.isEmpty && confirmed ? [""] : named
        let strangeNames = Set(strange.keys).subtracting(fitting)
        // Refunds of transactions that nobody paid with: first what waits for a person, then the order.
        var unknown: Int64 = 0
        var waiting: Int64 = 0
        for (name, refund) in refunds where !fitting.contains(name) && !strangeNames.contains(name) {
            unknown = min(Self.most, unknown + refund.total(limit: limit))
        }
        for name in strangeNames where refunds[name] == nil { waiting = min(Self.most, waiting + min(limit, strange[name] ?? 0)) }
        let rest = max(0, unknown - waiting)
        let needsReview = !strangeNames.isEmpty || refundInOtherCurrency
        guard !fitting.isEmpty else { return (0, min(limit, rest), needsReview) }
        if named.isEmpty, !misfit.isEmpty { return (1, returnedOfConfirmed(unknown, limit), needsReview) }
        var kept: Int64 = 0
        for name in fitting { kept = min(Self.most, kept + limit - (refunds[name]?.total(limit: limit) ?? 0)) }
        return (fitting.count, limit - min(max(0, kept - rest), limit), needsReview)
    }

    /// What went back of an order that a person confirmed although the money that came does not fit: that money is then its payment, and
    /// the order is refunded in full when nothing of it is left. What was paid beyond the order's amount goes back first.
    private func returnedOfConfirmed(_ unknown: Int64, _ limit: Int64) -> Int64 {
        var came: Int64 = 0
        var back = unknown
        var isAllBack = true
        for (name, amount) in misfit {
            let refund = refunds[name] ?? Refunds()
            let gone = refund.total(limit: amount)
            came = min(Self.most, came + amount)
            back = min(Self.most, back + gone)
            if !refund.full, amount == 0 || gone < amount { isAllBack = false }
        }
        let byHand = refunds[""]?.total(limit: limit) ?? 0
        if isAllBack || (came > 0 && back >= came) { return limit }
        return min(limit, max(byHand, back - max(0, came - limit)))
    }

    /// Far above any sum of real payments, and far below overflow.
    private static let most = Int64.max / 4
}
