import Catalog
import Cryptography
import Foundation
import Payments
import Testing
import Transport

struct StripeGatewayTests {
    private func gateway(_ http: HTTPClient, api: String? = nil) throws -> any Gateway {
        var settings: [String: GatewayAccount.Setting] = ["secret_key": .text("KEY"), "webhook_secrets": .list(["HOOK"])]
        if let api { settings["api"] = .text(api) }
        let account = GatewayAccount(
            name: "card", kind: "stripe", settings: settings, location: SourceLocation(path: "shop.yaml", line: 1, column: 1))
        let set = try GatewaySet(
            accounts: [account], webhookURL: "https://shop.example", listenHost: "127.0.0.1",
            secrets: SecretSource(
                environment: ["KEY": "sk_live_51Keyfront0123456789", "HOOK": Signer.stripeSecret], credentialsDirectory: nil, folder: "/"),
            sandboxKey: SecretKey([UInt8](0..<32)), http: http)
        return try #require(set.gateway(named: "card"))
    }

    /// What Python's urllib.parse.parse_qsl reads from the body, as sorted lines.
    private func pairs(_ body: [UInt8]) -> [String] {
        String(decoding: body, as: UTF8.self).split(separator: "&").map {
            $0.replacing("+", with: " ").replacing("=", with: " = ").removingPercentEncoding ?? "?"
        }.sorted()
    }

    @Test("A checkout is one form post with the order id three times, the key in its header alone, and a key against repeats")
    func checkout() async throws {
        let interface = Interface(
            200, #"{"id":"cs_live_9","object":"checkout.session","url":"https://checkout.stripe.com/c/pay/cs_live_9#x"}"#)
        let intent = try CheckoutIntent.sample(
            minor: 1999, currency: "USD", affiliate: "0123abcd0123abcd", mail: "a+b@shop.example", expiresAt: 1_800_004_000)
        let session = try await gateway(interface.client).createCheckout(intent)
        #expect(session == CheckoutSession(way: .redirect("https://checkout.stripe.com/c/pay/cs_live_9#x"), gatewayReference: "cs_live_9"))
        let request = try #require(interface.request)
        #expect(request.method == "POST" && request.url == "https://api.stripe.com/v1/checkout/sessions")
        #expect(
            request.headers == [
                HTTPField("Authorization", "Bearer sk_live_51Keyfront0123456789"), HTTPField("Stripe-Version", "2026-10-28.endive"),
                HTTPField("Content-Type", "application/x-www-form-urlencoded"), HTTPField("Idempotency-Key", "co-KF_TEST_01"),
            ])
        #expect(
            pairs(request.body)
                == [
                    "cancel_url = https://shop.example/orders/abc?x=1&y=2", "client_reference_id = KF_TEST_01",
                    "customer_email = a+b@shop.example",
                    "expires_at = 1800004000", "line_items[0][price_data][currency] = usd",
                    "line_items[0][price_data][product_data][name] = 年度会员 C++ & more",
                    "line_items[0][price_data][unit_amount] = 1999", "line_items[0][quantity] = 1", "locale = zh",
                    "metadata[affiliate] = 0123abcd0123abcd",
                    "metadata[order_id] = KF_TEST_01", "mode = payment", "payment_intent_data[metadata][affiliate] = 0123abcd0123abcd",
                    "payment_intent_data[metadata][order_id] = KF_TEST_01", "success_url = https://shop.example/orders/abc?x=1&y=2",
                ].sorted())
        #expect(!String(decoding: request.body, as: UTF8.self).contains("sk_live"))
    }

    @Test("A short hold is stretched to what Stripe allows, the same each time; a long one is cut")
    func expiry() async throws {
        for (hold, expected) in [(1_800_000_900, 1_800_003_600), (1_800_500_000, 1_800_086_100)] as [(Int64, Int64)] {
            let interface = Interface(200, #"{"id":"cs_1","url":"https://checkout.stripe.com/x"}"#)
            _ = try await gateway(interface.client).createCheckout(.sample(minor: 100, currency: "USD", expiresAt: hold))
            let request = try #require(interface.request)
            #expect(pairs(request.body).contains("expires_at = \(expected)"))
        }
    }

    @Test(
        "An amount that Stripe would read as another one is refused before anything is sent",
        arguments: [(100, "ISK"), (100, "UGX"), (5121, "KWD"), (0, "USD")])
    func strangeAmounts(minor: Int64, currency: String) async throws {
        let gateway = try gateway(.unreachable)
        let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(.sample(minor: minor, currency: currency)) }
        #expect(error?.code == .refused && error?.message.contains("HTTP") == false)
    }

    @Test("Tests may point it at an interface of their own")
    func otherBase() async throws {
        let interface = Interface(200, #"{"id":"cs_1","url":"http://127.0.0.1:9/pay"}"#)
        _ = try await gateway(interface.client, api: "http://127.0.0.1:9/").createCheckout(.sample(minor: 100, currency: "USD"))
        #expect(interface.request?.url == "http://127.0.0.1:9/v1/checkout/sessions")
    }

    @Test(
        "Failures say whether to try again, and repeat neither key nor message",
        arguments: [
            (401, PaymentError.Code.refused), (400, .refused), (402, .refused), (409, .unreachable), (429, .unreachable),
            (500, .unreachable), (503, .unreachable),
        ])
    func failures(status: Int, code: PaymentError.Code) async throws {
        let gateway = try gateway(
            Interface(status, #"{"error":{"type":"api_error","code":"some_code","message":"sk_live_51Keyfront0123456789 a@b.example"}}"#)
                .client)
        let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(.sample(minor: 100, currency: "USD")) }
        #expect(error?.code == code && error?.cause == "some_code" && error?.location == "gateways.card")
        #expect(error?.description.contains("51Keyfront") == false && error?.description.contains("a@b") == false)
    }

    @Test(
        "An answer that is not a session is not followed",
        arguments: [
            "", "[]", "{}", #"{"id":"cs_1"}"#, #"{"id":"cs_1","url":"javascript:alert(1)"}"#,
            #"{"id":"cs_1","url":"http://evil.example/"}"#,
            #"{"id":"cs 1","url":"https://checkout.stripe.com/x"}"#, #"{"id":"cs_1","id":"cs_2","url":"https://checkout.stripe.com/x"}"#,
        ])
    func malformed(answer: String) async throws {
        let gateway = try gateway(Interface(200, answer).client)
        let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(.sample(minor: 100, currency: "USD")) }
        #expect(error?.code == .malformedAnswer)
    }

    @Test("A gateway that cannot be reached is tried again later")
    func unreachable() async throws {
        let gateway = try gateway(HTTPClient { _ throws(TransportError) in throw TransportError(.timeout, "no answer") })
        let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(.sample(minor: 100, currency: "USD")) }
        #expect(error?.code == .unreachable)
    }

    @Test("A question is answered with the fact that a notice would bring")
    func query() async throws {
        let reference = PaymentReference(order: "KF_TEST_01", gatewayReference: "cs_live_1")
        func ask(_ changes: (String, String)...) async throws -> Fact? {
            var text = Signer.session(("\"mode\"", "\"livemode\":true,\"mode\""))
            for (part, other) in changes { text = text.replacing(part, with: other) }
            return try await gateway(Interface(200, text).client).query(reference)
        }
        let paid = try #require(try await ask())
        #expect(paid.kind == .paid && paid.orderID == "KF_TEST_01" && paid.amountMinor == 1999 && paid.gatewayTransactionID == "pi_test1")
        #expect(try await ask(("\"paid\"", "\"unpaid\""), ("\"complete\"", "\"open\"")) == nil)
        #expect(try await ask(("\"paid\"", "\"unpaid\""), ("\"complete\"", "\"expired\""))?.kind == .failed)
        await #expect(throws: PaymentError.self) { try await ask(("\"livemode\":true", "\"livemode\":false")) }
        await #expect(throws: PaymentError.self) { try await ask(("cs_live_1", "cs_live_2")) }
    }

    @Test("A refund names the payment, the amount, the order and its key")
    func refund() async throws {
        let interface = Interface(200, #"{"id":"re_1","object":"refund","status":"pending"}"#)
        let amount = Money(minor: 500, currency: try Currency(code: "USD"))
        let receipt = try await gateway(interface.client).refund(
            RefundRequest(order: "KF_TEST_01", transaction: "pi_test1", amount: amount, key: "KF_TEST_01-1"))
        #expect(receipt == RefundReceipt(reference: "re_1", done: false))
        let request = try #require(interface.request)
        #expect(
            request.url == "https://api.stripe.com/v1/refunds" && request.headers.contains(HTTPField("Idempotency-Key", "re-KF_TEST_01-1")))
        #expect(pairs(request.body) == ["amount = 500", "metadata[order_id] = KF_TEST_01", "payment_intent = pi_test1"])
        let failing = try gateway(Interface(200, #"{"id":"re_1","status":"failed"}"#).client)
        await #expect(throws: PaymentError.self) {
            try await failing.refund(RefundRequest(order: "KF_TEST_01", transaction: "pi_test1", amount: amount, key: "k"))
        }
    }
}
