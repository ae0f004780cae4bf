import Catalog

/// What a page says to machines: JSON-LD by schema.org, for search engines.
///
/// What must be there is Google's word (“Structured data that Google supports”: product, breadcrumb, FAQ); the rest of what we say
/// is what the shop knows. Nothing is made up: no ratings, no stock.
enum StructuredData {
    /// A Product with an Offer for each variant.
    static func product(_ product: Product, _ edition: Edition, url: String) -> JSON {
        let text = product.text(edition.tag)
        let offers = product.variants.map { variant in
            JSON.object(
                [
                    ("@type", .text("Offer")), ("sku", .text(variant.sku)),
                    ("name", .text(variant.title(edition.tag) ?? text.title)), ("price", .text(variant.price.decimalText)),
                    ("priceCurrency", .text(variant.price.currency.code)),
                    ("availability", .text("https://schema.org/" + (product.isForSale ? "InStock" : "Discontinued"))), ("url", .text(url)),
                    ("itemCondition", .text("https://schema.org/NewCondition")),
                    ("seller", .object([("@type", .text("Organization")), ("name", .text(edition.catalogue.shop.name))])),
                ] + validity(product))
        }
        var members: [(String, JSON)] = [
            ("@context", .text("https://schema.org")), ("@type", .text("Product")), ("name", .text(text.title)), ("url", .text(url)),
            ("sku", .text(product.variants[0].sku)),
        ]
        if !text.summary.isEmpty { members.append(("description", .text(text.summary))) }
        let images = product.images.compactMap { edition.media.picture($0.path)?.url }.map { JSON.text(edition.links.origin + $0) }
        if !images.isEmpty { members.append(("image", .list(images))) }
        if let place = product.category.flatMap({ edition.plan.categoryPlaces[$0] }) {
            members.append(("category", .text(edition.topics.categoryTitles[place])))
        }
        members.append(("offers", offers.count == 1 ? offers[0] : .list(offers)))
        return .object(members)
    }

    /// A price holds for as long as the product is there.
    private static func validity(_ product: Product) -> [(String, JSON)] {
        product.expiresAt.map { [("priceValidUntil", .text(Timestamp.day($0)))] } ?? []
    }

    /// A FAQPage of a product's questions, or nil when it has none.
    static func questions(_ product: Product, _ edition: Edition) -> JSON? {
        let questions = product.text(edition.tag).faq
        guard !questions.isEmpty else { return nil }
        return .object([
            ("@context", .text("https://schema.org")), ("@type", .text("FAQPage")), ("inLanguage", .text(edition.tag)),
            (
                "mainEntity",
                .list(
                    questions.map { question in
                        .object([
                            ("@type", .text("Question")), ("name", .text(question.question)),
                            (
                                "acceptedAnswer",
                                .object([("@type", .text("Answer")), ("text", .text(words(of: question.answer.html)))])
                            ),
                        ])
                    })
            ),
        ])
    }

    /// The words of markup that our Markdown renderer wrote, on one line.
    static func words(of html: [UInt8]) -> String {
        var out: [UInt8] = []
        var tag: [UInt8]?
        for byte in html {
            if let name = tag {
                tag = byte == UInt8(ascii: ">") ? nil : name + [byte]
                // Only elements that stand on lines of their own part words.
                if tag == nil, !isInline(name), let last = out.last, last != 0x20 { out.append(0x20) }
            } else if byte == UInt8(ascii: "<") {
                tag = []
            } else if byte == UInt8(ascii: "\n") {
                if let last = out.last, last != 0x20 { out.append(0x20) }
            } else {
                out.append(byte)
            }
        }
        var text = String(decoding: out, as: UTF8.self)
        for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.split(separator: reference, omittingEmptySubsequences: false).joined(separator: character)
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func isInline(_ tag: [UInt8]) -> Bool {
        let name = tag.drop { $0 == UInt8(ascii: "/") }.prefix { $0 != 0x20 && $0 != UInt8(ascii: "/") }
        return ["a", "code", "del", "em", "s", "span", "strong"].contains(String(decoding: name, as: UTF8.self))
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
