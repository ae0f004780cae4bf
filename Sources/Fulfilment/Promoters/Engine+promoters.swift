internal import Catalog
internal import Cryptography
internal import Database

extension Engine {
    /// A promoter's earnings, by the secret of their page.
    /// - Throws: `FulfilmentError`: `notFound` for any token that opens nothing, `busy`, `unavailable`.
    package func promoterPage(linkToken: String) async throws(FulfilmentError) -> PromoterView {
        guard let token = LinkToken(presented: linkToken) else { throw Self.noPromoter }
        let digest = token.stored
        let currency = catalogue.shop.currency
        return try await read { books in
            guard let promoter = try books.promoters.find(linkDigest: digest) else { throw Self.noPromoter }
            let balance = try books.ledger.balance(promoter: promoter.id, currency: currency.code)
            return PromoterView(
                id: promoter.id, token: promoter.token, language: promoter.language,
                pending: Money(minor: balance.pendingMinor, currency: currency),
                available: Money(minor: balance.availableMinor, currency: currency),
                paid: Money(minor: balance.paidMinor, currency: currency), commissions: try books.commissions(of: promoter.id))
        }
    }

    /// All promoters, in the order of their ids.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func promoters() async throws(FulfilmentError) -> [PromoterSummary] {
        let currency = catalogue.shop.currency.code
        return try await read { books in try books.summaries(currency, condition: "", argument: nil) }
    }

    /// A promoter by id, or by address.
    /// - Throws: `FulfilmentError`: `notFound`, `busy`, `unavailable`.
    package func promoter(_ name: String) async throws(FulfilmentError) -> PromoterSummary {
        let currency = catalogue.shop.currency.code
        let buyer = (try? BuyerAddress(name)).map(buyerDigest)
        let found = try await read { books in
            if let buyer {
                try books.summaries(currency, condition: "AND p.buyer = $3", argument: .blob(buyer))
            } else {
                try books.summaries(currency, condition: "AND p.id = $3", argument: .text(name))
            }
        }
        guard let first = found.first else { throw FulfilmentError(.notFound, "there is no such promoter") }
        return first
    }

    /// Makes an address a promoter; one who is already stays as they are.
    ///
    /// - Parameters:
    ///   - parent: id of the promoter above, if any.
    ///   - language: of the mail that greets them; nil: the shop's first.
    /// - Throws: `FulfilmentError`: `invalidEmail`, `notFound` for the parent, `busy`, `unavailable`.
    package func addPromoter(
        address: String, parent: String? = nil, language: String? = nil
    ) async throws(FulfilmentError) -> PromoterSummary {
        let mail = try BuyerAddress(address)
        let shopLanguage = catalogue.shop.defaultLanguage
        let now = clock.now()
        let (new, sealed) = try await FulfilmentError.wrap {
            (try newPromoter(), try vault.seal(mail.text, .address, owner: buyerDigest(mail)))
        }
        let (buyer, person) = (buyerDigest(mail), personDigest(mail))
        try await write { books in
            if let parent, try books.promoters.find(parent) == nil {
                throw FulfilmentError(.notFound, "there is no promoter “\(parent)” to stand above")
            }
            let inserted = try books.promoters.insert(
                new, buyer: buyer, person: person, address: sealed, language: language ?? shopLanguage, parent: parent, at: now)
            guard inserted else { return }
            try books.outbox.add("page-\(new.id)", .promoterPage, subject: new.id, at: now)
            try books.outbox.add("promoter-\(new.id)", .promoter, subject: new.id, at: now)
            try books.audit.add(.promoter, subject: new.id, detail: "added", actor: "operator", at: now)
        }
        return try await promoter(mail.text)
    }

    /// The secret of a promoter's own page, for the merchant to hand on. Audited.
    /// - Throws: `FulfilmentError`: `notFound`, `busy`, `unavailable`.
    package func promoterLink(id: String) async throws(FulfilmentError) -> String {
        let now = clock.now()
        let record = try await write { books in
            guard let record = try books.promoters.find(id) else { throw Self.noPromoter }
            try books.audit.add(.unseal, subject: id, detail: "promoter link shown", actor: "operator", at: now)
            return record
        }
        return try await FulfilmentError.wrap { try vault.open(record.linkSealed, .promoterLink, owner: Array(id.utf8)) }
    }

    /// An inactive promoter keeps what was earned, and earns nothing more.
    /// - Throws: `FulfilmentError`: `notFound`, `busy`, `unavailable`.
    package func setPromoter(_ id: String, active: Bool) async throws(FulfilmentError) {
        let now = clock.now()
        try await write { books in
            let changed = try books.tx.execute(
                "UPDATE promoters SET active = $3 WHERE shop = $1 AND id = $2", [.text(shop), .text(id), .flag(active)])
            guard changed == 1 else { throw Self.noPromoter }
            try books.audit.add(.promoter, subject: id, detail: active ? "active" : "inactive", actor: "operator", at: now)
        }
    }

    static let noPromoter = FulfilmentError(.notFound, "there is no such promoter", hint: "open the link from the mail")
}
