@testable import Catalog

/// What the tests' products are.
struct TestProduct {
    var sku: String
    var delivery: Product.Delivery = .single
    var price: Int64 = 10_000
    var cap: Int?
    var commission: [ExactRate]?
    var maximum = 10
    var low: Int?
}

extension Catalogue {
    /// A catalogue made in memory: `card`, `other` (single), `text` (shared), `made` (generated), unless told otherwise.
    static func test(
        _ products: [TestProduct] = [
            TestProduct(sku: "card"), TestProduct(sku: "other", price: 1999), TestProduct(sku: "text", delivery: .shared),
            TestProduct(sku: "made", delivery: .generated),
        ],
        levels: [Int64] = [1000, 500], holdDays: Int = 7, binding: PromoterTerms.Binding = .permanent, holdMinutes: Int = 15,
        limits: CheckoutLimits = CheckoutLimits(openHoldsPerAddress: 0, openHoldsPerMail: 0, checkoutsPerMinute: 0)
    ) -> Catalogue {
        let place = SourceLocation(path: "shop.yaml", line: 1, column: 1)
        let currency = Currency.cny
        let shop = Shop(
            name: "Test", url: "http://shop.test", languages: ["en", "zh-CN"], currency: currency,
            webhook: WebhookSettings(url: "http://hook.test", host: "127.0.0.1", port: 8080, database: "sqlite:x", trustedProxies: []),
            masterKeyFile: "master.key", mail: nil,
            gateways: ["bank", "till"].map { GatewayAccount(name: $0, kind: "sandbox", location: place) },
            promoters: PromoterTerms(
                levels: levels.compactMap { ExactRate(basisPoints: $0) }, holdDays: holdDays,
                minimumPayout: Money(minor: 5000, currency: currency), binding: binding, pages: .landing),
            stock: StockPolicy(holdMinutes: holdMinutes, low: 3), limits: limits, theme: "default", siteFolder: "site")
        return Catalogue(
            shop: shop, products: products.map { $0.product(currency) }, pages: [], categories: [], tags: [], nextChange: nil, warnings: [])
    }
}

extension Currency {
    static var cny: Currency {
        guard let currency = try? Currency(code: "CNY") else { return .cny }
        return currency
    }
}

extension TestProduct {
    fileprivate func product(_ currency: Currency) -> Product {
        Product(
            slug: sku, category: nil, tags: [],
            variants: [
                Variant(
                    sku: sku, titles: [:], price: Money(minor: price, currency: currency), compareAt: nil, tiers: [], defaultLanguage: "en")
            ],
            delivery: delivery, stock: ProductStock(low: low, cap: cap), quantity: QuantityLimits(minimum: 1, maximum: maximum),
            commission: commission, validDays: nil, images: [], related: [], order: 0, publishAt: nil, expiresAt: nil, status: .active,
            texts: [
                "en": ProductText(language: "en", title: "The \(sku)", path: "\(sku).md"),
                "zh-CN": ProductText(language: "zh-CN", title: "商品 \(sku)", path: "\(sku).zh.md"),
            ], defaultLanguage: "en")
    }
}
