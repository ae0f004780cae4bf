import Catalog
import Payments
import Testing
import Transport

struct NOWPaymentsTests {
    /// A notice with changes, and an answer that says the same, or `answer`.
    private func judge(_ changes: (String, String)..., answer: String? = nil, status: Int = 200) async throws -> Verdict {
        let body = GatewaySigner.changed(KnownGateways.nowBody, changes)
        let notice = GatewaySigner.notice("nowpayments", body)
        return try await GatewaySigner.gateway("nowpayments", http: Interface(status, answer ?? body).client).verdict(notice)
    }

    private static let finished = #""payment_status":"finished""#

    @Test("Notices signed by other implementations are accepted, however they write what is not ASCII")
    func knownAnswers() async throws {
        let fact = Fact(
            .paid, dedupeKey: "5077125051|finished", orderID: "KF_TEST_01", amountMinor: 1999, currency: "USD",
            gatewayTransactionID: "5077125051", sessionID: "4522625843")
        for (header, body) in [
            (KnownGateways.nowHeader, KnownGateways.nowBody), (KnownGateways.nowHeaderASCII, KnownGateways.nowBody),
            (KnownGateways.nowPackageHeader, KnownGateways.nowPackageBody),
        ] {
            let interface = Interface(200, KnownGateways.nowBody)
            let verdict = try await GatewaySigner.gateway("nowpayments", http: interface.client)
                .verdict(GatewaySigner.notice("x-nowpayments-sig", header, body))
            #expect(verdict == .accepted(fact, success: NoticeReply(status: 200)))
            #expect(interface.request?.url == "https://api.nowpayments.io/v1/payment/5077125051")
        }
    }

    @Test("The order of members is nothing, the characters of a number are everything")
    func lexemes() throws {
        let gateway = try GatewaySigner.gateway("nowpayments")
        func refusal(_ body: String) -> String? {
            gateway.judge(GatewaySigner.notice("x-nowpayments-sig", KnownGateways.nowHeader, body), now: Signer.now).refusal
        }
        let body = KnownGateways.nowBody
        let moved = "{\n \"order_id\": \"KF_TEST_01\",\n" + body.dropFirst().replacing(#""order_id":"KF_TEST_01","#, with: "")
        #expect(refusal(moved) == "policy/not_confirmed")
        #expect(refusal(body.replacing("/", with: #"\/"#)) == "policy/not_confirmed")
        for (part, other) in [
            ("1.0e-7", "1e-7"), ("1.0e-7", "0.0000001"), ("19.99", "19.990"),
            (#""actually_paid_at_fiat":0"#, #""actually_paid_at_fiat":0.0"#),
            ("5077125051", "5077125051.0"), ("null", "\"null\""), (#""trx""#, #""TRX""#),
        ] { #expect(refusal(body.replacing(part, with: other)) == "signature/bad_signature") }
        #expect(refusal(body.replacing("{\"payment_id\"", with: "{\"order_id\":\"KF_TEST_02\",\"payment_id\"")) == "format/malformed_json")
    }

    @Test("Nested members are sorted as well, control characters and astral ones are written as each language does")
    func canonical() throws {
        let value = try JSONReader.read(Array(#" {"b":[3.10, {"z":1,"a":-0.0}], "a":{"y":"\u0001\b\f\/\u007f","x":"é😀\"\\"}} "#.utf8))
        let least = "{\"a\":{\"x\":\"é😀\\\"\\\\\",\"y\":\"\\u0001\\b\\f/\u{7F}\"},\"b\":[3.10,{\"a\":-0.0,\"z\":1}]}"
        let ascii = #"{"a":{"x":"\u00e9\ud83d\ude00\"\\","y":"\u0001\b\f/\u007f"},"b":[3.10,{"a":-0.0,"z":1}]}"#
        #expect(String(decoding: CanonicalJSON.bytes(value, .least), as: UTF8.self) == least)
        #expect(String(decoding: CanonicalJSON.bytes(value, .ascii), as: UTF8.self) == ascii)
    }

    @Test("Only a finished payment is one", arguments: ["waiting", "confirming", "confirmed", "sending", "Finished", "partially_paid"])
    func states(status: String) async throws {
        let fact = try #require(try await judge((Self.finished, #""payment_status":"\#(status)""#)).fact)
        #expect(fact.kind == .ignored && fact.remarks == (status == "partially_paid" ? [.needsLookup] : []))
    }

    @Test("A payment that failed or ran out releases the order; one that went back is refunded whole")
    func ends() async throws {
        for status in ["failed", "expired"] {
            #expect(try await judge((Self.finished, #""payment_status":"\#(status)""#)).fact?.kind == .failed)
        }
        let refunded = try #require(try await judge((Self.finished, #""payment_status":"refunded""#)).fact)
        #expect(refunded.kind == .refunded && refunded.fullRefund == true && refunded.amountMinor == 1999)
    }

    @Test("A finished payment that brought less than was asked for is not delivered")
    func less() async throws {
        for came in ["165.652608", "165.65260899999999", "99", "1.7e1"] {
            let fact = try #require(try await judge((#""actually_paid":165.652609"#, #""actually_paid":\#(came)"#)).fact)
            #expect(fact.kind == .ignored && fact.remarks == [.needsLookup])
        }
        for came in ["165.6526090", "166", "1.65652609e2", "\"165.652609\""] {
            #expect(try await judge((#""actually_paid":165.652609"#, #""actually_paid":\#(came)"#)).fact?.kind == .paid)
        }
        for came in ["0", "-166", "null", "\"12abc\"", "1e99999", "true"] {
            #expect(try await judge((#""actually_paid":165.652609"#, #""actually_paid":\#(came)"#)).refusal?.hasPrefix("format/") == true)
        }
    }

    @Test("A later payment to the same address names the whole price again, and goes to a person")
    func child() async throws {
        let fact = try #require(try await judge((#""parent_payment_id":null"#, #""parent_payment_id":5077125050"#)).fact)
        #expect(fact.kind == .ignored && fact.remarks == [.needsLookup])
    }

    @Test(
        "A price that is not strict decimal text above nothing is refused",
        arguments: ["0", "-19.99", "19.999", "1e2", "\"12abc\"", "[19.99]", "\"1,999\"", "\" 19.99\""])
    func amounts(text: String) async throws {
        let verdict = try await judge((#""price_amount":19.99"#, #""price_amount":\#(text)"#))
        #expect(verdict.refusal == "format/invalid_amount")
        #expect(try await judge((#""price_amount":19.99,"#, "")).refusal == "format/missing_field")
    }

    @Test("A coin is no money of ours: a price in it is refused", arguments: ["trx", "usdttrc20", "btc"])
    func coins(code: String) async throws {
        #expect(try await judge((#""price_currency":"usd""#, #""price_currency":"\#(code)""#)).refusal == "format/invalid_amount")
    }

    @Test("Nothing is delivered that the service, when asked, does not say itself")
    func confirmation() async throws {
        for (part, other) in [
            (Self.finished, #""payment_status":"confirming""#), ("KF_TEST_01", "KF_TEST_02"), ("19.99", "1.99"), (#""usd""#, #""eur""#),
            (#""actually_paid":165.652609"#, #""actually_paid":1"#),
        ] {
            let verdict = try await judge(answer: KnownGateways.nowBody.replacing(part, with: other))
            #expect(verdict.refusal == "policy/not_confirmed")
        }
        #expect(try await judge(answer: "", status: 404).refusal == "policy/not_confirmed")
        await #expect(throws: PaymentError.self) { try await judge(answer: "", status: 500) }
        await #expect(throws: PaymentError.self) {
            try await judge(answer: KnownGateways.nowBody.replacing("5077125051", with: "5077125052"))
        }
    }

    @Test("A checkout is one invoice at our price; it cannot be asked about, nor refunded")
    func checkout() async throws {
        let interface = Interface(
            200, #"{"id":"4522625843","order_id":"KF_TEST_01","invoice_url":"https://nowpayments.io/payment/?iid=4522625843"}"#)
        let gateway = try GatewaySigner.gateway("nowpayments", http: interface.client)
        let session = try await gateway.createCheckout(.sample(minor: 1990, currency: "USD"))
        #expect(
            session == CheckoutSession(way: .redirect("https://nowpayments.io/payment/?iid=4522625843"), gatewayReference: "4522625843"))
        let request = try #require(interface.request)
        #expect(
            request.url == "https://api.nowpayments.io/v1/invoice" && request.headers.contains(HTTPField("x-api-key", GatewaySecrets.api)))
        #expect(
            String(decoding: request.body, as: UTF8.self).hasPrefix(
                #"{"price_amount":19.9,"price_currency":"usd","order_id":"KF_TEST_01","order_description":"KF_TEST_01","ipn_callback_url":"https://shop"#
            ))
        let asked = await #expect(throws: PaymentError.self) {
            try await gateway.query(PaymentReference(order: "KF_TEST_01", gatewayReference: "4522625843"))
        }
        let amount = Money(minor: 1, currency: try Currency(code: "USD"))
        let refunded = await #expect(throws: PaymentError.self) {
            try await gateway.refund(RefundRequest(order: "KF_TEST_01", transaction: "5077125051", amount: amount, key: "k"))
        }
        #expect(asked?.code == .unsupported && refunded?.code == .unsupported)
    }
}
