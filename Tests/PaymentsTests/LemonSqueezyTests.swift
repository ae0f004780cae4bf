import Catalog
import Payments
import Testing
import Transport

struct LemonSqueezyTests {
    private func judge(_ changes: (String, String)...) throws -> Verdict {
        let body = GatewaySigner.changed(KnownGateways.lemonBody, changes)
        return try GatewaySigner.gateway("lemonsqueezy").judge(GatewaySigner.notice("lemonsqueezy", body), now: Signer.now)
    }

    private static let refund = (#""event_name":"order_created""#, #""event_name":"order_refunded""#)

    @Test("A webhook signed by another implementation is accepted with all that it says, the tax on top taken off")
    func knownAnswer() throws {
        let fact = Fact(
            .paid, dedupeKey: "order_created|orders|2700001", orderID: "KF_TEST_01", amountMinor: 1999, currency: "USD",
            gatewayTransactionID: "2700001", affiliate: "0123abcd0123abcd", occurredAt: 1_799_999_998)
        let verdict = try GatewaySigner.gateway("lemonsqueezy").judge(GatewaySigner.known("lemonsqueezy"), now: Signer.now)
        #expect(verdict == .accepted(fact, success: NoticeReply(status: 200)))
    }

    @Test("Test orders do not count in a live shop, nor live ones in a test, nor one that does not say")
    func testMode() throws {
        #expect(try judge((#"{"meta":{"test_mode":false"#, #"{"meta":{"test_mode":true"#)).refusal == "identity/test_mode_mismatch")
        #expect(try judge((#"{"meta":{"test_mode":false,"#, #"{"meta":{"#)).refusal == "identity/test_mode_mismatch")
        let test = try GatewaySigner.gateway("lemonsqueezy", ["test_mode": .bool(true)])
        #expect(test.judge(GatewaySigner.known("lemonsqueezy"), now: Signer.now).refusal == "identity/test_mode_mismatch")
    }

    @Test("An order of another store is refused")
    func store() throws {
        #expect(try judge((#""store_id":4711"#, #""store_id":4712"#)).refusal == "identity/store_mismatch")
        #expect(try judge((#""store_id":4711,"#, "")).refusal == "identity/store_mismatch")
    }

    @Test("The event is the one in the signed body, whatever its header says")
    func unsignedHeader() throws {
        let body = KnownGateways.lemonBody.replacing("order_created", with: "subscription_created")
        let good = GatewaySigner.notice("lemonsqueezy", body)
        let notice = RawNotice(method: "POST", path: "/", headers: good.headers + [("X-Event-Name", "order_created")], body: good.body)
        #expect(try GatewaySigner.gateway("lemonsqueezy").judge(notice, now: Signer.now).fact?.kind == .ignored)
    }

    @Test("Without a clock a webhook stays good for ever, and its order and event tell the repeat")
    func replay() throws {
        let gateway = try GatewaySigner.gateway("lemonsqueezy")
        let known = GatewaySigner.known("lemonsqueezy")
        #expect(gateway.judge(known, now: Signer.now + 1_000_000_000).fact == gateway.judge(known, now: Signer.now).fact)
        #expect(try judge((#""webhook_id":"w1""#, #""webhook_id":"w2""#)).fact?.dedupeKey == "order_created|orders|2700001")
    }

    @Test("Only a paid order is a payment", arguments: ["pending", "failed", "refunded", "partial_refund", "fraudulent", "Paid"])
    func states(status: String) throws {
        #expect(try judge((#""status":"paid""#, #""status":"\#(status)""#)).fact?.kind == .ignored)
    }

    @Test("The tax within the price stays in it; a discount lowers what was paid")
    func price() throws {
        #expect(try judge((#""tax_inclusive":false"#, #""tax_inclusive":true"#)).fact?.amountMinor == 2399)
        #expect(try judge((#""total":2399"#, #""total":1899"#)).fact?.amountMinor == 1499)
    }

    @Test(
        "An amount that is not whole minor units above nothing is refused", arguments: ["0", "-1", "19.99", "2e3", "[2399]", #""1 999""#])
    func amounts(text: String) throws {
        #expect(try judge((#""total":2399"#, #""total":\#(text)"#)).refusal == "format/invalid_amount")
        #expect(try judge((#""tax":400"#, #""tax":2399"#)).refusal == "format/invalid_amount")
        #expect(try judge((#""total":2399,"#, "")).refusal == "format/missing_field")
    }

    @Test("A refund says what went back so far, without its share of the tax")
    func refunds() throws {
        let full = try #require(try judge(Self.refund, (#""status":"paid""#, #""status":"refunded""#)).fact)
        #expect(full.kind == .refunded && full.amountMinor == 1999 && full.fullRefund == true && full.refundAmount == .cumulative)
        let part = try #require(
            try judge(
                Self.refund, (#""status":"paid""#, #""status":"partial_refund""#), (#""refunded_amount":0"#, #""refunded_amount":1200"#)
            ).fact)
        #expect(part.kind == .refunded && part.amountMinor == 999 && part.fullRefund == false)
        #expect(part.dedupeKey != full.dedupeKey && part.gatewayTransactionID == "2700001")
        for amount in ["0", "2400", "-1", "null"] {
            let verdict = try judge(
                Self.refund, (#""status":"paid""#, #""status":"partial_refund""#),
                (#""refunded_amount":0"#, #""refunded_amount":\#(amount)"#))
            #expect(verdict.refusal == "format/invalid_amount")
        }
    }

    private static let created =
        #"{"data":{"type":"checkouts","id":"5e8b546c","attributes":{"url":"https://lantern.lemonsqueezy.com/checkout/custom/5e8b546c"}}}"#

    @Test("A checkout is one variant at our price, without a field for discounts, the order in it")
    func checkout() async throws {
        let interface = Interface(201, Self.created)
        let session = try await GatewaySigner.gateway("lemonsqueezy", http: interface.client)
            .createCheckout(.sample(minor: 1999, currency: "USD", affiliate: "0123abcd", mail: "a@b.example"))
        #expect(
            session
                == CheckoutSession(
                    way: .redirect("https://lantern.lemonsqueezy.com/checkout/custom/5e8b546c"), gatewayReference: "5e8b546c"))
        let request = try #require(interface.request)
        #expect(request.method == "POST" && request.url == "https://api.lemonsqueezy.com/v1/checkouts")
        #expect(request.headers.filter { $0.value == "application/vnd.api+json" }.map(\.name) == ["Accept", "Content-Type"])
        let body = String(decoding: request.body, as: UTF8.self)
        for part in [
            #""custom_price":1999"#, #""enabled_variants":[815]"#, #""discount":false"#, #""test_mode":false"#,
            #""custom":{"order_id":"KF_TEST_01","affiliate":"0123abcd"}"#, #"{"type":"stores","id":"4711"}"#,
            #""expires_at":"2027-01-15T09:00:00Z""#,
        ] { #expect(body.contains(part)) }
        #expect(!body.contains(GatewaySecrets.api))
    }

    @Test("A price in another money than the store's is refused before anything is sent", arguments: ["CNY", "JPY", "EUR"])
    func currency(code: String) async throws {
        let gateway = try GatewaySigner.gateway("lemonsqueezy")
        let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(.sample(minor: 100, currency: code)) }
        #expect(error?.code == .refused && error?.message.contains("HTTP") == false)
    }

    @Test("It cannot be asked for an order by our id, and says so")
    func query() async throws {
        let gateway = try GatewaySigner.gateway("lemonsqueezy")
        let error = await #expect(throws: PaymentError.self) {
            try await gateway.query(PaymentReference(order: "KF_TEST_01", gatewayReference: "5e8b546c"))
        }
        #expect(error?.code == .unsupported)
    }

    @Test("A whole order is refunded once: one that was before is not again, and a part is left to the dashboard")
    func refund() async throws {
        func order(_ status: String) -> [UInt8] {
            let text =
                #"{"data":{"type":"orders","id":"2700001","attributes":{"currency":"USD","total":2399,"tax":400,"status":"\#(status)"}}}"#
            return Array(text.utf8)
        }
        func request(_ minor: Int64) throws -> RefundRequest {
            RefundRequest(
                order: "KF_TEST_01", transaction: "2700001", amount: Money(minor: minor, currency: try Currency(code: "USD")), key: "k-1")
        }
        let interface = Interface([(200, order("paid")), (200, order("refunded"))])
        let receipt = try await GatewaySigner.gateway("lemonsqueezy", http: interface.client).refund(request(1999))
        #expect(receipt == RefundReceipt(reference: "2700001", done: true))
        #expect(interface.requests.map(\.url).last == "https://api.lemonsqueezy.com/v1/orders/2700001/refund")
        let again = Interface([(200, order("refunded"))])
        #expect(try await GatewaySigner.gateway("lemonsqueezy", http: again.client).refund(request(1999)) == receipt)
        #expect(again.requests.map(\.method) == ["GET"])
        let partly = try GatewaySigner.gateway("lemonsqueezy", http: Interface([(200, order("paid"))]).client)
        let error = await #expect(throws: PaymentError.self) { try await partly.refund(request(500)) }
        #expect(error?.code == .refused)
    }
}
