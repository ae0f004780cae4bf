/// A purchase over a payment link on a page: the buyer paid before any order was made. The books make one of it.
package struct LinkSale: Sendable, Equatable {
    /// The gateway's id of the purchase: one purchase, one order.
    package let session: String
    /// What the link, or else the buyer's side of it, says was bought. The books believe it if the amount fits.
    package let sku: String
    /// As the buyer wrote it on the gateway's page.
    package let email: String
    /// The promoter's token, not checked yet.
    package let referral: String?
    /// A tag of BCP 47: of the page that the link stood on.
    package let language: String?
    /// When the purchase began, unix seconds by the gateway's clock.
    package let createdAt: Int64?

    package init(session: String, sku: String, email: String, referral: String?, language: String?, createdAt: Int64?) {
        self.session = session
        self.sku = sku
        self.email = email
        self.referral = referral
        self.language = language
        self.createdAt = createdAt
    }
}
