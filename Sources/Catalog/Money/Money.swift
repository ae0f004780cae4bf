/// An exact amount: whole minor units of one currency. There is no floating point anywhere near it.
package struct Money: Hashable, Sendable, CustomStringConvertible {
    /// Minor units (fen, cents, yen …).
    package let minor: Int64
    package let currency: Currency

    package init(minor: Int64, currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    /// Reads `^\d{1,12}(\.\d{1,3})?$` and scales it exactly.
    ///
    /// - Parameter text: ASCII digits, at most as many decimals as the currency has; no sign, exponent, comma, space.
    /// - Throws: ``CatalogError`` `.amount`.
    package init(text: String, currency: Currency) throws(CatalogError) {
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...12).contains(whole.count), parts.count <= 2, whole.allSatisfy(isDigit),
            parts.count == 1 || ((1...3).contains(parts[1].count) && parts[1].allSatisfy(isDigit))
        else {
            throw CatalogError(
                .amount, "“\(text)” is not an amount", hint: "write digits with a point, e.g. \"\(Self.example(currency))\"")
        }
        let decimals = parts.count == 2 ? Array(parts[1]) : []
        guard decimals.count <= currency.exponent else {
            let most = currency.exponent == 0 ? "no decimals" : "at most \(currency.exponent) decimals"
            throw CatalogError(.amount, "“\(text)” has too many decimals: \(currency.code) has \(most)")
        }
        var minor: Int64 = 0
        for digit in whole + decimals { minor = minor * 10 + Int64(digit - UInt8(ascii: "0")) }
        for _ in decimals.count..<currency.exponent { minor *= 10 }
        self.init(minor: minor, currency: currency)
    }

    /// With all decimals of the currency, a point, no grouping: `68.00`, `-5`, `1.250`. The inverse of reading.
    package var decimalText: String {
        let digits = String(minor.magnitude)
        let sign = minor < 0 ? "-" : ""
        guard currency.exponent > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
        return sign + padded.dropLast(currency.exponent) + "." + padded.suffix(currency.exponent)
    }

    /// `68.00 CNY`
    package var description: String { "\(decimalText) \(currency.code)" }

    private static func example(_ currency: Currency) -> String {
        currency.exponent == 0 ? "68" : "68." + String(repeating: "0", count: currency.exponent)
    }
}

/// Whether `byte` is one of `0`…`9`.
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
