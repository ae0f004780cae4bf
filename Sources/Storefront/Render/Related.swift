import Catalog

/// Which products a product page proposes.
extension Plan {
    /// How many, unless the product's file names them.
    private static let proposals = 4
    /// A tag that more products carry says nothing about any of them.
    private static let tooCommon = 200

    /// Those its file names; else those bought together with it, those that share most tags with it, and those that follow it in its
    /// category, going round at the end. Equals come in the catalogue's order; what is not listed or not for sale is not proposed.
    ///
    /// The places come from tables, so a page costs the same in a shop of any size.
    func related(_ index: Int, _ catalogue: Catalogue) -> [Int] {
        let product = catalogue.products[index]
        let named = product.related.compactMap { places[$0] }.filter { $0 != index && catalogue.products[$0].isListed }
        if !named.isEmpty { return named }
        var found: [Int] = []
        func add(_ place: Int) {
            guard found.count < Self.proposals, place != index, !found.contains(place) else { return }
            if catalogue.products[place].isListed, catalogue.products[place].isForSale { found.append(place) }
        }
        if !catalogue.boughtTogether.isEmpty {
            for place in (catalogue.boughtTogether[product.slug] ?? []).compactMap({ places[$0] }) { add(place) }
        }
        for place in sharingTags(product) { add(place) }
        if found.count < Self.proposals, let place = inCategoryPlace[index] {
            let siblings = inCategory[place.category]
            for step in 1..<max(2, min(siblings.count, 2 * Self.proposals)) { add(siblings[(place.position + step) % siblings.count]) }
        }
        return found
    }

    /// The products with the product's rarer tags, those with most of them first.
    private func sharingTags(_ product: Product) -> [Int] {
        let lists = product.tags.compactMap { tagPlaces[$0] }.map { inTag[$0] }.filter { $0.count <= Self.tooCommon }
        guard !lists.isEmpty else { return [] }
        var counts: [Int: Int] = [:]
        for list in lists { for place in list { counts[place, default: 0] += 1 } }
        return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map(\.key)
    }
}
