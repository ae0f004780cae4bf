import Testing

@testable import Catalog

@Suite("Money")
struct MoneyTests {
    @Test(
        "Decimal text becomes minor units exactly, and back",
        arguments: [
            ("68.00", "CNY", Int64(6800), "68.00"), ("68", "CNY", 6800, "68.00"), ("0.1", "USD", 10, "0.10"), ("1200", "JPY", 1200, "1200"),
            ("1.25", "BHD", 1250, "1.250"), ("999999999999.999", "KWD", 999_999_999_999_999, "999999999999.999"),
            ("0.29", "EUR", 29, "0.29"),
        ])
    func exact(_ text: String, _ code: String, _ minor: Int64, _ back: String) throws {
        let money = try Money(text: text, currency: Currency(code: code))
        #expect(money.minor == minor)
        #expect(money.decimalText == back)
    }

    @Test(
        "Anything but plain digits and a point is refused",
        arguments: [
            "", " ", "-1", "+1", "1e2", "1,5", "1.", ".5", "1.2.3", "68.001", "１２", "12abc", "1 000", "0x10", "1234567890123", "1.5\n", "٣",
            "NaN",
            "1.5\u{301}",
        ])
    func refused(_ text: String) throws {
        let currency = try Currency(code: "CNY")
        #expect(throws: CatalogError.self) { try Money(text: text, currency: currency) }
    }

    @Test("A yen has no decimals")
    func yen() throws {
        let yen = try Currency(code: "JPY")
        let error = #expect(throws: CatalogError.self) { try Money(text: "5.0", currency: yen) }
        #expect(error?.message == "“5.0” has too many decimals: JPY has no decimals")
    }

    @Test(
        "Buyers read amounts in the way of their language",
        arguments: [
            ("CNY", Int64(6800), "en", "¥68.00"), ("CNY", 6800, "zh-CN", "¥68.00"), ("USD", 1999, "en", "$19.99"),
            ("USD", 1999, "zh-CN", "US$19.99"),
            ("JPY", 1200, "en", "JP¥1,200"), ("BHD", 1250, "en", "BHD\u{A0}1.250"), ("EUR", 123_456_789, "en", "€1,234,567.89"),
            ("CNY", -5, "en", "-¥0.05"), ("CNY", 0, "zh-CN", "¥0.00"),
        ])
    func display(_ code: String, _ minor: Int64, _ language: String, _ text: String) throws {
        #expect(Money(minor: minor, currency: try Currency(code: code)).display(language) == text)
    }

    @Test("The smallest number there is can be written")
    func extremes() throws {
        let yuan = try Currency(code: "CNY")
        #expect(Money(minor: .min, currency: yuan).decimalText == "-92233720368547758.08")
        #expect(Money(minor: .min, currency: yuan).display("en").hasPrefix("-¥92,233,720,368,547,758.0"))
    }

    @Test(
        "A rate is whole basis points",
        arguments: [
            ("10%", Int64(1000), "10%"), ("7.5%", 750, "7.5%"), ("0.25%", 25, "0.25%"), ("0%", 0, "0%"), ("100%", 10_000, "100%"),
            ("1.05%", 105, "1.05%"),
        ])
    func rates(_ text: String, _ points: Int64, _ back: String) throws {
        let rate = try ExactRate(text: text)
        #expect(rate.basisPoints == points)
        #expect(rate.description == back)
    }

    @Test("What is no rate is refused", arguments: ["10", "%", "-1%", "100.01%", "1000%", "1.234%", "1e1%", "１%", "10 %", "10%%", ""])
    func noRates(_ text: String) {
        #expect(throws: CatalogError.self) { try ExactRate(text: text) }
    }

    @Test("A share is rounded down, and right for every number")
    func shares() throws {
        #expect(try ExactRate(text: "10%").of(10_000) == 1000)
        #expect(try ExactRate(text: "5%").of(10_000) == 500)
        #expect(try ExactRate(text: "7.5%").of(133) == 9)
        #expect(try ExactRate(text: "33.33%").of(-100) == -33)
        #expect(try ExactRate(text: "100%").of(.max) == .max)
        #expect(try ExactRate(text: "99.99%").of(.max) < .max)
    }

    @Test(
        "A currency has the decimals of ISO 4217",
        arguments: [("ISK", 0), ("UGX", 0), ("KRW", 0), ("HUF", 2), ("TWD", 2), ("TND", 3), ("MGA", 2)])
    func exponents(_ code: String, _ exponent: Int) throws {
        #expect(try Currency(code: code).exponent == exponent)
    }
}
