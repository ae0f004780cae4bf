/// Reads everything, then checks what no single file can know: unique SKUs, related products, topics, time.
struct CatalogueLoader {
    let folder: ShopFolder
    let now: Int64
    let drafts: Bool
    /// What an earlier load noted; of files that look as they did then it takes its word.
    var known: ContentSources?
    var profile: Profile?

    func load() throws(Diagnostics) -> Catalogue { try loadWithSources().catalogue }

    /// The catalogue, and what it was read from.
    func loadWithSources() throws(Diagnostics) -> SourcedCatalogue {
        let log = SourceLog(profile)
        let common = CatalogueLoader(folder: folder.logged(log), now: now, drafts: drafts)
        let (shop, doubts) = try Shop.read(common.folder, provisional: true)
        var diagnostics = doubts
        let settings = log.result
        let known = known.flatMap { $0.settings == settings.digest ? $0 : nil }
        let reading = ProductReading(folder: folder, shop: shop, known: known, profile: profile).read()
        diagnostics += reading.diagnostics
        let found = reading.found.map(\.found)
        let pages = common.texts("pages", shop, &diagnostics)
        let categories = common.texts("categories", shop, &diagnostics)
        let tags = common.texts("tags", shop, &diagnostics)
        let extras = ContentExtras(common.folder)
        diagnostics += extras.diagnostics
        refuseRepeatedSKUs(found, &diagnostics)
        refuseUnknownRelations(found, &diagnostics)
        refuseLinksToNothing(shop, found, &diagnostics)
        refuseUnknownSKUs(found, pages + categories + tags, &diagnostics)
        let redirects = redirects(found, pages, categories, tags, extras.redirects, &diagnostics)
        if diagnostics.contains(where: { $0.severity == .error }) { throw Diagnostics(diagnostics) }

        let shown = reading.found.filter { isVisible($0.found.product) }
        let visible = shown.map(\.found)
        let slugs = Set(visible.map(\.product.slug))
        let products = visible.map { $0.product.keeping(related: slugs) }
        let listed = visible.filter(\.product.isListed)
        let names = TopicNames(defaultLanguage: shop.defaultLanguage)
        let catalogue = Catalogue(
            shop: shop, products: products,
            pages: pages.filter(isVisible).map {
                Page(slug: $0.slug, order: $0.order, nav: $0.nav, texts: $0.texts, defaultLanguage: shop.defaultLanguage)
            },
            categories: names.topics(listed.compactMap { item in item.product.category.map { ($0, item.categoryName ?? $0) } }, categories),
            tags: names.topics(listed.flatMap { zip($0.product.tags, $0.tagNames).map { ($0, $1) } }, tags),
            redirects: redirects, data: extras.data, boughtTogether: extras.boughtTogether(products), moments: moments(found, pages),
            now: now,
            warnings: diagnostics.sorted())
        return SourcedCatalogue(
            catalogue: catalogue,
            sources: ContentSources(
                settings: settings.digest, others: log.result.entries, folders: reading.folders, products: reading.units,
                isClean: diagnostics.isEmpty),
            units: shown.map(\.unit), whole: shown.map(\.isWhole), folder: folder, visible: slugs, profile: profile)
    }

    fileprivate func texts(_ section: String, _ shop: Shop, _ diagnostics: inout [Diagnostic]) -> [PageReader.Found] {
        var scan = ContentScan(folder, root: "content/" + section, languages: shop.languages, anyScript: section != "pages")
        let units = scan.units()
        diagnostics += scan.diagnostics
        let reader = PageReader(shop: shop, folder: folder, section: section)
        var found: [PageReader.Found] = []
        for answer in parallelMap(units, { reader.read($0) }) {
            diagnostics += answer.diagnostics
            if let page = answer.found { found.append(page) }
        }
        return found.sorted { a, b in
            if a.order != b.order { return a.order < b.order }
            return a.slug.utf8.lexicographicallyPrecedes(b.slug.utf8)
        }
    }

    /// SKUs that differ in case only are too easily mistaken for each other.
    private func refuseRepeatedSKUs(_ found: [ProductReader.Found], _ diagnostics: inout [Diagnostic]) {
        var seen = Set<String>(minimumCapacity: found.count)
        guard !found.allSatisfy({ $0.skuPlaces.allSatisfy { seen.insert($0.text.lowercased()).inserted } }) else { return }
        var first: [String: SourceLocation] = [:]
        for place in found.flatMap(\.skuPlaces).sorted(by: { $0.location < $1.location }) {
            let key = place.text.lowercased()
            if let other = first[key] {
                diagnostics.append(
                    Diagnostic(
                        at: place.location, "the SKU “\(place.text)” is taken", hint: "it is first at \(other)", sourceLine: place.line))
            } else {
                first[key] = place.location
            }
        }
    }

    private func refuseUnknownRelations(_ found: [ProductReader.Found], _ diagnostics: inout [Diagnostic]) {
        let slugs = Set(found.map(\.product.slug))
        for item in found {
            for place in item.relatedPlaces where !slugs.contains(place.text) {
                let hint = Suggestion.nearest(place.text, among: slugs.sorted()).map { "did you mean “\($0)”?" }
                diagnostics.append(
                    Diagnostic(at: place.location, "there is no product “\(place.text)”", hint: hint, sourceLine: place.line))
            }
            for place in item.relatedPlaces where place.text == item.product.slug {
                diagnostics.append(Diagnostic(at: place.location, "a product is not related to itself", sourceLine: place.line))
            }
        }
    }

    /// A payment link takes money whether or not a page shows it, so what it sells must be something.
    private func refuseLinksToNothing(_ shop: Shop, _ found: [ProductReader.Found], _ diagnostics: inout [Diagnostic]) {
        let known = Set(found.flatMap { $0.product.variants.map(\.sku) })
        for account in shop.gateways {
            for sku in account.paymentLinks.keys.sorted() where !known.contains(sku) {
                let hint = Suggestion.nearest(sku, among: known.sorted()).map { "did you mean “\($0)”?" }
                diagnostics.append(
                    account.diagnostic("“payment_links” names the SKU “\(sku)”, which no product has", setting: "payment_links", hint: hint)
                )
            }
        }
    }

    private func refuseUnknownSKUs(_ found: [ProductReader.Found], _ pages: [PageReader.Found], _ diagnostics: inout [Diagnostic]) {
        var mentions: [SKUMention] = []
        for item in found { for text in item.product.texts.values { mentions += text.mentions } }
        for page in pages { for text in page.texts.values { mentions += text.body.mentions } }
        guard !mentions.isEmpty else { return }
        let skus = Set(found.flatMap { $0.skuPlaces.map(\.text) })
        for mention in mentions where !skus.contains(mention.sku) {
            let hint = Suggestion.nearest(mention.sku, among: skus.sorted()).map { "did you mean “\($0)”?" }
            diagnostics.append(
                Diagnostic(at: mention.location, "there is no SKU “\(mention.sku)”", hint: hint, sourceLine: mention.line))
        }
    }

    private func redirects(
        _ found: [ProductReader.Found], _ pages: [PageReader.Found], _ categories: [PageReader.Found], _ tags: [PageReader.Found],
        _ written: [RedirectReader.Found], _ diagnostics: inout [Diagnostic]
    ) -> [Redirect] {
        // Most shops have none, and a table of all addresses costs.
        guard
            !written.isEmpty || found.contains(where: { !$0.aliases.isEmpty })
                || (pages + categories + tags).contains(where: { !$0.aliases.isEmpty })
        else { return [] }
        let topics = (categories: Set(found.compactMap(\.product.category)), tags: Set(found.flatMap(\.product.tags)))
        let listed = found.filter { isVisible($0.product) && $0.product.isListed }
        let shown = (categories: Set(listed.compactMap(\.product.category)), tags: Set(listed.flatMap(\.product.tags)))
        func entries(_ section: String, _ slugs: Set<String>, _ shown: Set<String>, _ files: [PageReader.Found]) -> [RedirectTable.Entry] {
            let aliases = Dictionary(files.map { ($0.slug, $0.aliases) }) { first, _ in first }
            return slugs.union(aliases.keys).map {
                RedirectTable.Entry(address: "/\(section)/\($0)/", aliases: aliases[$0] ?? [], isVisible: shown.contains($0))
            }
        }
        let table = RedirectTable(
            entries: found.map {
                RedirectTable.Entry(address: "/products/\($0.product.slug)/", aliases: $0.aliases, isVisible: isVisible($0.product))
            }
                + pages.map { RedirectTable.Entry(address: "/pages/\($0.slug)/", aliases: $0.aliases, isVisible: isVisible($0)) }
                + entries("categories", topics.categories, shown.categories, categories) + entries("tags", topics.tags, shown.tags, tags),
            written: written)
        return table.redirects(&diagnostics)
    }

    private func isVisible(_ product: Product) -> Bool {
        product.time.exists(at: now, isDraft: product.status == .draft, drafts: drafts)
    }

    private func isVisible(_ page: PageReader.Found) -> Bool {
        page.time.exists(at: now, isDraft: page.isDraft, drafts: drafts)
    }

    /// When a product or page appears or goes, sorted.
    private func moments(_ found: [ProductReader.Found], _ pages: [PageReader.Found]) -> [Int64] {
        let products = found.flatMap { $0.product.time.changes(isDraft: $0.product.status == .draft, drafts: drafts) }
        return Set(products + pages.flatMap { $0.time.changes(isDraft: $0.isDraft, drafts: drafts) }).sorted()
    }
}

extension Product {
    fileprivate var time: Lifetime { Lifetime(publishAt: publishAt, expiresAt: expiresAt) }
}

extension ProductText {
    /// The SKUs that its body and answers name.
    package var mentions: [SKUMention] { faq.isEmpty ? body.mentions : body.mentions + faq.flatMap(\.answer.mentions) }
}
