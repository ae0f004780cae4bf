import Catalog

/// Which products a product page proposes.
extension Plan {
    /// Those its file names; else the four that follow it in its category, going round at the end.
    ///
    /// The places come from tables, so a page costs the same in a shop of any size.
    func related(_ index: Int, _ catalogue: Catalogue) -> [Int] {
        let product = catalogue.products[index]
        let named = product.related.compactMap { places[$0] }.filter { $0 != index && catalogue.products[$0].isListed }
        if !named.isEmpty { return named }
        guard let place = inCategoryPlace[index] else { return [] }
        let siblings = inCategory[place.category]
        return (1...4).filter { $0 < siblings.count }.map { siblings[(place.position + $0) % siblings.count] }
    }
}
