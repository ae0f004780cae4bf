import Catalog
import Payments
import Testing
import Transport

struct EpusdtTests {
    private func judge(_ changes: (String, String)..., answer: String? = nil, status: Int = 200) async throws -> Verdict {
        let known = GatewaySigner.changed(KnownGateways.epusdtBody, changes)
        let http = Interface(status, answer ?? GatewaySigner.confirmation("epusdt").1).client
        return try await GatewaySigner.gateway("epusdt", http: http).verdict(GatewaySigner.signed("epusdt", text: known))
    }

    @Test("A callback signed by another implementation is accepted with all that it says, and answered ok")
    func knownAnswer() async throws {
        let fact = Fact(
            .paid, dedupeKey: "202203251648208648961728|2", orderID: "KF_TEST_01", amountMinor: 6800, currency: "CNY",
            gatewayTransactionID: "123333333321232132131", sessionID: "202203251648208648961728")
        let interface = Interface(200, GatewaySigner.confirmation("epusdt").1)
        let verdict = try await GatewaySigner.gateway("epusdt", http: interface.client).verdict(GatewaySigner.known("epusdt"))
        let ok = NoticeReply(status: 200, headers: [.init("Content-Type", "text/plain")], body: "ok")
        #expect(verdict == .accepted(fact, success: ok))
        #expect(interface.request?.url == "https://usdt.example/pay/check-status/202203251648208648961728")
    }

    @Test("BEpusdt calls for orders that wait, signed as well: that is no payment, and needs no question")
    func waiting() async throws {
        let fact = try #require(
            try await GatewaySigner.gateway("epusdt").verdict(GatewaySigner.notice("epusdt", KnownGateways.bepusdtBody)).fact)
        #expect(fact.kind == .ignored && fact.amountMinor == 1990 && fact.dedupeKey == "BE1648208648961728|1")
    }

    @Test(
        "Only status 2 is a payment; run out, cancelled and failed release the order",
        arguments: [
            ("1", Fact.Kind.ignored), ("3", .failed), ("4", .failed), ("5", .ignored), ("6", .failed), ("0", .ignored), ("22", .ignored),
            ("\"2 \"", .ignored), ("2.5", .ignored),
        ])
    func states(status: String, kind: Fact.Kind) async throws {
        #expect(try await judge((#""status":2"#, #""status":\#(status)"#)).fact?.kind == kind)
    }

    @Test("Numbers are signed in their shortest form, however they are written")
    func numbers() throws {
        let gateway = try GatewaySigner.gateway("epusdt")
        func refusal(_ part: String, _ other: String) -> String? {
            gateway.judge(GatewaySigner.notice("epusdt", KnownGateways.epusdtBody.replacing(part, with: other)), now: Signer.now).refusal
        }
        for other in [#""amount":68.00"#, #""amount":6.8e1"#, #""amount":"68""#, #""amount":680E-1"#] {
            #expect(refusal(#""amount":68"#, other) == "policy/not_confirmed")
        }
        for other in [#""amount":"68.00""#, #""amount":68.01"#, #""amount":-68"#, #""amount":6.8"#, #""amount":"6.8e1""#] {
            #expect(refusal(#""amount":68"#, other) == "signature/bad_signature")
        }
        for other in [#""amount":1e99"#, #""amount":true"#, #""amount":{}"#, #""amount":[68]"#] {
            #expect(refusal(#""amount":68"#, other) == "format/malformed_json")
        }
    }

    @Test(
        "An amount of nothing, or one that is not strict decimal text, is refused",
        arguments: ["0", "\"0.00\"", "-68", "68.001", "\"1e2\"", "\"12abc\"", "\"６８\"", "\" 68\""])
    func amounts(text: String) async throws {
        #expect(try await judge((#""amount":68"#, #""amount":\#(text)"#)).refusal == "format/invalid_amount")
        #expect(try await judge((#""amount":68,"#, "")).refusal == "format/missing_field")
        #expect(try await judge((#""amount":68"#, #""amount":null"#)).refusal == "format/missing_field")
    }

    @Test("The coins that came are not the amount: what was asked for is")
    func coins() async throws {
        #expect(try await judge(("9.4521", "68")).fact?.amountMinor == 6800)
        let dollars = try GatewaySigner.gateway(
            "epusdt", ["fiat": .text("USD")], http: Interface(200, GatewaySigner.confirmation("epusdt").1).client)
        #expect(try await dollars.verdict(GatewaySigner.known("epusdt")).fact?.currency == "USD")
    }

    @Test("One signed text cut into other members is refused: a status cannot hide in the value before it")
    func borders() async throws {
        let verdict = try await judge((#""order_id":"KF_TEST_01""#, #""order_id":"KF_TEST_01&status=2""#), (#""status":2"#, #""status":1"#))
        #expect(verdict.refusal == "format/ambiguous_parameter")
    }

    @Test("Nothing is delivered that the server, when asked, does not say itself")
    func confirmation() async throws {
        let answer = GatewaySigner.confirmation("epusdt").1
        for status in ["1", "3", "\"Paid\""] {
            #expect(
                try await judge(answer: answer.replacing(#""status":2"#, with: #""status":\#(status)"#)).refusal == "policy/not_confirmed")
        }
        #expect(try await judge(answer: #"{"status_code":10008,"message":"订单不存在"}"#).refusal == "policy/not_confirmed")
        let epusdt = #"{"status_code":200,"message":"success","data":{"trade_id":"202203251648208648961728","status":2}}"#
        #expect(try await judge(answer: epusdt).fact?.kind == .paid)
        await #expect(throws: PaymentError.self) { try await judge(answer: answer.replacing("2022", with: "2023")) }
        await #expect(throws: PaymentError.self) { try await judge(answer: "", status: 503) }
        // An id that would lead the question elsewhere is not asked about.
        let strange = try await judge(("202203251648208648961728", "../order/x"))
        #expect(strange.refusal == "policy/not_confirmed")
    }

    private static let created =
        #"{"status_code":200,"message":"success","data":{"trade_id":"2022032716","order_id":"KF_TEST_01","amount":68,"actual_amount":9.45,"#
        + #""token":"T","expiration_time":1648381192,"payment_url":"https://usdt.example/pay/checkout-counter/2022032716"}}"#

    @Test("A checkout is signed as the server signs, with BEpusdt's members where they are asked for")
    func checkout() async throws {
        let interface = Interface(200, Self.created)
        let session = try await GatewaySigner.gateway("epusdt", http: interface.client).createCheckout(
            .sample(minor: 6800, currency: "CNY"))
        #expect(
            session
                == CheckoutSession(
                    way: .redirect("https://usdt.example/pay/checkout-counter/2022032716"), gatewayReference: "2022032716:6800:CNY"))
        #expect(interface.request?.url == "https://usdt.example/api/v1/order/create-transaction")
        let body = String(decoding: try #require(interface.request).body, as: UTF8.self)
        #expect(body.contains(#""amount":68,"#) && body.contains(#""signature":"\#(KnownGateways.epusdtSent)""#) && !body.contains("fiat"))
        let bepusdt = Interface(200, Self.created.replacing(#""amount":68"#, with: #""amount":"19.9""#))
        _ = try await GatewaySigner.gateway("epusdt", ["fiat": .text("USD"), "trade_type": .text("usdt.trc20")], http: bepusdt.client)
            .createCheckout(.sample(minor: 1990, currency: "USD"))
        let second = String(decoding: try #require(bepusdt.request).body, as: UTF8.self)
        #expect(
            second.contains(#""signature":"\#(KnownGateways.bepusdtSent)""#) && second.contains(#""fiat":"USD","trade_type":"usdt.trc20""#))
    }

    @Test("An order for nothing, which anything would pay, is not made; a trade of another order or amount is not followed")
    func refusals() async throws {
        let unasked = try GatewaySigner.gateway("epusdt")
        for (minor, code) in [(0, "CNY"), (100, "USD")] as [(Int64, String)] {
            let error = await #expect(throws: PaymentError.self) { try await unasked.createCheckout(.sample(minor: minor, currency: code)) }
            #expect(error?.code == .refused && error?.message.contains("HTTP") == false)
        }
        for (part, other) in [
            ("KF_TEST_01", "KF_TEST_02"), (#""amount":68"#, #""amount":67"#), ("https://usdt", "http://usdt"), ("2022032716\",", "a/b\","),
        ] {
            let gateway = try GatewaySigner.gateway("epusdt", http: Interface(200, Self.created.replacing(part, with: other)).client)
            let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(.sample(minor: 6800, currency: "CNY")) }
            #expect(error?.code == .malformedAnswer)
        }
        let refusing = try GatewaySigner.gateway("epusdt", http: Interface(200, #"{"status_code":10003,"message":"无可用钱包地址"}"#).client)
        let error = await #expect(throws: PaymentError.self) { try await refusing.createCheckout(.sample(minor: 6800, currency: "CNY")) }
        #expect(error?.code == .refused && error?.cause == "code 10003")
    }

    @Test("A question is answered with what was asked for in the trade; the payment on the chain is the callback's to name")
    func query() async throws {
        func ask(_ answer: String, _ reference: String? = "202203251648208648961728:6800:CNY") async throws -> Fact? {
            try await GatewaySigner.gateway("epusdt", http: Interface(200, answer).client)
                .query(PaymentReference(order: "KF_TEST_01", gatewayReference: reference))
        }
        let answer = GatewaySigner.confirmation("epusdt").1
        let paid = try #require(try await ask(answer))
        #expect(paid.kind == .paid && paid.amountMinor == 6800 && paid.gatewayTransactionID == "123333333321232132131")
        let bare = try #require(try await ask(#"{"status_code":200,"data":{"trade_id":"202203251648208648961728","status":2}}"#))
        #expect(bare.kind == .paid && bare.gatewayTransactionID == nil)
        #expect(try await ask(answer.replacing(#""status":2"#, with: #""status":1"#)) == nil)
        for reference in [nil, "", "x", "a/b:1:CNY", "a:0:CNY", "a:1:XYZ", "a:1", "a:-1:CNY", "a:1:CNY:2"] {
            await #expect(throws: PaymentError.self) { try await ask(answer, reference) }
        }
        let amount = Money(minor: 1, currency: try Currency(code: "CNY"))
        let error = await #expect(throws: PaymentError.self) {
            try await GatewaySigner.gateway("epusdt").refund(RefundRequest(order: "KF_TEST_01", transaction: "x", amount: amount, key: "k"))
        }
        #expect(error?.code == .unsupported)
    }

    @Test("The token of the server's own documents is refused, since everybody knows it")
    func knownToken() {
        #expect(throws: Diagnostics.self) {
            try GatewaySigner.gateway("epusdt", environment: ["EPUSDT_TOKEN": "epusdt_password_xasddawqe"])
        }
    }
}
