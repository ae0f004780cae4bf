package import Catalog

/// Amounts as PayPal writes them: decimal text of the major unit, with its own list of currencies without decimals
/// (developer.paypal.com/reference/currency-codes).
package enum PayPalAmount {
    /// ISO 4217 gives these two decimals; PayPal takes none.
    private static let whole: Set<String> = ["HUF", "TWD"]

    /// `{"currency_code", "value"}` as JSON has it; nil when it is not an amount of a currency that we know.
    static func money(_ amount: JSON?) -> Money? {
        guard let code = amount?["currency_code"]?.text, let value = amount?["value"]?.text, let currency = try? Currency(code: code)
        else { return nil }
        return try? Money(text: value, currency: currency)
    }

    /// `19.99`, `1500` (JPY), `300` (TWD). Throws `refused` for nothing, for a part of a forint or Taiwan dollar, and for
    /// currencies that PayPal cannot have.
    package static func value(_ money: Money) throws(PaymentError) -> String {
        let currency = money.currency
        guard money.minor > 0 else { throw PaymentError(.refused, "an amount of nothing cannot be paid or refunded") }
        guard currency.exponent == 2 || currency.code == "JPY" else {
            throw PaymentError(.refused, "PayPal does not take \(currency.code)", hint: "sell in another currency over this account")
        }
        guard whole.contains(currency.code) else { return money.decimalText }
        guard money.minor.isMultiple(of: currency.scale) else {
            throw PaymentError(.refused, "PayPal takes \(currency.code) without decimals", hint: "round the price to a whole one")
        }
        return String(money.minor / currency.scale)
    }

    static func json(_ money: Money) throws(PaymentError) -> JSON {
        .object(["currency_code": .text(money.currency.code), "value": .text(try value(money))])
    }
}
