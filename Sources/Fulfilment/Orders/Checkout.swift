package import Catalog

/// What a buyer asks for.
package struct CheckoutRequest: Sendable {
    package var sku: String
    package var quantity: Int
    package var email: String
    /// Name of a gateway account.
    package var gateway: String
    /// The referral token that came with the form; anything but an authentic one counts for nobody.
    package var ref: String?
    package var language: String
    /// The buyer's network address, for the cap on open holds; nil: not capped by address.
    package var clientAddress: String?

    package init(
        sku: String, quantity: Int, email: String, gateway: String, ref: String? = nil, language: String, clientAddress: String? = nil
    ) {
        self.sku = sku
        self.quantity = quantity
        self.email = email
        self.gateway = gateway
        self.ref = ref
        self.language = language
        self.clientAddress = clientAddress
    }
}

/// An order that now waits for its payment.
package struct PlacedOrder: Sendable {
    /// The order's id, `[A-Za-z0-9_]{6,32}`: names it at the gateway, opens nothing.
    package var order: String
    /// The secret of the order's link. It is nowhere else in plain text.
    package var token: String
    package var amount: Money
    package var gateway: String
    /// What the gateway's page calls it: title and, from two pieces on, the quantity.
    package var description: String
    package var language: String
    /// The buyer's address, for the gateway's page.
    package var email: String
    /// The token of the promoter who brought the buyer, if it was authentic.
    package var referral: String?
    package var createdAt: Int64
    /// Unix seconds; until then its keys are reserved.
    package var expiresAt: Int64

    static func description(_ title: String, _ quantity: Int64) -> String { quantity > 1 ? "\(title) × \(quantity)" : title }
}
