import TestSupport
import Testing
import Transport

@Suite("Prices with and without tax, and other ways of the same gateways")
struct VariantTests {
    @Test(
        "A merchant of record adds the tax, or takes it out of the price: the price alone is compared and given back",
        arguments: [PeerKind.paddle, .paddleTaxed, .lemonsqueezy, .lemonsqueezyTaxed], [7, 100_00])
    func tax(_ kind: PeerKind, part: Int64) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.sale()
        let isIncluded = kind == .paddleTaxed || kind == .lemonsqueezyTaxed
        #expect(try await counter.gateway.payment(of: order.order).bill == (isIncluded ? 100_00 : 120_00))
        #expect(try await counter.perform("refund", order, ["amount": part]) == [kind.success])
        #expect(try await counter.shown(order).refundedMinor == part)
        #expect(try await counter.shown(order).state == (part == order.amountMinor ? "refunded" : "fulfilled"))
        try await counter.close()
    }

    @Test(
        "Asked by the shop itself, or the other make of a server: paid once, forged never, and refused in words",
        arguments: [PeerKind.epayV1Server, .epayV2Server, .bepusdt])
    func otherWay(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.order()
        for way in counter.gateway.greeting.forgeries {
            let replies = try await counter.perform("forge", order, ["way": way])
            #expect(replies.count == 1 && replies.allSatisfy { (400..<500).contains($0.status) }, "\(way)")
            try await counter.expect(order, "pending")
        }
        #expect(try await counter.perform("pay", order, ["times": 2]) == [kind.success, kind.success])
        try await counter.expect(order, "fulfilled")

        try await counter.gateway.perform("mood", ["value": "garbage"])
        let answer = try await counter.shop.client.request(
            method: "POST", url: "\(counter.shop.webhookURL)/checkout",
            headers: [HTTPField("content-type", "application/x-www-form-urlencoded"), HTTPField("accept", "application/json")],
            body: Array("sku=lantern&quantity=1&email=buyer%40example.com&gateway=gate&language=en".utf8))
        #expect(answer.status == 502)
        try await counter.close()
    }
}
