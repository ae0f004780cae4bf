import Foundation
import TestSupport
import Testing
import Transport

@Suite("Gateways in trouble at checkout")
struct OutageTests {
    @Test(
        "Down, garbage, half an answer: the buyer reads why, the order is kept, and the next one goes well",
        arguments: GatewayKind.calledAtCheckout)
    func trouble(_ kind: GatewayKind) async throws {
        let counter = try await Counter(kind)
        let shop = counter.shop
        for mood in ["down", "garbage", "cut"] {
            try await counter.gateway.perform("mood", ["value": mood])
            let page = try await Self.buy(shop.client, shop.webhookURL, accept: "text/html")
            #expect(page.status == 502, "\(mood)")
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(text.contains("<html") && text.contains("lang=\"en\""), "\(mood)")
            #expect(!text.contains("127.0.0.1:9") && !text.contains("gateways.gate"), "\(mood)")
            let problem = try await Self.buy(shop.client, shop.webhookURL, accept: "application/json")
            #expect(problem.status == 502, "\(mood)")
            #expect(String(decoding: problem.body, as: UTF8.self).contains("urn:keyfront:problem:gateway_down"), "\(mood)")
        }
        let kept = try await counter.shop.keyfront("order", "list", "--state", "pending", "--json")
        #expect(try kept.json([Counter.Shown].self).count == 6)

        try await counter.gateway.perform("mood", ["value": "well"])
        _ = try await counter.sale()
        try await counter.close()
    }

    @Test("Slow: the checkout waits, and nobody else does", arguments: GatewayKind.calledAtCheckout)
    func slow(_ kind: GatewayKind) async throws {
        let counter = try await Counter(kind)
        try await counter.gateway.perform("mood", ["value": "slow"])
        let shop = counter.shop
        let waiting = Task { [client = shop.client, url = shop.webhookURL] in try await Self.buy(client, url, accept: "application/json") }
        for _ in 0..<5 {
            #expect(try await shop.get("/health/live").status == 200)
            _ = try await shop.order(gateway: "partner")
        }
        let answer = try await waiting.value
        #expect(answer.status == 201)
        let order = try JSONDecoder().decode(TestShop.Placed.self, from: Data(answer.body))
        try await counter.gateway.perform("mood", ["value": "well"])
        if let page = order.pay["url"] { #expect(try await shop.client.request(method: "GET", url: page).status == 200) }
        #expect(try await counter.perform("pay", order) == [kind.success])
        try await counter.expect(order, "fulfilled")
        try await counter.close()
    }

    private static func buy(_ client: HTTPClient, _ url: String, accept: String) async throws -> HTTPResponse {
        try await client.request(
            method: "POST", url: "\(url)/checkout",
            headers: [HTTPField("content-type", "application/x-www-form-urlencoded"), HTTPField("accept", accept)],
            body: Array("sku=lantern&quantity=1&email=buyer%40example.com&gateway=gate&language=en".utf8))
    }
}
