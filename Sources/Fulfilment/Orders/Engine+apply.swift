internal import Cryptography
internal import Database
package import Payments

extension Engine {
    /// Books what an authentic notice says: the one transaction between a payment and its key.
    ///
    /// Inbox, order state, allocation, ledger, commissions, binding, the buyer's promotion, mail to send and the audit
    /// row are written together or not at all; answer the gateway when this has returned. A repeat changes nothing and
    /// says `duplicate`, which is success to the gateway.
    /// - Parameters:
    ///   - account: the gateway account whose route it came in on.
    ///   - bodyDigest: SHA-256 of the raw notice, kept as evidence.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func apply(account: String, fact: Fact, bodyDigest: [UInt8]) async throws(FulfilmentError) -> NoticeOutcome {
        let now = clock.now()
        let prepared = try await FulfilmentError.wrap { fact.kind == .paid ? try newPromoter() : nil }
        let sale = try await FulfilmentError.wrap { try OrderDraft(of: fact, account: account, engine: self) }
        let outcome = try await write { books in
            try Notice(
                books: books, account: account, fact: fact, bodyDigest: bodyDigest, newPromoter: prepared, sale: sale, now: now
            ).book()
        }
        state.count { $0.notices[outcome.effect, default: 0] += 1 }
        return outcome
    }

    /// Counts notices that were refused before they reached the books: nothing of their content is kept.
    ///
    /// Bounded: one row for each account, category and reason, whoever sends how much.
    /// - Parameter count: how many of them, at least 1.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func recordRejection(account: String, category: String, reason: String, count: Int = 1) async throws(FulfilmentError) {
        guard count > 0 else { return }
        let now = clock.now()
        let reason = String(reason.unicodeScalars.filter { $0.isASCII && $0.value > 0x20 }.prefix(64).map(Character.init))
        try await write { books in
            _ = try books.tx.execute(
                """
                INSERT INTO rejections (shop, account, category, reason, seen, last_at) VALUES ($1, $2, $3, $4, $6, $5)
                ON CONFLICT (shop, account, category, reason) DO UPDATE SET seen = rejections.seen + excluded.seen, last_at = excluded.last_at
                """,
                [.text(shop), .text(account), .text(String(category.prefix(32))), .text(reason), .integer(now), .integer(Int64(count))])
        }
        state.count { $0.rejections[category, default: 0] += count }
    }

    /// Everything random of a promoter to be, made outside the transaction.
    func newPromoter() throws -> NewPromoter {
        let id = try ReferralToken.newPromoterID(random)
        guard let token = ReferralToken(promoterID: id, keyring: keyring) else {
            throw FulfilmentError(.unavailable, "a promoter id could not be made")
        }
        let link = try LinkToken(random)
        return NewPromoter(
            id: id, token: token.text, link: link, linkSealed: try vault.seal(link.text, .promoterLink, owner: Array(id.utf8)))
    }
}
