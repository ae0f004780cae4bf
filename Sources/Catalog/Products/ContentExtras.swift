/// What lies beside the texts: redirects, data, sales.
struct ContentExtras {
    let redirects: [RedirectReader.Found]
    let data: DataValue
    let pairs: [BoughtTogether.Pair]
    let diagnostics: [Diagnostic]

    init(_ folder: ShopFolder) {
        let redirects = RedirectReader.read(folder)
        let data = DataReader(folder: folder).read()
        let sales = BoughtTogether.read(folder)
        self.redirects = redirects.found
        self.data = data.data
        pairs = sales.pairs
        diagnostics = redirects.diagnostics + data.diagnostics + sales.diagnostics
    }

    /// For the slug of each product those of the others bought with it, the most often first, then in the catalogue's order.
    func boughtTogether(_ products: [Product]) -> [String: [String]] {
        guard !pairs.isEmpty else { return [:] }
        var places: [String: Int] = [:]
        for (index, product) in products.enumerated() { for variant in product.variants { places[variant.sku] = index } }
        var counts: [Int: [Int: Int]] = [:]
        for pair in pairs {
            guard let first = places[pair.first], let second = places[pair.second], first != second else { continue }
            counts[first, default: [:]][second, default: 0] &+= pair.count
            counts[second, default: [:]][first, default: 0] &+= pair.count
        }
        var together: [String: [String]] = [:]
        for (index, others) in counts {
            together[products[index].slug] = others.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
                .map { products[$0.key].slug }
        }
        return together
    }
}
