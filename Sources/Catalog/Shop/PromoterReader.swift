/// `promoters:` → ``PromoterTerms``.
struct PromoterReader {
    let report: Report
    let currency: Currency

    /// Without the section nobody earns; with it, what it leaves out is 10 % and 5 %, 7 days, no minimum, permanent, landing pages.
    func read(_ fields: Fields) -> PromoterTerms {
        guard let terms = fields.fields("promoters", known: ["levels", "hold_days", "minimum_payout", "binding", "pages"]) else {
            return PromoterTerms(
                levels: [], holdDays: 7, minimumPayout: Money(minor: 0, currency: currency), binding: .permanent, pages: .none)
        }
        let levels = terms.has("levels") ? Self.rates("levels", terms) ?? [] : [1000, 500].compactMap { ExactRate(basisPoints: $0) }
        let currency = currency
        let payout = terms.value("minimum_payout") { text throws(CatalogError) in try Money(text: text, currency: currency) }
        return PromoterTerms(
            levels: levels, holdDays: terms.integer("hold_days", 0...365) ?? 7,
            minimumPayout: payout ?? Money(minor: 0, currency: currency),
            binding: terms.value("binding") { text throws(CatalogError) in try Self.binding(text) } ?? .permanent,
            pages: terms.choice("pages", PromoterTerms.Pages.self) ?? .landing)
    }

    /// Rates by level: at most three, together at most 100 %.
    static func rates(_ key: String, _ fields: Fields) -> [ExactRate]? {
        guard fields.has(key) else { return nil }
        var rates: [ExactRate] = []
        let texts = fields.texts(key, single: true)
        for text in texts {
            do { rates.append(try ExactRate(text: text.text)) } catch { fields.report.error(text.mark, error) }
        }
        if texts.count > 3 {
            fields.report.error(texts[3].mark, "“\(key)” has more than 3 levels", hint: "commissions go at most three levels up")
        }
        if texts.count <= 3, rates.reduce(0, { $0 + $1.basisPoints }) > 10_000 {
            fields.report.error(fields.keyMark(key), "“\(key)” add up to more than 100%")
        }
        return rates
    }

    private static func binding(_ text: String) throws(CatalogError) -> PromoterTerms.Binding {
        switch text {
        case "permanent": return .permanent
        case "first": return .first
        case "last": return .last
        default:
            if text.hasPrefix("window:"), text.hasSuffix("d"), let days = Int(text.dropFirst(7).dropLast()), (1...3650).contains(days) {
                return .window(days: days)
            }
            throw CatalogError(.binding, "“\(text)” is not a binding", hint: "one of: permanent, first, last, window:30d")
        }
    }
}
