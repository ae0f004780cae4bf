/// Something to send or to make, written in the transaction that caused it.
package struct OutboxItem: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A mail with the keys of an order.
        case delivered
        /// A mail that says the keys will follow.
        case owed
        /// A mail with the links of an address's orders.
        case lookup
        /// A mail that greets a promoter whom the merchant added.
        case promoter
        /// The pages of a promoter are to be published on the site.
        case promoterPage = "promoter_page"

        /// Whether it goes by mail.
        package var isMail: Bool { self != .promoterPage }
    }

    /// Unique in the shop, the same however often the cause is repeated; part of the Message-ID.
    package var id: String
    package var kind: Kind
    /// The order's id for `delivered` and `owed`, else the promoter's; for `lookup` the newest order's.
    package var subject: String
    /// 1 for the first try.
    package var attempt: Int64
    /// Who holds the latest fence holds the lease: `done` and the others refuse an older one.
    package var fence: Int64
    /// The referral token whose pages are to be published, for `promoterPage`.
    package var promoterToken: String?
}
