import Catalog

/// One product of a test's shop, with one variant.
struct TestProduct: Sendable {
    var sku: String
    var delivery: Product.Delivery = .single
    /// Minor units.
    var price: Int64 = 10_000
    /// Uses of a shared text.
    var cap: Int?
    /// Its own rate of level 1, as written.
    var commission: String?
}

/// What a test's shop is to be; written out as the files of a shop folder and read by the real reader.
struct ShopRecipe: Sendable {
    var products: [TestProduct]
    var levels: [String]
    var holdDays: Int
    var binding: String
    var holdsPerAddress: Int
    var holdsPerMail: Int

    /// `card`, `other` (single), `text` (shared) and `made` (generated), two levels, no limits, unless told otherwise.
    static func test(
        _ products: [TestProduct] = [
            TestProduct(sku: "card"), TestProduct(sku: "other", price: 1999), TestProduct(sku: "text", delivery: .shared),
            TestProduct(sku: "made", delivery: .generated),
        ],
        levels: [String] = ["10%", "5%"], holdDays: Int = 7, binding: String = "permanent", holdsPerAddress: Int = 0, holdsPerMail: Int = 0
    ) -> ShopRecipe {
        ShopRecipe(
            products: products, levels: levels, holdDays: holdDays, binding: binding, holdsPerAddress: holdsPerAddress,
            holdsPerMail: holdsPerMail)
    }

    func catalogue() throws -> Catalogue {
        var files = ["shop.yaml": shop]
        for product in products {
            files["content/products/\(product.sku).md"] = product.file
            files["content/products/\(product.sku).zh.md"] = "---\ntitle: 商品 \(product.sku)\n---\n"
        }
        return try Catalogue.load(files: files, now: TestShop.start)
    }

    private var shop: String {
        """
        name: Test
        url: http://shop.test
        languages: [en, zh-CN]
        currency: CNY
        webhook: {url: "http://hook.test", listen: "127.0.0.1:8080", database: "sqlite:books.db"}
        secrets: {master_key_file: master.key}
        gateways:
          bank: {kind: sandbox}
          till: {kind: sandbox}
        promoters: {levels: [\(levels.map { "\"\($0)\"" }.joined(separator: ", "))], hold_days: \(holdDays), binding: \(binding)}
        stock: {hold_minutes: 15, low: 3}
        limits: {open_holds_per_address: \(holdsPerAddress), open_holds_per_mail: \(holdsPerMail), checkouts_per_minute: 0}
        """
    }
}

extension TestProduct {
    fileprivate var file: String {
        var lines = ["---", "title: The \(sku)", "sku: \(sku)", "price: \"\(price / 100).\(price % 100 < 10 ? "0" : "")\(price % 100)\""]
        lines.append("delivery: \(delivery.rawValue)")
        if let cap { lines.append("stock: {cap: \(cap)}") }
        if let commission { lines.append("commission: [\"\(commission)\"]") }
        return (lines + ["---", "Text.", ""]).joined(separator: "\n")
    }
}
