/// What is bought: a SKU and its price.
package struct Variant: Sendable {
    /// From a number of pieces on, each costs less.
    package struct Tier: Hashable, Sendable {
        package let quantity: Int
        /// Of one piece.
        package let price: Money
    }

    /// Unique in the shop; `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`.
    package let sku: String
    /// By language; empty for a product with one variant and no name for it.
    package let titles: [String: String]
    /// Of one piece.
    package let price: Money
    /// A former or list price, more than ``price``.
    package let compareAt: Money?
    /// Rising quantities, falling prices; usually empty.
    package let tiers: [Tier]
    let defaultLanguage: String

    /// The name in `language`, or in the shop's default language; nil when it has none.
    package func title(_ language: String) -> String? {
        titles[language] ?? titles[defaultLanguage]
    }

    /// What one piece costs when `quantity` are bought.
    package func price(quantity: Int) -> Money {
        tiers.last { $0.quantity <= quantity }?.price ?? price
    }
}
