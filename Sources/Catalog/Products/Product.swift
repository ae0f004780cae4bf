/// What one product file (and its translations) describes.
///
/// It does not change once made; it is a class because it is handed on often and has many parts.
package final class Product: Sendable {
    /// Where its keys come from.
    package enum Delivery: String, Sendable, CaseIterable {
        /// Each key has one buyer.
        case single
        /// One text for all buyers.
        case shared
        /// Made at the moment of sale.
        case generated
        /// A file to download.
        case file
    }

    /// Whether it is for sale.
    package enum Status: String, Sendable, CaseIterable {
        case active
        /// Built with `--drafts` only.
        case draft
        /// Reachable by its URL and for sale, but in no listing.
        case unlisted
        /// Shown, not for sale.
        case retired
    }

    /// The name of its file or folder; part of its URL. `[a-z0-9][a-z0-9-]*`.
    package let slug: String
    /// Slug of a ``Topic`` in ``Catalogue/categories``.
    package let category: String?
    /// Slugs of ``Topic``s in ``Catalogue/tags``, in the order written, no repeats.
    package let tags: [String]
    /// At least one; the first is preselected.
    package let variants: [Variant]
    package let delivery: Delivery
    package let stock: ProductStock
    package let quantity: QuantityLimits
    /// Rates by level that replace the shop's, or nil.
    package let commission: [ExactRate]?
    /// How many days a key works after delivery; nil: no end. For the text only.
    package let validDays: Int?
    package let images: [Image]
    /// Slugs of other products; all exist.
    package let related: [String]
    /// Smaller comes first; 0 when not said.
    package let order: Int
    /// Unix seconds; before it the product does not exist.
    package let publishAt: Int64?
    /// Unix seconds; from then on it does not exist.
    package let expiresAt: Int64?
    package let status: Status
    /// By language; always one for the shop's default language.
    package let texts: [String: ProductText]
    let defaultLanguage: String

    init(
        slug: String, category: String?, tags: [String], variants: [Variant], delivery: Delivery, stock: ProductStock,
        quantity: QuantityLimits, commission: [ExactRate]?, validDays: Int?, images: [Image], related: [String], order: Int,
        publishAt: Int64?, expiresAt: Int64?, status: Status, texts: [String: ProductText], defaultLanguage: String
    ) {
        self.slug = slug
        self.category = category
        self.tags = tags
        self.variants = variants
        self.delivery = delivery
        self.stock = stock
        self.quantity = quantity
        self.commission = commission
        self.validDays = validDays
        self.images = images
        self.related = related
        self.order = order
        self.publishAt = publishAt
        self.expiresAt = expiresAt
        self.status = status
        self.texts = texts
        self.defaultLanguage = defaultLanguage
    }

    /// The text in `language`, or in the shop's default language where there is no translation
    /// (``ProductText/language`` tells which).
    package func text(_ language: String) -> ProductText {
        texts[language] ?? texts[defaultLanguage] ?? ProductText(language: defaultLanguage, title: slug, path: "")
    }

    /// Whether a checkout may take it.
    package var isForSale: Bool { status != .retired }
    /// Whether home page, categories, tags, search and feed show it.
    package var isListed: Bool { status != .unlisted }
}

/// Overrides of ``StockPolicy`` and the cap of a shared text.
package struct ProductStock: Hashable, Sendable {
    /// Alert below this many keys; nil: the shop's.
    package let low: Int?
    /// `delivery: shared` only: how many buyers may get the text; nil: any number.
    package let cap: Int?
}

/// How many one order may hold.
package struct QuantityLimits: Hashable, Sendable {
    package let minimum: Int
    package let maximum: Int
}
