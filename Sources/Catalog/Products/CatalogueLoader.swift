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
        let pages = common.texts("content/pages", shop, isPage: true, &diagnostics)
        let categories = common.texts("content/categories", shop, isPage: false, &diagnostics)
        let tags = common.texts("content/tags", shop, isPage: false, &diagnostics)
        refuseRepeatedSKUs(found, &diagnostics)
        refuseUnknownRelations(found, &diagnostics)
        refuseLinksToNothing(shop, found, &diagnostics)
        if diagnostics.contains(where: { $0.severity == .error }) { throw Diagnostics(diagnostics) }

        let shown = reading.found.filter { isVisible($0.found.product) }
        let visible = shown.map(\.found)
        let slugs = Set(visible.map(\.product.slug))
        let products = visible.map { $0.product.keeping(related: slugs) }
        let listed = visible.filter(\.product.isListed)
        let names = TopicNames(defaultLanguage: shop.defaultLanguage)
        let catalogue = Catalogue(
            shop: shop, products: products,
            pages: pages.map { Page(slug: $0.slug, order: $0.order, nav: $0.nav, texts: $0.texts, defaultLanguage: shop.defaultLanguage) },
            categories: names.topics(listed.compactMap { item in item.product.category.map { ($0, item.categoryName ?? $0) } }, categories),
            tags: names.topics(listed.flatMap { zip($0.product.tags, $0.tagNames).map { ($0, $1) } }, tags),
            nextChange: nextChange(found.map(\.product)), warnings: diagnostics.sorted())
        return SourcedCatalogue(
            catalogue: catalogue,
            sources: ContentSources(
                settings: settings.digest, others: log.result.entries, folders: reading.folders, products: reading.units,
                isClean: diagnostics.isEmpty),
            units: shown.map(\.unit), whole: shown.map(\.isWhole), folder: folder, visible: slugs, profile: profile)
    }

    fileprivate func texts(_ root: String, _ shop: Shop, isPage: Bool, _ diagnostics: inout [Diagnostic]) -> [PageReader.Found] {
        var scan = ContentScan(folder, root: root, languages: shop.languages, anyScript: !isPage)
        let units = scan.units()
        diagnostics += scan.diagnostics
        let reader = PageReader(shop: shop, folder: folder, isPage: isPage)
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

    private func isVisible(_ product: Product) -> Bool {
        if let expiry = product.expiresAt, expiry <= now { return false }
        if drafts { return true }
        if product.status == .draft { return false }
        return product.publishAt.map { $0 <= now } ?? true
    }

    private func nextChange(_ products: [Product]) -> Int64? {
        var next: Int64?
        for product in products where drafts || product.status != .draft {
            for moment in [drafts ? nil : product.publishAt, product.expiresAt] {
                if let moment, moment > now, moment < next ?? .max { next = moment }
            }
        }
        return next
    }
}
