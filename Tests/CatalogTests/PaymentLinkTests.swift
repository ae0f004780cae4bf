import Testing

@testable import Catalog

@Suite("Payment links on pages")
struct PaymentLinkTests {
    @Test(
        "What a link carries is letters, digits, hyphens and underscores, at most 200, and comes back as it was",
        arguments: ["lantern", "a", "A.b_c-d", "__", "..", "-x-", String(repeating: "._", count: 32)], ["en", "zh-CN"])
    func roundTrip(sku: String, language: String) {
        for token in ["", "0123456789abcdef"] {
            let reference = PaymentLinkReference(language: language, token: token, sku: sku)
            #expect(reference.text.utf8.count <= 200)
            #expect(reference.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
            #expect(PaymentLinkReference(reference.text) == reference)
        }
    }

    @Test(
        "Any other text is none, above all an order's id",
        arguments: [
            "", "KF_ORDER_01", "kf-en-lantern", "kf-en--", "kf-en--a_x", "kf-en--a_", "kf-en--a.b", "xx-en--lantern", "kf-e n--lantern",
            "kf-en-t/k-lantern", "kf-en--" + String(repeating: "a", count: 200),
        ])
    func others(text: String) {
        #expect(PaymentLinkReference(text) == nil)
    }

    private func complaint(_ gateway: String) -> String {
        let files = [
            "shop.yaml": """
            name: Lantern
            url: https://shop.example
            currency: CNY
            gateways:
              card: \(gateway)
            """,
            "content/products/lantern.md": "---\ntitle: Lantern\nsku: lantern\nprice: \"1.00\"\n---\n",
        ]
        do {
            _ = try Catalogue.load(files: files, now: 0)
            return ""
        } catch {
            return error.description
        }
    }

    @Test("A link to an SKU that no product has is a mistake, with the place and the SKU that was meant")
    func unknown() {
        let text = complaint("{kind: stripe, payment_links: {lantren: \"https://buy.stripe.com/x\"}}")
        #expect(text.contains("shop.yaml:5:"))
        #expect(text.contains("“payment_links” names the SKU “lantren”, which no product has"))
        #expect(text.contains("did you mean “lantern”?"))
        #expect(complaint("{kind: stripe, payment_links: {lantern: \"https://buy.stripe.com/x\"}}").isEmpty)
        #expect(complaint("{kind: stripe, payment_links: {lantern: [a, b]}}").contains("must be the address of its payment link"))
        #expect(complaint("{kind: stripe, other: {lantern: x}}").contains("must be a text or a list"))
    }
}
