import Catalog

/// `search.json`: what a search box needs to know of each listed product, in one language.
enum SearchIndex {
    static func bytes(_ edition: Edition) -> [UInt8] {
        let items = edition.plan.listed.map { index -> JSON in
            let product = edition.catalogue.products[index]
            let text = product.text(edition.tag)
            let lowest = product.variants.map(\.price.minor).min() ?? 0
            return .object([
                ("title", .text(text.title)), ("summary", .text(text.summary)),
                ("url", .text(edition.links.href(Links.product(product.slug), language: edition.language))),
                (
                    "category",
                    product.category.flatMap { edition.plan.categoryPlaces[$0] }.map { .text(edition.topics.categoryTitles[$0]) } ?? .null
                ),
                ("tags", .list(product.tags.map { .text(edition.topics.tagNames[$0] ?? $0) })),
                ("price", .text(Money(minor: lowest, currency: edition.catalogue.shop.currency).display(edition.tag))),
            ])
        }
        var out = JSON.list(items).bytes
        out.append(UInt8(ascii: "\n"))
        return out
    }
}

/// `catalog.json`: every listed product and variant with its price in minor units, for programs.
enum CatalogFile {
    static func bytes(_ editions: [Edition]) -> [UInt8] {
        let main = editions[0]
        let shop = main.catalogue.shop
        let products = main.plan.listed.map { product(main.catalogue.products[$0], editions) }
        var out = JSON.object([
            (
                "shop",
                .object([
                    ("name", .text(shop.name)), ("url", .text(main.links.absolute("", language: 0))),
                    ("languages", .list(shop.languages.map(JSON.text))),
                ])
            ),
            ("currency", .text(shop.currency.code)), ("exponent", .integer(Int64(shop.currency.exponent))), ("products", .list(products)),
        ]).bytes
        out.append(UInt8(ascii: "\n"))
        return out
    }

    private static func product(_ product: Product, _ editions: [Edition]) -> JSON {
        let main = editions[0]
        let text = product.text(main.tag)
        let translations = editions.dropFirst().compactMap { edition -> (String, JSON)? in
            guard let text = product.texts[edition.tag] else { return nil }
            let url = edition.links.absolute(Links.product(product.slug), language: edition.language)
            return (edition.tag, .object([("title", .text(text.title)), ("summary", .text(text.summary)), ("url", .text(url))]))
        }
        return .object([
            ("slug", .text(product.slug)), ("title", .text(text.title)), ("summary", .text(text.summary)),
            ("url", .text(main.links.absolute(Links.product(product.slug), language: 0))),
            ("category", product.category.map(JSON.text) ?? .null), ("tags", .list(product.tags.map(JSON.text))),
            ("image", product.images.first.flatMap { main.media.url($0.path) }.map { .text(main.links.origin + $0) } ?? .null),
            ("delivery", .text(product.delivery.rawValue)), ("forSale", .bool(product.isForSale)),
            ("minQuantity", .integer(Int64(product.quantity.minimum))), ("maxQuantity", .integer(Int64(product.quantity.maximum))),
            ("variants", .list(product.variants.map { variant($0, main.tag) })), ("translations", .object(translations)),
        ])
    }

    private static func variant(_ variant: Variant, _ tag: String) -> JSON {
        .object([
            ("sku", .text(variant.sku)), ("title", variant.title(tag).map(JSON.text) ?? .null),
            ("priceMinor", .integer(variant.price.minor)),
            ("compareAtMinor", variant.compareAt.map { .integer($0.minor) } ?? .null), ("currency", .text(variant.price.currency.code)),
            (
                "tiers",
                .list(
                    variant.tiers.map { .object([("quantity", .integer(Int64($0.quantity))), ("priceMinor", .integer($0.price.minor))]) })
            ),
        ])
    }
}
