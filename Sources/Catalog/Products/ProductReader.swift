/// One product's files → ``Product``.
struct ProductReader {
    static let keys = [
        "title", "summary", "category", "tags", "sku", "price", "currency", "compare_at", "variants", "delivery", "stock", "limits",
        "commission", "tiers", "valid_days", "images", "image_texts", "related", "order", "status", "publish_at", "expires_at", "faq",
        "aliases",
    ]
    let shop: Shop
    let folder: ShopFolder

    /// A product and what the whole catalogue still has to check about it.
    struct Found: Sendable {
        let product: Product
        let categoryName: String?
        let tagNames: [String]
        let skuPlaces: [Place]
        let relatedPlaces: [Place]
        /// Old addresses that lead to it.
        let aliases: [Alias]
    }

    /// A name, where it was written, and that line.
    struct Place: Sendable {
        let text: String
        let location: SourceLocation
        let line: String?
    }

    func read(_ unit: ContentUnit) -> (found: Found?, diagnostics: [Diagnostic]) {
        let opened = ContentOpener(folder: folder).open(unit.path)
        guard let report = opened.report else { return (nil, opened.mistakes) }
        guard let matter = opened.matter, let fields = Fields(matter.node, known: Self.keys, report: report) else {
            return (nil, report.diagnostics)
        }
        let titles = TranslationReader(shop: shop, folder: folder)
        let title = fields.text("title", required: true, hint: "what buyers call it")
        let images = ImageReader(report: report, folder: folder, base: unit.folder).read(fields)
        let faq = FAQReader(report: report, folder: folder, base: unit.folder, lineOffset: 1).read(fields)
        let context = MarkdownContext(report: report, lineOffset: matter.bodyLineOffset, base: unit.folder, folder: folder)
        let body = MarkdownRenderer(context).render(matter.body)
        let main = ProductText(
            language: shop.defaultLanguage, title: title ?? "", summary: fields.text("summary") ?? "", body: body, faq: faq,
            imageTexts: images.map { $0.text ?? title ?? "" }, path: unit.path)
        var offers = OfferReader(report: report, shop: shop, slug: unit.slug).read(fields)
        var diagnostics: [Diagnostic] = []
        var texts = [shop.defaultLanguage: main]
        for translation in unit.translations {
            let read = titles.read(translation, base: unit.folder, main: main, skus: offers.map(\.sku.text))
            diagnostics += read.diagnostics
            if let text = read.text { texts[translation.language] = text }
            for (sku, name) in read.variantTitles {
                for index in offers.indices where offers[index].sku.text == sku { offers[index].titles[translation.language] = name }
            }
        }
        let found = assemble(unit, fields, title, offers, images.map(\.image), texts)
        return (found, report.diagnostics + diagnostics)
    }

    private func assemble(
        _ unit: ContentUnit, _ fields: Fields, _ title: String?, _ offers: [Offer], _ images: [Image], _ texts: [String: ProductText]
    ) -> Found? {
        let report = fields.report
        let category = fields.scalar("category").flatMap { topic($0, "category", report) }
        var tags: [(slug: String, name: String)] = []
        for text in fields.texts("tags", single: true) {
            guard let tag = topic(text, "tag", report), !tags.contains(where: { $0.slug == tag.slug }) else { continue }
            tags.append(tag)
        }
        let aliases = RedirectReader.aliases(fields, section: "products")
        let delivery = fields.choice("delivery", Product.Delivery.self) ?? .single
        let related = fields.texts("related", single: true)
        let time = Lifetime(fields)
        let variants = offers.compactMap { $0.variant(shop.defaultLanguage) }
        let settings = settings(fields, delivery)
        let product = Product(
            slug: unit.slug, category: category?.slug, tags: tags.map(\.slug), variants: variants, delivery: delivery,
            stock: settings.stock,
            quantity: settings.quantity, commission: commission(fields), validDays: fields.integer("valid_days", 1...36_500),
            images: images,
            related: related.map(\.text), order: fields.integer("order", -1_000_000...1_000_000) ?? 0, publishAt: time.publishAt,
            expiresAt: time.expiresAt, status: fields.choice("status", Product.Status.self) ?? .active, texts: texts,
            defaultLanguage: shop.defaultLanguage)
        guard title != nil, !variants.isEmpty else { return nil }
        let skuPlaces = offers.map { place($0.sku, report) }
        return Found(
            product: product, categoryName: category?.name, tagNames: tags.map(\.name), skuPlaces: skuPlaces,
            relatedPlaces: related.map { place($0, report) }, aliases: aliases)
    }

    private func settings(_ fields: Fields, _ delivery: Product.Delivery) -> (stock: ProductStock, quantity: QuantityLimits) {
        let report = fields.report
        let stock = fields.fields("stock", known: ["low", "cap"])
        let cap = stock?.integer("cap", 1...1_000_000_000)
        if cap != nil, delivery != .shared, let stock {
            report.error(stock.keyMark("cap"), "“cap” needs “delivery: shared”", hint: "other deliveries have as many buyers as keys")
        }
        let limits = fields.fields("limits", known: ["min", "max"])
        let minimum = limits?.integer("min", 1...1000) ?? 1
        let maximum = limits?.integer("max", 1...1000) ?? max(10, minimum)
        if let limits, maximum < minimum { report.error(limits.keyMark("max"), "“max” is less than “min”") }
        return (ProductStock(low: stock?.integer("low", 0...1_000_000), cap: cap), QuantityLimits(minimum: minimum, maximum: maximum))
    }

    private func commission(_ fields: Fields) -> [ExactRate]? {
        guard let rates = PromoterReader.rates("commission", fields) else { return nil }
        if rates.count > shop.promoters.levels.count {
            let levels = shop.promoters.levels.count
            fields.report.error(
                fields.keyMark("commission"), "“commission” has \(rates.count) levels, the shop has \(levels)",
                hint: "“levels” in shop.yaml says how far up commissions go")
        }
        return rates
    }

    private func topic(_ name: YAMLNode.Scalar, _ what: String, _ report: Report) -> (slug: String, name: String)? {
        let slug = Slug.make(name.text)
        if slug.isEmpty || slug.utf8.count > 120 {
            report.error(name.mark, "“\(name.text)” cannot name a \(what)", hint: "use letters and digits")
            return nil
        }
        return (slug, name.text)
    }

    private func place(_ scalar: YAMLNode.Scalar, _ report: Report) -> Place {
        let location = report.location(scalar.mark)
        return Place(text: scalar.text, location: location, line: report.source.line(location.line))
    }
}
