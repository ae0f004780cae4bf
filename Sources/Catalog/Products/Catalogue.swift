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
    /// Old addresses, sorted by the bytes of where they begin.
    package let redirects: [Redirect]
    /// `content/data/`: a record with a member for each file.
    package let data: DataValue
    /// By slug: the slugs of products bought together with it, the most often first. From ``BoughtTogether``.
    package let boughtTogether: [String: [String]]
    /// The next moment (unix seconds) after the load's at which a product or page appears or goes; nil: never.
    package let nextChange: Int64?
    /// All such moments, sorted.
    private let moments: [Int64]
    /// Doubts that did not stop the load, sorted.
    package let warnings: [Diagnostic]
    private let slugs: [String: Int]
    private let skus: [String: (product: Int, variant: Int)]

    init(
        shop: Shop, products: [Product], pages: [Page], categories: [Topic], tags: [Topic], redirects: [Redirect],
        data: DataValue, boughtTogether: [String: [String]], moments: [Int64], now: Int64, warnings: [Diagnostic]
    ) {
        self.shop = shop
        self.products = products
        self.pages = pages
        self.categories = categories
        self.tags = tags
        self.redirects = redirects
        self.data = data
        self.boughtTogether = boughtTogether
        self.moments = moments
        nextChange = moments.first { $0 > now }
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

    /// The first moment after `now` (unix seconds) at which a product or page appears or goes; nil: never.
    package func nextChange(after now: Int64) -> Int64? { moments.first { $0 > now } }

    /// The place in ``products``, or nil.
    package func place(slug: String) -> Int? { slugs[slug] }

    package func product(slug: String) -> Product? {
        slugs[slug].map { products[$0] }
    }

    /// The product and variant of `sku`, or nil.
    package func variant(sku: String) -> (product: Product, variant: Variant)? {
        skus[sku].map { (products[$0.product], products[$0.product].variants[$0.variant]) }
    }
}
