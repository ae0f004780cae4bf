import Catalog

extension Cell {
    /// `68.00`; the bare number of minor units for a currency that this version does not know.
    static func decimal(_ minor: Int64, _ currency: String) -> String {
        guard let known = try? Currency(code: currency) else { return String(minor) }
        return Money(minor: minor, currency: known).decimalText
    }
}
