extension Money {
    /// As a buyer reads it in `language`: `¥68.00`, `$1,299.00`, `US$19.99`, `CHF 12.00`, `JP¥1,200`.
    ///
    /// The sign of a dollar or yen says whose it is, unless the readers of the language would take it for granted;
    /// a currency without a sign of its own stands by its code.
    package func display(_ language: String) -> String {
        let amount = Money(minor: minor < 0 ? (minor == .min ? .max : -minor) : minor, currency: currency)
        let parts = amount.decimalText.split(separator: ".")
        let whole = Self.grouped(parts.first.map(String.init) ?? "0")
        let digits = parts.count == 2 ? "\(whole).\(parts[1])" : whole
        return (minor < 0 ? "-" : "") + Self.sign(of: currency, language: language) + digits
    }

    private static func sign(of currency: Currency, language: String) -> String {
        let chinese = Language.primary(language) == "zh"
        switch currency.code {
        case "CNY": return "¥"
        case "JPY": return Language.primary(language) == "ja" ? "¥" : "JP¥"
        case "USD": return chinese ? "US$" : "$"
        case "EUR": return "€"
        case "GBP": return "£"
        case "KRW": return "₩"
        case "INR": return "₹"
        case "VND": return "₫"
        case "HKD": return "HK$"
        case "TWD": return "NT$"
        case "CAD": return "CA$"
        case "AUD": return "A$"
        case "NZD": return "NZ$"
        default: return currency.code + "\u{A0}"
        }
    }

    /// Commas between groups of three.
    private static func grouped(_ digits: String) -> String {
        var out = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        return out
    }
}
