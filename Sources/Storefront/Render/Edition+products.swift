import Catalog
import Templates

/// What products look like to templates: cards, offers with a buy form, whole product pages.
extension Edition {
    /// What a listing shows of a product.
    func card(_ index: Int) -> Value {
        if let cards { return cards[index] }
        return .record(
            Record(
                Self.cardFields(catalogue.products[index], links: links, media: media, language: language, tag: tag, topics: topics)))
    }

    static func money(_ money: Money, _ tag: String) -> Value {
        .record([
            Name.text: .text(money.display(tag)), Name.minor: .count(money.minor), Name.currency: .text(money.currency.code),
        ])
    }

    static func image(_ product: Product, _ index: Int, _ tag: String, _ media: Media) -> Value {
        let alts = product.text(tag).imageTexts
        return media.picture(product.images[index].path)?.value(alt: index < alts.count ? alts[index] : "") ?? .null
    }

    static func cardFields(
        _ product: Product, links: Links, media: Media, language: Int, tag: String, topics: Topics
    ) -> [(Key, Value)] {
        let text = product.text(tag)
        let lowest = product.variants.min { $0.price.minor < $1.price.minor } ?? product.variants[0]
        return [
            (Name.slug, .text(product.slug)), (Name.title, .text(text.title)), (Name.summary, .text(text.summary)),
            (Name.url, .text(links.href(Links.product(product.slug), language: language))),
            (Name.category, product.category.flatMap { topics.categories[$0] } ?? .null),
            (Name.image, product.images.isEmpty ? .null : image(product, 0, tag, media)),
            (
                Name.price,
                .record([
                    Name.text: .text(lowest.price.display(tag)), Name.minor: .count(lowest.price.minor),
                    Name.currency: .text(lowest.price.currency.code),
                    Name.from: .bool(product.variants.contains { $0.price != lowest.price }),
                ])
            ),
            (Name.compareAt, .optional(product.variants.count == 1 ? lowest.compareAt?.display(tag) : nil)),
            (Name.tags, .list(product.tags.compactMap { topics.tags[$0] })), (Name.forSale, .bool(product.isForSale)),
        ]
    }

    /// What the buy form needs beside the page's `checkout`, `ref` and `lang`.
    func formFields(_ product: Product) -> [(Key, Value)] {
        let variants = product.variants.enumerated().map { index, variant in
            Value.record([
                Name.sku: .text(variant.sku), Name.title: .text(variant.title(tag) ?? product.text(tag).title),
                Name.price: Self.money(variant.price, tag), Name.compareAt: .optional(variant.compareAt?.display(tag)),
                Name.first: .bool(index == 0), Name.links: .list(payLinks(variant.sku)),
                Name.tiers: .list(
                    variant.tiers.map { .record([Name.quantity: .count($0.quantity), Name.price: Self.money($0.price, tag)]) }),
            ])
        }
        return [
            (Name.slug, .text(product.slug)), (Name.forSale, .bool(product.isForSale)), (Name.single, .bool(variants.count == 1)),
            (Name.hasLinks, .bool(product.variants.contains { !payLinks($0.sku).isEmpty })), (Name.variants, .list(variants)),
            (Name.minQuantity, .count(product.quantity.minimum)),
            (Name.maxQuantity, .count(product.quantity.maximum)),
            (
                Name.delivery,
                .record([
                    Name.kind: .text(product.delivery.rawValue), Name.isKey: .bool(product.delivery == .single),
                    Name.isShared: .bool(product.delivery == .shared), Name.isGenerated: .bool(product.delivery == .generated),
                    Name.isFile: .bool(product.delivery == .file),
                ])
            ),
        ]
    }

    /// The pages of payment services that sell a SKU without an order beforehand. The promoter's token, if there is one, goes between
    /// `before` and `after`.
    private func payLinks(_ sku: String) -> [Value] {
        let reference = PaymentLinkReference(language: tag, token: "", sku: sku)
        return catalogue.shop.gateways.compactMap { account in
            guard let link = account.paymentLinks[sku] else { return nil }
            let joint = link.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
            return .record([
                Name.label: .text(label(account)), Name.before: .text("\(link)\(joint)client_reference_id=\(reference.before)"),
                Name.after: .text(reference.after),
            ])
        }
    }

    /// A card with a buy form, whose link carries the token; for landing pages.
    func offer(_ index: Int, token: String, full: Bool) -> Value {
        let product = catalogue.products[index]
        var fields = Self.cardFields(product, links: links, media: media, language: language, tag: tag, topics: topics)
        let url =
            full
            ? links.href(Links.promoted(token, product: product.slug), language: language)
            : links.href(Links.product(product.slug), language: language) + "?ref=" + token
        fields.append((Name.url, .text(url)))
        return .record(Record(fields + formFields(product)))
    }

    /// The `product` of a product page.
    ///
    /// - Parameter product: the one at `index`, with its bodies.
    func product(_ product: Product, at index: Int) -> Value {
        let text = product.text(tag)
        let images = product.images.indices.map { Self.image(product, $0, tag, media) }
        let faq = text.faq.map { Value.record([Name.question: .text($0.question), Name.answer: .html(bodies.html($0.answer))]) }
        let related = plan.related(index, catalogue)
        let own: [(Key, Value)] = [
            (Name.title, .text(text.title)), (Name.summary, .text(text.summary)), (Name.body, .html(bodies.html(text.body))),
            (Name.category, product.category.flatMap { topics.categories[$0] } ?? .null),
            (Name.tags, .list(product.tags.compactMap { topics.tags[$0] })), (Name.image, images.first ?? .null),
            (Name.images, .list(images)),
            (Name.gallery, .list(Array(images.dropFirst()))), (Name.hasGallery, .bool(images.count > 1)),
            (Name.validDays, .optional(product.validDays.map { String($0) })), (Name.faq, .list(faq)),
            (Name.headings, headings(text.headings)), (Name.related, .list(related.map { card($0) })),
            (Name.hasFaq, .bool(!faq.isEmpty)), (Name.hasRelated, .bool(!related.isEmpty)),
            (Name.hasHeadings, .bool(text.headings.count > 1)),
        ]
        return .record(Record(formFields(product) + own))
    }

    func headings(_ headings: [Heading]) -> Value {
        .list(headings.map { .record([Name.id: .text($0.id), Name.title: .text($0.title)]) })
    }
}
