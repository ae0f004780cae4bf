import Catalog

/// `search.json`: what a search box needs to know of each listed product, in one language.
enum SearchIndex {
    static func bytes(_ edition: Edition) -> [UInt8] {
        let currency = edition.catalogue.shop.currency
        var out = JSONWriter()
        out.list { out in
            for index in edition.plan.listed {
                let product = edition.catalogue.products[index]
                let text = product.text(edition.tag)
                let place = product.category.flatMap { edition.plan.categoryPlaces[$0] }
                let lowest = product.variants.map(\.price.minor).min() ?? 0
                out.object { out in
                    out.name("title")
                    out.text(text.title)
                    out.name("summary")
                    out.text(text.summary)
                    out.name("url")
                    out.text(edition.links.href(Links.product(product.slug), language: edition.language))
                    out.name("category")
                    out.text(place.map { edition.topics.categoryTitles[$0] })
                    out.name("tags")
                    out.list { out in for tag in product.tags { out.text(edition.topics.tagNames[tag] ?? tag) } }
                    out.name("price")
                    out.text(Money(minor: lowest, currency: currency).display(edition.tag))
                }
            }
        }
        return out.bytes + [UInt8(ascii: "\n")]
    }
}

/// `catalog.json`: every listed product and variant with its price in minor units, for programs.
enum CatalogFile {
    static func bytes(_ editions: [Edition]) -> [UInt8] {
        let main = editions[0]
        let shop = main.catalogue.shop
        var out = JSONWriter()
        out.object { out in
            out.name("shop")
            out.object { out in
                out.name("name")
                out.text(shop.name)
                out.name("url")
                out.text(main.links.absolute("", language: 0))
                out.name("languages")
                out.list { out in for language in shop.languages { out.text(language) } }
            }
            out.name("currency")
            out.text(shop.currency.code)
            out.name("exponent")
            out.number(Int64(shop.currency.exponent))
            out.name("products")
            out.list { out in for index in main.plan.listed { write(main.catalogue.products[index], editions, to: &out) } }
        }
        return out.bytes + [UInt8(ascii: "\n")]
    }

    private static func write(_ product: Product, _ editions: [Edition], to out: inout JSONWriter) {
        let main = editions[0]
        let text = product.text(main.tag)
        out.object { out in
            out.name("slug")
            out.text(product.slug)
            out.name("title")
            out.text(text.title)
            out.name("summary")
            out.text(text.summary)
            out.name("url")
            out.text(main.links.absolute(Links.product(product.slug), language: 0))
            out.name("category")
            out.text(product.category)
            out.name("tags")
            out.list { out in for tag in product.tags { out.text(tag) } }
            out.name("image")
            out.text(product.images.first.flatMap { main.media.url($0.path) }.map { main.links.origin + $0 })
            out.name("delivery")
            out.text(product.delivery.rawValue)
            out.name("forSale")
            out.flag(product.isForSale)
            out.name("minQuantity")
            out.number(Int64(product.quantity.minimum))
            out.name("maxQuantity")
            out.number(Int64(product.quantity.maximum))
            out.name("variants")
            out.list { out in for variant in product.variants { write(variant, main.tag, to: &out) } }
            out.name("translations")
            out.object { out in for edition in editions.dropFirst() { write(product, in: edition, to: &out) } }
        }
    }

    /// A member of `translations`, where the product has a text in the language.
    private static func write(_ product: Product, in edition: Edition, to out: inout JSONWriter) {
        guard let text = product.texts[edition.tag] else { return }
        out.name(written: edition.tag)
        out.object { out in
            out.name("title")
            out.text(text.title)
            out.name("summary")
            out.text(text.summary)
            out.name("url")
            out.text(edition.links.absolute(Links.product(product.slug), language: edition.language))
        }
    }

    private static func write(_ variant: Variant, _ tag: String, to out: inout JSONWriter) {
        out.object { out in
            out.name("sku")
            out.text(variant.sku)
            out.name("title")
            out.text(variant.title(tag))
            out.name("priceMinor")
            out.number(variant.price.minor)
            out.name("compareAtMinor")
            if let compareAt = variant.compareAt { out.number(compareAt.minor) } else { out.null() }
            out.name("currency")
            out.text(variant.price.currency.code)
            out.name("tiers")
            out.list { out in
                for tier in variant.tiers {
                    out.object { out in
                        out.name("quantity")
                        out.number(Int64(tier.quantity))
                        out.name("priceMinor")
                        out.number(tier.price.minor)
                    }
                }
            }
        }
    }
}
