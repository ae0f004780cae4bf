import Testing
@testable import Catalog
@Test func x() throws { #expect(try Money(text: "68", currency: Currency(code: "CNY")).decimalText == "68.00") }
