import Catalog
import Templates

/// Whether a product's prices are the same for people, for search engines and for programs: in the page's text and microdata,
/// in its JSON-LD, and in `catalog.json`. What the product's file says is right.
struct PriceRule: Sendable {
    /// The price in minor units by SKU, as `catalog.json` has it.
    private let listed: [String: String]
    private let hasList: Bool

    /// - Parameter catalog: the bytes of `catalog.json`; nil when the site has none.
    init(catalog: [UInt8]?) {
        var listed: [String: String] = [:]
        let value = catalog.flatMap { try? Value(json: $0, path: "catalog.json") }
        for product in value?["products"]?.items ?? [] {
            for variant in product["variants"]?.items ?? [] {
                if let sku = variant["sku"]?.plain { listed[sku] = variant["priceMinor"]?.plain ?? "" }
            }
        }
        self.listed = listed
        hasList = value != nil
    }

    /// What `catalog.json` says otherwise than the product's file.
    func findings(_ product: Product, _ origin: PageOrigin) -> [CheckFinding] {
        guard hasList, product.isListed else { return [] }
        return product.variants.compactMap { variant in
            guard listed[variant.sku] != String(variant.price.minor) else { return nil }
            let said = listed[variant.sku].map { "catalog.json says \($0)" } ?? "catalog.json does not have it"
            return finding(product, "the price of “\(variant.sku)” is \(variant.price.minor) minor units; \(said)", [], origin)
        }
    }

    /// What a product's page in one language says otherwise than the product's file.
    func findings(_ product: Product, _ page: CheckedPage, language: String, _ origin: PageOrigin) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        let offers = page.facts.data.flatMap { data in Self.offers(data.json) }
        if offers.isEmpty, let place = page.facts.data.first?.place ?? Optional(page.facts.start) {
            findings.append(
                origin.finding(
                    "price.data", "the page has no JSON-LD offer", hint: "write {{{page.jsonld}}} into its head", place, on: page.path))
        }
        let text = page.facts.text.filter { !$0.isWhitespace }
        for variant in product.variants {
            let right = variant.price.decimalText
            if let offer = offers.first(where: { $0.sku == variant.sku }) {
                if offer.price != right || offer.currency != variant.price.currency.code {
                    let said = "\(offer.price) \(offer.currency)"
                    findings.append(
                        finding(
                            product, "JSON-LD says \(said) for “\(variant.sku)”; it costs \(right) \(variant.price.currency.code)",
                            [page.path], origin))
                }
            } else if !offers.isEmpty {
                findings.append(finding(product, "JSON-LD has no offer for “\(variant.sku)”", [page.path], origin))
            }
            let shown = variant.price.display(language)
            if product.isForSale, !text.contains(shown.filter { !$0.isWhitespace }) {
                findings.append(
                    origin.finding(
                        "price.text", "the page does not show “\(shown)”, the price of “\(variant.sku)”",
                        hint: "write {{price.text}} for each of its variants",
                        page.facts.start, on: page.path))
            }
        }
        let prices = Set(product.variants.map(\.price.decimalText))
        for said in page.facts.microdata where !prices.contains(said.price) {
            findings.append(
                origin.finding("price.text", "microdata says \(said.price), which is no price of this product", said.place, on: page.path))
        }
        return findings
    }

    /// Said at the price in the product's own file.
    private func finding(_ product: Product, _ message: String, _ pages: [String], _ origin: PageOrigin) -> CheckFinding {
        // No language has an empty name, so this is the text in the shop's first one, whose file has the price.
        let path = product.text("").path
        let found = origin.find(["price:", "variants:"], in: path)
        return CheckFinding(
            "price.differs",
            Diagnostic(at: found?.location ?? SourceLocation(path: path, line: 1, column: 1), message, sourceLine: found?.line),
            pages: pages)
    }

    private struct Offer {
        var sku: String
        var price: String
        var currency: String
    }

    /// The offers of the products in a JSON-LD text.
    private static func offers(_ json: String) -> [Offer] {
        guard let value = try? Value(json: Array(json.utf8), path: "json-ld") else { return [] }
        let nodes = value["@graph"]?.items ?? value.items
        return nodes.filter { $0["@type"]?.plain == "Product" || $0["@type"]?.plain == "ProductGroup" }.flatMap { product in
            (product["offers"]?.items ?? []).flatMap { $0["offers"]?.items ?? [$0] }.map { offer in
                Offer(
                    sku: offer["sku"]?.plain ?? product["sku"]?.plain ?? "", price: offer["price"]?.plain ?? "",
                    currency: offer["priceCurrency"]?.plain ?? "")
            }
        }
    }
}

extension Value {
    /// A field of a record.
    fileprivate subscript(name: String) -> Value? {
        if case .record(let record) = self { record[Key(name)] } else { nil }
    }

    /// The items of a list; a single value is a list of itself, as JSON-LD has it.
    fileprivate var items: [Value] {
        if case .list(let items) = self { items } else { [self] }
    }

    fileprivate var plain: String? {
        switch self {
        case .text(let text), .number(let text): text
        default: nil
        }
    }
}
