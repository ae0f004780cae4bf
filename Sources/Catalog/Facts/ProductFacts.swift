/// What a product's files say beyond its texts' HTML, as bytes that are quickly read again.
///
/// These are the *facts* that other pages may show: titles, prices, topics, pictures, dates. Bodies, answers and headings are
/// not among them; who renders the product's own page reads its files again (``ProductSource``). Files that its texts lead to
/// are kept as references without a place.
enum ProductFacts {
    static func encode(_ found: ProductReader.Found) -> [UInt8] {
        var out = FactsWriter()
        out.reserve(512)
        encode(found.product, to: &out)
        out.write(found.categoryName) { $0.write($1) }
        out.write(found.tagNames) { $0.write($1) }
        out.write(found.skuPlaces.map(\.text)) { $0.write($1) }
        out.write(found.relatedPlaces.map(\.text)) { $0.write($1) }
        out.write(found.aliases.map(\.path)) { $0.write($1) }
        return out.bytes
    }

    static func decode(_ bytes: ArraySlice<UInt8>, shop: Shop) throws(FactsReader.Damage) -> ProductReader.Found {
        var input = FactsReader(bytes)
        let product = try decode(&input, shop: shop)
        let category = try input.optional { input throws(FactsReader.Damage) in try input.text() }
        let tags = try input.list { input throws(FactsReader.Damage) in try input.text() }
        let skus = try places(&input)
        let related = try places(&input)
        let aliases = try input.list { input throws(FactsReader.Damage) in Alias(path: try input.text(), location: nowhere, line: nil) }
        guard input.isAtEnd else { throw FactsReader.Damage() }
        return ProductReader.Found(
            product: product, categoryName: category, tagNames: tags, skuPlaces: skus, relatedPlaces: related, aliases: aliases)
    }

    /// Where they were written is not kept: when one of them turns out to be a mistake, everything is read again.
    private static func places(_ input: inout FactsReader) throws(FactsReader.Damage) -> [ProductReader.Place] {
        try input.list { input throws(FactsReader.Damage) in
            ProductReader.Place(text: try input.text(), location: nowhere, line: nil)
        }
    }

    private static let nowhere = SourceLocation(path: "", line: 1, column: 1)

    private static func encode(_ product: Product, to out: inout FactsWriter) {
        out.write(product.slug)
        out.write(product.category) { $0.write($1) }
        out.write(product.tags) { $0.write($1) }
        out.write(product.variants, encode)
        out.write(product.delivery.rawValue)
        out.write(product.stock.low) { $0.write($1) }
        out.write(product.stock.cap) { $0.write($1) }
        out.write(product.quantity.minimum)
        out.write(product.quantity.maximum)
        out.write(product.commission) { out, rates in out.write(rates) { $0.write(Int($1.basisPoints)) } }
        out.write(product.validDays) { $0.write($1) }
        out.write(product.images) { out, image in
            out.write(image.path)
            out.write(image.width) { $0.write($1) }
            out.write(image.height) { $0.write($1) }
        }
        out.write(product.related) { $0.write($1) }
        out.write(product.order)
        out.write(product.publishAt) { $0.write(Int($1)) }
        out.write(product.expiresAt) { $0.write(Int($1)) }
        out.write(product.status.rawValue)
        out.write(product.texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value), encode)
    }

    private static func decode(_ input: inout FactsReader, shop: Shop) throws(FactsReader.Damage) -> Product {
        let slug = try input.text()
        let category = try input.optional { input throws(FactsReader.Damage) in try input.text() }
        let tags = try input.list { input throws(FactsReader.Damage) in try input.text() }
        let variants = try input.list { input throws(FactsReader.Damage) in try variant(&input, shop) }
        guard let delivery = Product.Delivery(rawValue: try input.text()) else { throw FactsReader.Damage() }
        let stock = ProductStock(low: try number(&input), cap: try number(&input))
        let quantity = QuantityLimits(minimum: try input.int(), maximum: try input.int())
        let commission = try input.optional { input throws(FactsReader.Damage) in
            try input.list { input throws(FactsReader.Damage) in
                guard let rate = ExactRate(basisPoints: Int64(try input.int())) else { throw FactsReader.Damage() }
                return rate
            }
        }
        let validDays = try number(&input)
        let images = try input.list { input throws(FactsReader.Damage) in
            Image(path: try input.text(), width: try number(&input), height: try number(&input))
        }
        let related = try input.list { input throws(FactsReader.Damage) in try input.text() }
        let order = try input.int()
        let publishAt = try number(&input).map(Int64.init)
        let expiresAt = try number(&input).map(Int64.init)
        guard let status = Product.Status(rawValue: try input.text()) else { throw FactsReader.Damage() }
        var texts: [String: ProductText] = [:]
        for text in try input.list({ input throws(FactsReader.Damage) in try self.text(&input) }) { texts[text.language] = text }
        return Product(
            slug: slug, category: category, tags: tags, variants: variants, delivery: delivery, stock: stock, quantity: quantity,
            commission: commission, validDays: validDays, images: images, related: related, order: order, publishAt: publishAt,
            expiresAt: expiresAt, status: status, texts: texts, defaultLanguage: shop.defaultLanguage)
    }

    private static func number(_ input: inout FactsReader) throws(FactsReader.Damage) -> Int? {
        try input.optional { input throws(FactsReader.Damage) in try input.int() }
    }
}

// MARK: Variants and texts

extension ProductFacts {
    private static func encode(_ out: inout FactsWriter, _ variant: Variant) {
        out.write(variant.sku)
        out.write(variant.titles.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) { out, title in
            out.write(title.key)
            out.write(title.value)
        }
        out.write(Int(variant.price.minor))
        out.write(variant.compareAt) { $0.write(Int($1.minor)) }
        out.write(variant.tiers) { out, tier in
            out.write(tier.quantity)
            out.write(Int(tier.price.minor))
        }
    }

    private static func variant(_ input: inout FactsReader, _ shop: Shop) throws(FactsReader.Damage) -> Variant {
        func money(_ input: inout FactsReader) throws(FactsReader.Damage) -> Money {
            Money(minor: Int64(try input.int()), currency: shop.currency)
        }
        let sku = try input.text()
        var titles: [String: String] = [:]
        for _ in 0..<(try input.number()) {
            let language = try input.text()
            titles[language] = try input.text()
        }
        let price = try money(&input)
        let compareAt = try input.optional { input throws(FactsReader.Damage) in try money(&input) }
        let tiers = try input.list { input throws(FactsReader.Damage) in
            Variant.Tier(quantity: try input.int(), price: try money(&input))
        }
        return Variant(sku: sku, titles: titles, price: price, compareAt: compareAt, tiers: tiers, defaultLanguage: shop.defaultLanguage)
    }

    private static func encode(_ out: inout FactsWriter, _ text: ProductText) {
        out.write(text.language)
        out.write(text.title)
        out.write(text.summary)
        out.write(text.imageTexts) { $0.write($1) }
        out.write(text.path)
        let references = text.body.references + text.faq.flatMap(\.answer.references)
        out.write(references.filter { $0.path.hasPrefix("content/") }) { out, reference in
            out.write(reference.kind == .image)
            out.write(reference.path)
        }
        out.write(text.mentions.map(\.sku)) { $0.write($1) }
    }

    private static func text(_ input: inout FactsReader) throws(FactsReader.Damage) -> ProductText {
        let language = try input.text()
        let title = try input.text()
        let summary = try input.text()
        let imageTexts = try input.list { input throws(FactsReader.Damage) in try input.text() }
        let path = try input.text()
        let references = try input.list { input throws(FactsReader.Damage) in
            Prose.Reference(kind: try input.flag() ? .image : .link, path: try input.text(), suffix: "", range: 0..<0)
        }
        let mentions = try input.list { input throws(FactsReader.Damage) in SKUMention(sku: try input.text(), location: nowhere, line: nil)
        }
        return ProductText(
            language: language, title: title, summary: summary, body: Prose(references: references, mentions: mentions), faq: [],
            imageTexts: imageTexts, path: path)
    }
}
