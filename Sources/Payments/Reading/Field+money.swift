import Catalog

extension Field {
    /// An amount of yuan as text (`68.00`, `68`, `9.9`); nil for a sign, an exponent, a blank, a comma, a third decimal, or
    /// digits that are not ASCII.
    static func yuan(_ text: String?) -> Money? {
        guard let text, let currency = try? Currency(code: "CNY") else { return nil }
        return try? Money(text: text, currency: currency)
    }
}
