/// Everything a shop folder says: the shop, its products, pages and topics.
package struct Catalogue: Sendable {
    package let shop: Shop
    /// Sorted by `order`, then by the bytes of the slug. Not those that are drafts, unpublished or expired.
    package let products: [Product]
    /// Sorted the same way.
    package let pages: [Page]
    /// Those that a listed product is in; sorted the same way.
    package let categories: [Topic]
    package let tags: [Topic]
    /// The next moment (unix seconds) at which a product appears or expires; nil: never.
    package let nextChange: Int64?
    /// Doubts that did not stop the load, sorted.
    package let warnings: [Diagnostic]
    private let slugs: [String: Int]
    private let skus: [String: (product: Int, variant: Int)]

    init(
        shop: Shop, products: [Product], pages: [Page], categories: [Topic], tags: [Topic], nextChange: Int64?, warnings: [Diagnostic]
    ) {
        self.shop = shop
        self.products = products
        self.pages = pages
        self.categories = categories
        self.tags = tags
        self.nextChange = nextChange
        self.warnings = warnings
        var slugs: [String: Int] = [:]
        var skus: [String: (product: Int, variant: Int)] = [:]
        for (index, product) in products.enumerated() {
            slugs[product.slug] = index
            for (number, variant) in product.variants.enumerated() { skus[variant.sku] = (index, number) }
        }
        self.slugs = slugs
        self.skus = skus
    }

    package func product(slug: String) -> Product? {
        slugs[slug].map { products[$0] }
    }

    /// The product and variant of `sku`, or nil.
    package func variant(sku: String) -> (product: Product, variant: Variant)? {
        skus[sku].map { (products[$0.product], products[$0.product].variants[$0.variant]) }
    }
}
