import Testing

@testable import Storefront

@Suite("The code to scan")
struct PaymentCodeTests {
    @Test("A text becomes one SVG element with its quiet zone and no style; no text, or too much of it, becomes nothing")
    func svg() throws {
        let svg = String(decoding: try #require(PaymentCode.svg("weixin://wxpay/bizpayurl?pr=AbC123z&x=<>")), as: UTF8.self)
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>") && svg.contains("viewBox=\"-4 -4 "))
        #expect(!svg.contains("style") && !svg.contains("weixin"))
        #expect(PaymentCode.svg("") == nil)
        #expect(PaymentCode.svg(String(repeating: "x", count: 5000)) == nil)
    }
}
