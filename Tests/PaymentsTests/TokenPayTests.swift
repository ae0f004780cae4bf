import Catalog
import Payments
import Testing
import Transport

struct TokenPayTests {
    private func judge(_ changes: (String, String)..., answer: String? = nil, status: Int = 200) async throws -> Verdict {
        let known = GatewaySigner.changed(KnownGateways.tokenBody, changes)
        let http = Interface(status, answer ?? GatewaySigner.confirmation("tokenpay").1).client
        return try await GatewaySigner.gateway("tokenpay", http: http).verdict(GatewaySigner.signed("tokenpay", text: known))
    }

    private func judge(order changes: (String, String)...) async throws -> Verdict {
        let order = GatewaySigner.changed(GatewaySigner.tokenOrder(), changes)
        return try await judge(answer: #"{"success":true,"data":\#(order)}"#)
    }

    @Test("A callback signed by another implementation is accepted with all that it says, and answered ok")
    func knownAnswer() async throws {
        let fact = Fact(
            .paid, dedupeKey: "63234df7-55bf-93fc-0010-67be493c0c27|1", orderID: "KF_TEST_01", amountMinor: 6800, currency: "CNY",
            gatewayTransactionID: "375859c36dc5f5d227b10912b5ec70d36dd34446028064956cb60cdbb74432f5", affiliate: "0123abcd0123abcd",
            sessionID: "63234df7-55bf-93fc-0010-67be493c0c27")
        let interface = Interface(200, GatewaySigner.confirmation("tokenpay").1)
        let verdict = try await GatewaySigner.gateway("tokenpay", http: interface.client).verdict(GatewaySigner.known("tokenpay"))
        let ok = NoticeReply(status: 200, headers: [.init("Content-Type", "text/plain")], body: "ok")
        #expect(verdict == .accepted(fact, success: ok))
        #expect(
            interface.request?.url
                == "https://token.example/Query?Id=63234df7-55bf-93fc-0010-67be493c0c27&Signature=\(KnownGateways.tokenAsked)")
    }

    @Test("Members without content are not signed; a zero is")
    func empty() throws {
        let gateway = try GatewaySigner.gateway("tokenpay")
        func refusal(_ part: String, _ other: String) -> String? {
            gateway.judge(GatewaySigner.notice("tokenpay", KnownGateways.tokenBody.replacing(part, with: other)), now: Signer.now).refusal
        }
        for other in [#""Note":null"#, #""Note":"","More":"""#] { #expect(refusal(#""Note":"""#, other) == "policy/not_confirmed") }
        for other in [#""Note":0"#, #""Note":" ""#, #""Note":"0""#] { #expect(refusal(#""Note":"""#, other) == "signature/bad_signature") }
        #expect(refusal(#""IsDynamicAmount":0"#, #""IsDynamicAmount":1"#) == "signature/bad_signature")
    }

    @Test(
        "Only status 1 is a payment; 2 has run out",
        arguments: [("0", Fact.Kind.ignored), ("2", .failed), ("3", .ignored), ("11", .ignored), ("-1", .ignored)])
    func states(status: String, kind: Fact.Kind) async throws {
        #expect(try await judge((#""Status":1"#, #""Status":\#(status)"#)).fact?.kind == kind)
    }

    @Test("The money is the one that the callback names, else the account's; coins are no money")
    func currencies() async throws {
        #expect(try await judge((#""BaseCurrency":"CNY""#, #""BaseCurrency":"USD""#)).refusal == "policy/not_confirmed")
        #expect(try await judge((#""BaseCurrency":"CNY","#, "")).fact?.currency == "CNY")
        for code in ["USDT_TRC20", "TRX", "￥"] {
            #expect(try await judge((#""BaseCurrency":"CNY""#, #""BaseCurrency":"\#(code)""#)).refusal == "format/invalid_amount")
        }
    }

    @Test(
        "An amount that is not strict decimal text above nothing is refused",
        arguments: ["0", "-68", "68.001", "1e2", "12abc", "６８", " 68", "6,8", "0x44"])
    func amounts(text: String) async throws {
        #expect(try await judge((#""ActualAmount":"68""#, #""ActualAmount":"\#(text)""#)).refusal == "format/invalid_amount")
        #expect(try await judge((#""ActualAmount":"68","#, "")).refusal == "format/missing_field")
        #expect(try await judge((#""ActualAmount":"68""#, #""ActualAmount":["68"]"#)).refusal == "format/malformed_json")
        #expect(try await judge((#""ActualAmount":"68""#, #""ActualAmount":"68.00""#)).fact?.amountMinor == 6800)
    }

    @Test("One signed text cut into other members is refused: an order cannot hide in the value before it")
    func borders() async throws {
        let order = (#""OutOrderId":"KF_TEST_01""#, #""OutOrderId":"KF_TEST_02""#)
        let verdict = try await judge(order, (#""OrderUserKey":"KF_TEST_01""#, #""OrderUserKey":"x&OutOrderId=KF_TEST_01""#))
        #expect(verdict.refusal == "format/ambiguous_parameter")
    }

    @Test("Nothing is delivered that the server, when asked, does not say itself")
    func confirmation() async throws {
        for change in [
            (#""status":"Paid""#, #""status":"Pending""#), (#""status":"Paid""#, #""status":2"#), ("68.00", "6.80"),
            ("KF_TEST_01", "KF_TEST_02"),
            ("63234df7", "63234df8"),
        ] { #expect(try await judge(order: change).refusal == "policy/not_confirmed") }
        #expect(try await judge(order: (#""status":"Paid""#, #""status":1"#)).fact?.kind == .paid)
        #expect(try await judge(answer: #"{"success":false,"message":"订单不存在！"}"#).refusal == "policy/not_confirmed")
        await #expect(throws: PaymentError.self) { try await judge(answer: "", status: 502) }
        await #expect(throws: PaymentError.self) { try await judge(answer: "<html>") }
    }

    @Test("A paid order without a payment on the chain was marked by hand, and counts once for its own id")
    func byHand() async throws {
        let hash = #""BlockTransactionId":"375859c36dc5f5d227b10912b5ec70d36dd34446028064956cb60cdbb74432f5""#
        let fact = try #require(try await judge((hash, #""BlockTransactionId":null"#)).fact)
        #expect(fact.kind == .paid && fact.gatewayTransactionID == "63234df7-55bf-93fc-0010-67be493c0c27")
    }

    @Test("A checkout is signed as the server signs; the answer's page is followed, a refusal is told")
    func checkout() async throws {
        let answer =
            #"{"success":true,"message":"","data":"https://token.example/Pay?Id=63234df7","info":{"Id":"63234df7","ActualAmount":"68.5"}}"#
        let interface = Interface(200, answer)
        let gateway = try GatewaySigner.gateway("tokenpay", http: interface.client)
        let session = try await gateway.createCheckout(.sample(minor: 6850, currency: "CNY", affiliate: "0123abcd0123abcd"))
        #expect(session == CheckoutSession(way: .redirect("https://token.example/Pay?Id=63234df7"), gatewayReference: "63234df7"))
        let body = String(decoding: try #require(interface.request).body, as: UTF8.self)
        #expect(interface.request?.url == "https://token.example/CreateOrder")
        #expect(body.contains(#""ActualAmount":68.5,"#) && body.contains(#""Signature":"\#(KnownGateways.tokenSent)""#))
        #expect(!body.contains(GatewaySecrets.token))
        let refusing = try GatewaySigner.gateway("tokenpay", http: Interface(200, #"{"success":false,"message":"签名验证失败！"}"#).client)
        let error = await #expect(throws: PaymentError.self) { try await refusing.createCheckout(.sample(minor: 1, currency: "CNY")) }
        #expect(error?.code == .refused && error?.description.contains("签名") == false)
        let unasked = try GatewaySigner.gateway("tokenpay")
        for (minor, code) in [(0, "CNY"), (100, "USD")] as [(Int64, String)] {
            let error = await #expect(throws: PaymentError.self) { try await unasked.createCheckout(.sample(minor: minor, currency: code)) }
            #expect(error?.code == .refused && error?.message.contains("HTTP") == false)
        }
    }

    @Test("A question is answered with the fact that a callback would bring, of our order alone; refunds are by hand")
    func query() async throws {
        func ask(_ order: String) async throws -> Fact? {
            try await GatewaySigner.gateway("tokenpay", http: Interface(200, #"{"success":true,"data":\#(order)}"#).client)
                .query(PaymentReference(order: "KF_TEST_01", gatewayReference: "63234df7-55bf-93fc-0010-67be493c0c27"))
        }
        let paid = try #require(try await ask(GatewaySigner.tokenOrder()))
        #expect(paid.kind == .paid && paid.amountMinor == 6800 && paid.currency == "CNY")
        #expect(try await ask(GatewaySigner.tokenOrder(("Paid", "Pending"))) == nil)
        #expect(try await ask(GatewaySigner.tokenOrder(("Paid", "Expired")))?.kind == .failed)
        await #expect(throws: PaymentError.self) { try await ask(GatewaySigner.tokenOrder(("KF_TEST_01", "KF_TEST_02"))) }
        let amount = Money(minor: 1, currency: try Currency(code: "CNY"))
        let error = await #expect(throws: PaymentError.self) {
            try await GatewaySigner.gateway("tokenpay").refund(
                RefundRequest(order: "KF_TEST_01", transaction: "x", amount: amount, key: "k"))
        }
        #expect(error?.code == .unsupported)
    }
}
