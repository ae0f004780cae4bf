import Catalog
import Payments
import Testing
import Transport

struct PaddleTests {
    private static let done = #""status":"completed""#
    private static let totals = #"{"subtotal":"1999","discount":"0","tax":"400","total":"2399","grand_total":"2399","currency_code":"USD"}"#

    private func judge(_ changes: (String, String)..., gateway: (any Gateway)? = nil) throws -> Verdict {
        let body = GatewaySigner.changed(KnownGateways.paddleBody, changes)
        return try (gateway ?? GatewaySigner.gateway("paddle")).judge(GatewaySigner.notice("paddle", body), now: Signer.now)
    }

    private func adjustment(_ action: String, _ status: String, event: String = "evt_2", type: String = "partial") throws -> Verdict {
        let body =
            #"{"event_id":"\#(event)","event_type":"adjustment.updated","occurred_at":"2027-01-15T07:59:58Z","data":{"id":"adj_1","#
            + #""action":"\#(action)","transaction_id":"txn_01kfknown","status":"\#(status)","type":"\#(type)","currency_code":"USD","#
            + #""totals":{"subtotal":"500","tax":"100","total":"600"}}}"#
        return try GatewaySigner.gateway("paddle").judge(GatewaySigner.notice("paddle", body), now: Signer.now)
    }

    @Test("A notification signed by another implementation is accepted with all that it says")
    func knownAnswer() throws {
        let fact = Fact(
            .paid, dedupeKey: "evt_01kfknown00000000000000000", orderID: "KF_TEST_01", amountMinor: 1999, currency: "USD",
            gatewayTransactionID: "txn_01kfknown", affiliate: "0123abcd0123abcd", sessionID: "txn_01kfknown", noticeID: "ntf_01kfknown",
            occurredAt: 1_799_999_998)
        let verdict = try GatewaySigner.gateway("paddle").judge(GatewaySigner.known("paddle"), now: Signer.now)
        #expect(verdict == .accepted(fact, success: NoticeReply(status: 200)))
    }

    @Test("A signature is good for five seconds either way, or as long as the account says")
    func clock() throws {
        let known = GatewaySigner.known("paddle")
        let gateway = try GatewaySigner.gateway("paddle")
        for drift in [-5, 0, 5] as [Int64] { #expect(gateway.judge(known, now: Signer.now + drift).fact != nil) }
        for drift in [-6, 6, 100_000] as [Int64] {
            #expect(gateway.judge(known, now: Signer.now + drift).refusal == "replay/stale_timestamp")
        }
        let patient = try GatewaySigner.gateway("paddle", ["tolerance": .text("300")])
        #expect(patient.judge(known, now: Signer.now + 300).fact != nil && patient.judge(known, now: Signer.now + 301).fact == nil)
        for text in ["0", "301", "-5", "5s", "", "٥"] {
            #expect(throws: Diagnostics.self) { try GatewaySigner.gateway("paddle", ["tolerance": .text(text)]) }
        }
    }

    @Test("Any of several signatures may fit, and any of several secrets; a time that comes twice is refused")
    func header() throws {
        let gateway = try GatewaySigner.gateway("paddle")
        let good = KnownGateways.paddleHeader
        func with(_ header: String) -> String? {
            gateway.judge(GatewaySigner.notice("Paddle-Signature", header, KnownGateways.paddleBody), now: Signer.now).refusal
        }
        #expect(with(good.replacing(";h1=", with: ";h1=00;h1=")) == nil && with(good + ";h2=ff") == nil)
        #expect(with(good + ";ts=1800000000") == "signature/malformed_signature_header")
        for header in ["", "h1=00", "ts=;h1=00", "ts=1e9;h1=00", "ts=99999999999999999999;h1=00"] {
            #expect(with(header) == "signature/malformed_signature_header")
        }
        #expect(with("ts=1800000000") == "signature/missing_signature")
        for header in [
            "ts=1800000000;h1=", good.uppercased().replacing("TS", with: "ts").replacing("H1", with: "h1"), String(good.dropLast()),
        ] {
            #expect(with(header) == "signature/bad_signature")
        }
        let rolling = try GatewaySigner.gateway(
            "paddle", ["webhook_secrets": .list(["NEW", "PADDLE_HOOK"])],
            environment: GatewaySecrets.environment.merging(["NEW": "pdl_ntfset_another_01234567"]) { $1 })
        #expect(rolling.judge(GatewaySigner.known("paddle"), now: Signer.now).fact != nil)
        let new = GatewaySigner.notice("paddle", KnownGateways.paddleBody, secret: "pdl_ntfset_another_01234567")
        #expect(rolling.judge(new, now: Signer.now).fact != nil && gateway.judge(new, now: Signer.now).fact == nil)
    }

    @Test(
        "Only a completed transaction is a payment", arguments: ["paid", "billed", "ready", "draft", "past_due", "Completed", "canceled"])
    func states(status: String) throws {
        #expect(try judge((Self.done, #""status":"\#(status)""#)).fact?.kind == .ignored)
    }

    @Test("Another event of the same transaction is no payment")
    func events() throws {
        for type in ["transaction.paid", "transaction.updated", "transaction.created", "subscription.created", "x"] {
            #expect(try judge(("transaction.completed", type)).fact?.kind == .ignored)
        }
        #expect(try judge(("transaction.completed", "transaction.canceled"), (Self.done, #""status":"canceled""#)).fact?.kind == .failed)
        #expect(try judge(("transaction.completed", "transaction.canceled")).fact?.kind == .ignored)
    }

    @Test("The tax that Paddle adds is not our price, and a discount lowers it")
    func price() throws {
        #expect(try judge((#""discount":"0""#, #""discount":"500""#)).fact?.amountMinor == 1499)
        let included = try GatewaySigner.gateway("paddle", ["tax_included": .bool(true)])
        #expect(try judge(gateway: included).fact?.amountMinor == 2399)
        #expect(try judge((#""total":"2399""#, #""total":"1999""#), gateway: included).fact?.amountMinor == 1999)
    }

    @Test(
        "An amount that is not whole minor units above nothing is refused",
        arguments: ["0", "-1", "19.99", "1e3", "1 999", "１", "", "9999999999999"])
    func amounts(text: String) throws {
        #expect(try judge((#""subtotal":"1999""#, #""subtotal":"\#(text)""#)).refusal == "format/invalid_amount")
        #expect(try judge((#""subtotal":"1999","#, "")).refusal == "format/missing_field")
        #expect(try judge((#""subtotal":"1999""#, #""subtotal":["1999"]"#)).refusal == "format/invalid_amount")
        #expect(try judge((#""discount":"0""#, #""discount":"1999""#)).refusal == "format/invalid_amount")
    }

    @Test("A refund counts when it is approved, once, whichever of its events says so; the tax in it does not")
    func refunds() throws {
        let created = try #require(try adjustment("refund", "approved").fact)
        #expect(created.kind == .refunded && created.amountMinor == 500 && created.refundAmount == .perRefund && created.fullRefund == nil)
        #expect(created.gatewayTransactionID == "txn_01kfknown" && created.orderID == nil && created.refundID == "adj_1")
        #expect(try adjustment("refund", "approved", event: "evt_3").fact?.dedupeKey == created.dedupeKey)
        #expect(try adjustment("refund", "approved", type: "full").fact?.fullRefund == true)
        #expect(try adjustment("refund", "pending_approval").fact?.kind == .ignored)
        #expect(try adjustment("refund", "rejected").fact?.remarks == [.refundFailed])
    }

    @Test("A chargeback disputes the payment, its reversal closes it, a warning is an inquiry")
    func disputes() throws {
        let opened = try #require(try adjustment("chargeback", "approved").fact)
        let closed = try #require(try adjustment("chargeback_reverse", "approved").fact)
        #expect(
            opened.kind == .disputed && closed.kind == .disputeClosed && closed.disputeWon == true && opened.disputeID == closed.disputeID)
        let warning = try #require(try adjustment("chargeback_warning", "approved").fact)
        #expect(warning.kind == .ignored && warning.remarks == [.inquiry])
        #expect(try adjustment("credit", "approved").fact?.kind == .ignored)
    }

    private static let created =
        #"{"data":{"id":"txn_9","status":"ready","currency_code":"USD","checkout":{"url":"https://shop.example/pay?_ptxn=txn_9"}}}"#

    @Test("A checkout is one transaction of our price, the order in it, the key in its header alone")
    func checkout() async throws {
        let interface = Interface(201, Self.created)
        let intent = try CheckoutIntent.sample(minor: 1999, currency: "USD", affiliate: "0123abcd0123abcd")
        let session = try await GatewaySigner.gateway("paddle", http: interface.client).createCheckout(intent)
        #expect(session == CheckoutSession(way: .redirect("https://pay.paddle.io/hsc_1?transaction_id=txn_9"), gatewayReference: "txn_9"))
        let request = try #require(interface.request)
        #expect(request.method == "POST" && request.url == "https://api.paddle.com/transactions")
        #expect(request.headers.contains(HTTPField("Authorization", "Bearer \(GatewaySecrets.api)")))
        #expect(request.headers.contains(HTTPField("Paddle-Version", "1")))
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(body.contains(#""unit_price":{"amount":"1999","currency_code":"USD"}"#) && body.contains(#""tax_mode":"external""#))
        #expect(body.contains(#""custom_data":{"order_id":"KF_TEST_01","affiliate":"0123abcd0123abcd"}"#))
        #expect(!body.contains(GatewaySecrets.api) && !body.contains("checkout"))
    }

    @Test("A page of the merchant's own opens the transaction, and no page of another origin is followed")
    func ownPage() async throws {
        let own: [String: GatewayAccount.Setting?] = ["checkout_url": .text("https://shop.example/pay")]
        let session = try await GatewaySigner.gateway("paddle", own, http: Interface(201, Self.created).client)
            .createCheckout(.sample(minor: 1999, currency: "USD"))
        #expect(session.way == .redirect("https://shop.example/pay?_ptxn=txn_9"))
        for address in ["https://evil.example/pay?_ptxn=txn_9", "http://shop.example/pay", "javascript:alert(1)"] {
            let answer = Self.created.replacing("https://shop.example/pay?_ptxn=txn_9", with: address)
            let gateway = try GatewaySigner.gateway("paddle", own, http: Interface(201, answer).client)
            let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(.sample(minor: 1, currency: "USD")) }
            #expect(error?.code == .malformedAnswer)
        }
    }

    @Test("The key says whether it is the sandbox's, and a flag that says otherwise is refused")
    func modes() async throws {
        let environment = GatewaySecrets.environment.merging(["API_KEY": "pdl_sdbx_apikey_01kf0123456789"]) { $1 }
        let interface = Interface(201, Self.created)
        _ = try await GatewaySigner.gateway("paddle", http: interface.client, environment: environment)
            .createCheckout(.sample(minor: 1, currency: "USD"))
        #expect(interface.request?.url == "https://sandbox-api.paddle.com/transactions")
        #expect(throws: Diagnostics.self) { try GatewaySigner.gateway("paddle", ["test_mode": .bool(false)], environment: environment) }
    }

    @Test("A question is answered with the fact that a notification would bring, of our order alone")
    func query() async throws {
        func ask(_ status: String, order: String = "KF_TEST_01") async throws -> Fact? {
            let answer =
                #"{"data":{"id":"txn_9","status":"\#(status)","currency_code":"USD","custom_data":{"order_id":"\#(order)"},"#
                + #""details":{"totals":\#(Self.totals)}}}"#
            return try await GatewaySigner.gateway("paddle", http: Interface(200, answer).client)
                .query(PaymentReference(order: "KF_TEST_01", gatewayReference: "txn_9"))
        }
        let paid = try #require(try await ask("completed"))
        #expect(paid.kind == .paid && paid.amountMinor == 1999 && paid.gatewayTransactionID == "txn_9")
        #expect(try await ask("paid") == nil)
        #expect(try await ask("canceled")?.kind == .failed)
        await #expect(throws: PaymentError.self) { try await ask("completed", order: "KF_TEST_02") }
    }

    @Test("A refund is made once for its key: one that was made before is found again")
    func refund() async throws {
        let amount = Money(minor: 500, currency: try Currency(code: "USD"))
        let request = RefundRequest(order: "KF_TEST_01", transaction: "txn_9", amount: amount, key: "KF_TEST_01-1")
        let made = #"{"id":"adj_1","action":"refund","status":"pending_approval","reason":"refund KF_TEST_01-1"}"#
        let transaction =
            #"{"data":{"id":"txn_9","status":"completed","currency_code":"USD","custom_data":{"order_id":"KF_TEST_01"},"#
            + #""details":{"totals":\#(Self.totals),"line_items":[{"id":"txnitm_1"}]}}}"#
        let interface = Interface([
            (200, Array(#"{"data":[]}"#.utf8)), (200, Array(transaction.utf8)), (201, Array(#"{"data":\#(made)}"#.utf8)),
        ])
        let receipt = try await GatewaySigner.gateway("paddle", http: interface.client).refund(request)
        #expect(receipt == RefundReceipt(reference: "adj_1", done: false))
        #expect(
            interface.requests.map { "\($0.method) \($0.url)" } == [
                "GET https://api.paddle.com/adjustments?transaction_id=txn_9&action=refund",
                "GET https://api.paddle.com/transactions/txn_9",
                "POST https://api.paddle.com/adjustments",
            ])
        let body = String(decoding: interface.requests[2].body, as: UTF8.self)
        #expect(body.contains(#""items":[{"item_id":"txnitm_1","type":"partial","amount":"500"}]"#) && body.contains("refund KF_TEST_01-1"))
        let again = Interface(200, #"{"data":[\#(made)]}"#)
        #expect(try await GatewaySigner.gateway("paddle", http: again.client).refund(request) == receipt)
        #expect(again.requests.count == 1)
    }
}
