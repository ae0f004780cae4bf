/// Reads everything, then checks what no single file can know: unique SKUs, related products, topics, time.
struct CatalogueLoader {
    let folder: ShopFolder
    let now: Int64
    let drafts: Bool

    func load() throws(Diagnostics) -> Catalogue {
        let (shop, doubts) = try Shop.read(folder, provisional: true)
        var diagnostics = doubts
        let found = products(shop, &diagnostics)
        let pages = texts("content/pages", shop, isPage: true, &diagnostics)
        let categories = texts("content/categories", shop, isPage: false, &diagnostics)
        let tags = texts("content/tags", shop, isPage: false, &diagnostics)
        refuseRepeatedSKUs(found, &diagnostics)
        refuseUnknownRelations(found, &diagnostics)
        if diagnostics.contains(where: { $0.severity == .error }) { throw Diagnostics(diagnostics) }

        let visible = found.filter { isVisible($0.product) }
        let slugs = Set(visible.map(\.product.slug))
        let products = visible.map { $0.product.keeping(related: slugs) }
        let listed = visible.filter(\.product.isListed)
        let names = TopicNames(defaultLanguage: shop.defaultLanguage)
        return Catalogue(
            shop: shop, products: products,
            pages: pages.map { Page(slug: $0.slug, order: $0.order, nav: $0.nav, texts: $0.texts, defaultLanguage: shop.defaultLanguage) },
            categories: names.topics(listed.compactMap { item in item.product.category.map { ($0, item.categoryName ?? $0) } }, categories),
            tags: names.topics(listed.flatMap { zip($0.product.tags, $0.tagNames).map { ($0, $1) } }, tags),
            nextChange: nextChange(found.map(\.product)), warnings: diagnostics.sorted())
    }

    private func products(_ shop: Shop, _ diagnostics: inout [Diagnostic]) -> [ProductReader.Found] {
        var scan = ContentScan(folder, root: "content/products", languages: shop.languages)
        let units = scan.units()
        diagnostics += scan.diagnostics
        let reader = ProductReader(shop: shop, folder: folder)
        var found: [ProductReader.Found] = []
        for answer in parallelMap(units, { reader.read($0) }) {
            diagnostics += answer.diagnostics
            if let product = answer.found { found.append(product) }
        }
        return found.sorted { a, b in
            if a.product.order != b.product.order { return a.product.order < b.product.order }
            return a.product.slug.utf8.lexicographicallyPrecedes(b.product.slug.utf8)
        }
    }

    private func texts(_ root: String, _ shop: Shop, isPage: Bool, _ diagnostics: inout [Diagnostic]) -> [PageReader.Found] {
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
