/// A variant as written, before all of its texts are known.
struct Offer {
    let sku: YAMLNode.Scalar
    var titles: [String: String]
    let price: Money?
    let compareAt: Money?
    let tiers: [Variant.Tier]

    /// nil when its price was refused.
    func variant(_ defaultLanguage: String) -> Variant? {
        price.map {
            Variant(sku: sku.text, titles: titles, price: $0, compareAt: compareAt, tiers: tiers, defaultLanguage: defaultLanguage)
        }
    }
}

/// `price`, `sku`, `variants`, … → what can be bought.
struct OfferReader {
    private static let variantKeys = ["sku", "title", "price", "compare_at", "tiers"]
    let report: Report
    let shop: Shop
    let slug: String

    /// One offer for a product without `variants`; else one for each of them.
    func read(_ fields: Fields) -> [Offer] {
        if let code = fields.scalar("currency"), code.text != shop.currency.code {
            report.error(code.mark, "the shop's currency is \(shop.currency.code)", hint: "all prices are in the currency of shop.yaml")
        }
        guard fields.has("variants") else {
            return offer(fields, standard: YAMLNode.Scalar(text: slug, plain: true, mark: fields.mark), priceNeeded: true).map { [$0] }
                ?? []
        }
        if fields.has("sku") { report.error(fields.keyMark("sku"), "“sku” belongs to each variant", hint: "move it into “variants”") }
        let items = fields.list("variants")
        if items.isEmpty, fields["variants"].map({ $0.scalar?.text.isEmpty ?? true }) ?? false {
            report.error(fields.keyMark("variants"), "“variants” is empty", hint: "leave it out, or write a line “- sku: …” for each")
        }
        let standardPrice = price("price", fields)
        let standardCompare = price("compare_at", fields)
        return items.compactMap { item in
            guard let variant = Fields(item, "variants", known: Self.variantKeys, report: report) else { return nil }
            if items.count > 1 { _ = variant.text("title", required: true, hint: "what tells it from the others") }
            return offer(variant, standard: nil, priceNeeded: !fields.has("price"), price: standardPrice, compare: standardCompare)
        }
    }

    private func offer(
        _ fields: Fields, standard: YAMLNode.Scalar?, priceNeeded: Bool, price standardPrice: Money? = nil, compare: Money? = nil
    ) -> Offer? {
        if priceNeeded, !fields.has("price") { fields.missing("price", hint: "e.g. price: \"68.00\"") }
        let price = price("price", fields) ?? (fields.has("price") ? nil : standardPrice)
        let compareAt = self.price("compare_at", fields) ?? (fields.has("compare_at") ? nil : compare)
        if let price, let compareAt, compareAt.minor <= price.minor, let place = fields["compare_at"]?.mark {
            report.error(place, "“compare_at” is not more than the price", hint: "it is the former price; leave it out when there is none")
        }
        let tiers = tiers(fields, price)
        let title = standard == nil ? fields.text("title") : nil
        let written =
            standard == nil ? fields.scalar("sku", required: true, hint: "a name of its own, e.g. sku: \(slug)-1") : fields.scalar("sku")
        guard let sku = written ?? standard else { return nil }
        guard Self.isSKU(sku.text) else {
            report.error(sku.mark, "“\(sku.text)” is not a SKU", hint: "use A-Z, a-z, 0-9, “.”, “_” and “-”, at most 64")
            return nil
        }
        return Offer(sku: sku, titles: title.map { [shop.defaultLanguage: $0] } ?? [:], price: price, compareAt: compareAt, tiers: tiers)
    }

    /// An amount in the shop's currency, more than nothing.
    private func price(_ key: String, _ fields: Fields) -> Money? {
        let currency = shop.currency
        guard let price = fields.value(key, { text throws(CatalogError) in try Money(text: text, currency: currency) }) else {
            if let scalar = fields[key]?.scalar, scalar.text.isEmpty { report.error(fields.keyMark(key), "“\(key)” is empty") }
            return nil
        }
        if price.minor == 0, let place = fields[key]?.mark {
            report.error(place, "“\(key)” must be more than 0")
            return nil
        }
        return price
    }

    /// Rising quantities with falling prices.
    private func tiers(_ fields: Fields, _ price: Money?) -> [Variant.Tier] {
        var tiers: [Variant.Tier] = []
        for item in fields.list("tiers") {
            guard let tier = Fields(item, "tiers", known: ["quantity", "price"], report: report) else { continue }
            if !tier.has("quantity") { tier.missing("quantity", hint: "from how many pieces on, e.g. quantity: 10") }
            if !tier.has("price") { tier.missing("price", hint: "of one piece, e.g. price: \"60.00\"") }
            guard let quantity = tier.integer("quantity", 2...1000), let each = self.price("price", tier) else { continue }
            if let last = tiers.last, quantity <= last.quantity {
                report.error(tier.keyMark("quantity"), "the quantities of “tiers” must rise")
            } else if let before = tiers.last?.price ?? price, each.minor >= before.minor {
                report.error(tier.keyMark("price"), "the prices of “tiers” must fall")
            } else {
                tiers.append(Variant.Tier(quantity: quantity, price: each))
            }
        }
        return tiers
    }

    /// `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`
    static func isSKU(_ text: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26 }
        guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
    }
}
