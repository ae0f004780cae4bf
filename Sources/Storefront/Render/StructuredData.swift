import Catalog

/// What a page says to machines: JSON-LD by schema.org, for search engines.
enum StructuredData {
    /// A Product with an Offer for each variant.
    static func product(_ product: Product, _ edition: Edition, url: String) -> JSON {
        let text = product.text(edition.tag)
        let offers = product.variants.map { variant in
            JSON.object([
                ("@type", .text("Offer")), ("sku", .text(variant.sku)),
                ("name", .text(variant.title(edition.tag) ?? text.title)), ("price", .text(variant.price.decimalText)),
                ("priceCurrency", .text(variant.price.currency.code)),
                ("availability", .text("https://schema.org/" + (product.isForSale ? "InStock" : "Discontinued"))), ("url", .text(url)),
            ])
        }
        var members: [(String, JSON)] = [
            ("@context", .text("https://schema.org")), ("@type", .text("Product")), ("name", .text(text.title)), ("url", .text(url)),
            ("sku", .text(product.variants[0].sku)),
        ]
        if !text.summary.isEmpty { members.append(("description", .text(text.summary))) }
        let images = product.images.compactMap { edition.media.url($0.path) }.map { JSON.text(edition.links.origin + $0) }
        if !images.isEmpty { members.append(("image", .list(images))) }
        if let place = product.category.flatMap({ edition.plan.categoryPlaces[$0] }) {
            members.append(("category", .text(edition.topics.categoryTitles[place])))
        }
        members.append(("offers", offers.count == 1 ? offers[0] : .list(offers)))
        return .object(members)
    }

    /// A BreadcrumbList of the way to a page; URLs are absolute.
    static func breadcrumbs(_ steps: [(title: String, url: String)]) -> JSON {
        .object([
            ("@context", .text("https://schema.org")), ("@type", .text("BreadcrumbList")),
            (
                "itemListElement",
                .list(
                    steps.enumerated().map { index, step in
                        .object([
                            ("@type", .text("ListItem")), ("position", .integer(Int64(index + 1))), ("name", .text(step.title)),
                            ("item", .text(step.url)),
                        ])
                    })
            ),
        ])
    }

    /// The shop as a WebSite.
    static func shop(_ edition: Edition) -> JSON {
        .object([
            ("@context", .text("https://schema.org")), ("@type", .text("WebSite")), ("name", .text(edition.catalogue.shop.name)),
            ("url", .text(edition.links.absolute("", language: edition.language))), ("inLanguage", .text(edition.tag)),
        ])
    }
}
