package import Catalog
internal import Cryptography
internal import Database

extension Engine {
    /// Makes a payout for every promoter who may be paid at least `minimum`, and books it.
    ///
    /// What is booked is no longer available, so a second run finds nothing; a crash in between leaves payouts of
    /// this run that `payouts` lists, and the next run makes the rest.
    ///
    /// - Parameters:
    ///   - minimum: in the shop's currency; nil: what `promoters.minimum_payout` says.
    ///   - isRehearsal: only say what would be made.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func runPayouts(minimum: Money? = nil, isRehearsal: Bool = false) async throws(FulfilmentError) -> PayoutRun {
        let shop = catalogue.shop
        let least = (minimum ?? shop.promoters.minimumPayout).minor
        let now = clock.now()
        let run = try await FulfilmentError.wrap { Base32Crockford.encode(try random.bytes(5)) }
        var made: [Payout] = []
        while true {
            let after = made.last?.promoter ?? ""
            let page = try await write { books in
                try books.pay(
                    try books.payouts.due(shop.currency.code, minimum: least, after: after, limit: 200), run: run, shop.currency,
                    isRehearsal: isRehearsal, at: now)
            }
            made += page
            if page.count < 200 { break }
        }
        return PayoutRun(run: isRehearsal || made.isEmpty ? "" : run, payouts: made)
    }

    /// Payouts in the order of ids, a page.
    /// - Parameters:
    ///   - after: the id that the page before ended with.
    ///   - limit: at most so many.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func payouts(
        state: Payout.State? = nil, run: String? = nil, after: String = "", limit: Int = 1000
    ) async throws(FulfilmentError) -> [Payout] {
        try await read { books in try books.payouts.list(state: state, run: run, after: after, limit: Int64(limit)) }
    }

    /// The same with the promoters' addresses, for the merchant's bank. Audited.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func payoutAddresses(
        state: Payout.State? = nil, run: String? = nil, after: String = "", limit: Int = 1000
    ) async throws(FulfilmentError) -> [PayoutAddress] {
        let now = clock.now()
        let sealed = try await write { books in
            let payouts = try books.payouts.list(state: state, run: run, after: after, limit: Int64(limit))
            guard !payouts.isEmpty else { return [(Payout, PromoterRecord?)]() }
            try books.audit.add(
                .unseal, subject: run ?? "payouts", detail: "addresses of \(payouts.count) payouts", actor: "operator", at: now)
            return try payouts.map { ($0, try books.promoters.find($0.promoter)) }
        }
        return try await FulfilmentError.wrap {
            try sealed.map { payout, promoter in
                PayoutAddress(
                    payout: payout, address: try promoter.map { try vault.open($0.address, .address, owner: $0.buyer) } ?? "")
            }
        }
    }

    /// Says what became of a payout. Saying the same again changes nothing.
    ///
    /// One that failed is booked back and part of the next run; one that was paid may still come back.
    ///
    /// - Parameters:
    ///   - state: `paid` or `failed`.
    ///   - reference: what the bank calls it, 100 characters at most.
    /// - Throws: `FulfilmentError`: `notFound`; `conflict`: it failed before; `invalid`, `busy`, `unavailable`.
    package func settlePayout(_ id: String, as state: Payout.State, reference: String = "") async throws(FulfilmentError) -> Payout {
        guard state != .open, reference.utf8.count <= 100, reference.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw FulfilmentError(.invalid, "a reference is one line of at most 100 bytes") }
        let now = clock.now()
        return try await write { books in try books.settle(id, as: state, reference: reference, at: now) }
    }
}

extension Books {
    fileprivate func pay(
        _ due: [(promoter: String, minor: Int64)], run: String, _ currency: Currency, isRehearsal: Bool, at now: Int64
    ) throws -> [Payout] {
        let payouts = due.map { promoter, minor in
            Payout(
                id: "\(run)-\(promoter)", run: run, promoter: promoter, amount: Money(minor: minor, currency: currency), state: .open,
                reference: "", createdAt: now)
        }
        guard !isRehearsal else { return payouts }
        for payout in payouts {
            try self.payouts.insert(payout)
            try ledger.append([transfer(payout, .payout, cause: "payout|\(payout.id)", at: now)])
            try audit.add(.payout, subject: payout.id, detail: "\(payout.amount) to be paid", actor: "operator", at: now)
        }
        return payouts
    }

    fileprivate func settle(_ id: String, as state: Payout.State, reference: String, at now: Int64) throws -> Payout {
        guard var payout = try payouts.lock(id) else { throw FulfilmentError(.notFound, "there is no payout “\(id)”") }
        if payout.state == state { return payout }
        if payout.state == .failed {
            throw FulfilmentError(
                .conflict, "the payout \(id) failed and was booked back", hint: "the next “payout run” makes a new one")
        }
        payout.state = state
        payout.reference = reference
        payout.settledAt = now
        try payouts.settle(id, as: state, reference: reference, at: now)
        if state == .failed { try ledger.append([transfer(payout, .returned, cause: "returned|\(id)", at: now)]) }
        try audit.add(.payout, subject: id, detail: "\(payout.amount) \(state.rawValue)", actor: "operator", at: now)
        return payout
    }

    private func transfer(_ payout: Payout, _ kind: Transfer.Kind, cause: String, at now: Int64) -> Transfer {
        let own = LedgerAccount.available(payout.promoter)
        return Transfer(
            id: Transfer.id(shop: engine.shop, order: "", cause: cause, level: 0, kind: kind), kind: kind, order: "", level: 0,
            debit: kind == .payout ? own : .payouts, credit: kind == .payout ? .payouts : own, amountMinor: payout.amount.minor,
            currency: payout.amount.currency.code, cause: cause, resolves: nil, rate: 0, baseMinor: 0, at: now)
    }
}
