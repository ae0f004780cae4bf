package import Catalog

/// The books of one order: which transfers are missing for them to say what the facts say.
///
/// A pure function of (terms, who earns, standing, transfers so far); it adds what is missing, so it may run as
/// often as anybody likes. Commissions are shares, rounded down, of what stays with the shop, so several partial
/// refunds take back exactly the whole, and the shares never exceed their base.
package struct OrderBook: Sendable {
    /// Who earns from an order, and at what rate; fixed when the order is paid.
    package struct Share: Sendable, Hashable {
        package var level: Int64
        package var promoter: String
        package var rate: ExactRate

        package init(level: Int64, promoter: String, rate: ExactRate) {
            self.level = level
            self.promoter = promoter
            self.rate = rate
        }
    }

    package var shop: String
    package var order: String
    package var account: String
    package var currency: String
    package var shares: [Share]
    /// All transfers of this order, in any order.
    package var transfers: [Transfer]

    package init(shop: String, order: String, account: String, currency: String, shares: [Share], transfers: [Transfer]) {
        self.shop = shop
        self.order = order
        self.account = account
        self.currency = currency
        self.shares = shares
        self.transfers = transfers
    }

    /// The transfers that bring the books to what the facts say.
    /// - Parameters:
    ///   - soldMinor: what stays sold, `Standing.soldMinor`.
    ///   - frozen: a dispute is open: nothing stays payable until it is decided.
    ///   - cause: the dedupe key of the fact that changed the standing.
    ///   - at: unix seconds.
    package func adjustments(soldMinor: Int64, frozen: Bool, cause: String, at: Int64) -> [Transfer] {
        let maker = Maker(book: self, cause: cause, at: at)
        var made: [Transfer] = []
        let recognised = sum(.sale) - sum(.refund)
        if soldMinor > recognised {
            made.append(maker.make(.sale, from: .gateway(account), to: .sales, soldMinor - recognised))
        } else if soldMinor < recognised {
            made.append(maker.make(.refund, from: .sales, to: .gateway(account), recognised - soldMinor))
        }
        for share in shares.sorted(by: { $0.level < $1.level }) {
            made += adjust(share, due: share.rate.of(soldMinor), base: soldMinor, frozen: frozen, maker)
        }
        return made
    }

    /// The transfers that make every open commission payable: what T+N does.
    package func maturing(at: Int64) -> [Transfer] {
        openCommissions.compactMap { pending in
            guard let promoter = pending.credit.promoter else { return nil }
            return resolve(pending, .post, to: .available(promoter), cause: "mature", at: at)
        }
    }

    /// Commissions that are neither posted nor voided.
    package var openCommissions: [Transfer] {
        let resolved = Set(transfers.compactMap(\.resolves))
        return transfers.filter { $0.kind == .commission && !resolved.contains($0.id) }
            .sorted {
                ($0.level, $0.at) != ($1.level, $1.at) ? ($0.level, $0.at) < ($1.level, $1.at) : $0.id.lexicographicallyPrecedes($1.id)
            }
    }

    private func adjust(_ share: Share, due: Int64, base: Int64, frozen: Bool, _ maker: Maker) -> [Transfer] {
        let open = openCommissions.filter { $0.level == share.level }
        let pending = open.reduce(0) { $0 + $1.amountMinor }
        let posted = sum(.post, level: share.level) - sum(.clawback, level: share.level)
        // What is posted stays so while it is due; what is not due any more is taken from the pending first.
        let keep = frozen ? 0 : min(posted, due)
        let wait = due - keep
        var made: [Transfer] = []
        if wait > pending {
            made.append(maker.commission(share, wait - pending, base))
        } else if wait < pending {
            // A pending transfer is resolved once and whole; what remains of it waits anew.
            made += open.map { resolve($0, .void, to: .commission, cause: maker.cause, at: maker.at) }
            if wait > 0 { made.append(maker.commission(share, wait, base)) }
        }
        if posted > keep {
            made.append(maker.clawback(share, posted - keep, base))
        }
        return made
    }

    private func resolve(_ pending: Transfer, _ kind: Transfer.Kind, to account: LedgerAccount, cause: String, at: Int64) -> Transfer {
        Transfer(
            id: Transfer.resolution(of: pending.id), kind: kind, order: order, level: pending.level, debit: pending.credit,
            credit: account, amountMinor: pending.amountMinor, currency: pending.currency, cause: cause, resolves: pending.id,
            rate: pending.rate, baseMinor: pending.baseMinor, at: at)
    }

    private func sum(_ kind: Transfer.Kind, level: Int64? = nil) -> Int64 {
        transfers.reduce(0) { $1.kind == kind && (level == nil || $1.level == level) ? $0 + $1.amountMinor : $0 }
    }
}

/// Makes the transfers of one order for one cause.
private struct Maker {
    let book: OrderBook
    let cause: String
    let at: Int64

    func make(_ kind: Transfer.Kind, from debit: LedgerAccount, to credit: LedgerAccount, _ amount: Int64) -> Transfer {
        transfer(kind, debit, credit, amount, level: 0, rate: 0, base: 0)
    }

    func commission(_ share: OrderBook.Share, _ amount: Int64, _ base: Int64) -> Transfer {
        transfer(.commission, .commission, .pending(share.promoter), amount, level: share.level, rate: share.rate.basisPoints, base: base)
    }

    func clawback(_ share: OrderBook.Share, _ amount: Int64, _ base: Int64) -> Transfer {
        transfer(.clawback, .available(share.promoter), .commission, amount, level: share.level, rate: share.rate.basisPoints, base: base)
    }

    private func transfer(
        _ kind: Transfer.Kind, _ debit: LedgerAccount, _ credit: LedgerAccount, _ amount: Int64, level: Int64, rate: Int64, base: Int64
    ) -> Transfer {
        Transfer(
            id: Transfer.id(shop: book.shop, order: book.order, cause: cause, level: level, kind: kind), kind: kind, order: book.order,
            level: level, debit: debit, credit: credit, amountMinor: amount, currency: book.currency, cause: cause, resolves: nil,
            rate: rate, baseMinor: base, at: at)
    }
}
