import Payments
import Testing

struct NoticeCaseTests {
    /// A case as JSON text around a notice that we signed.
    private func entry(
        _ name: String, _ notice: RawNotice, gateway: String = "stripe", secrets: String = "[\"\(Signer.stripeSecret)\"]",
        context: String = #","context":{"orders":{"KF_TEST_01":{"amountMinor":1999,"currency":"USD","gateway":"stripe"}}}"#,
        after: String? = nil
    ) -> String {
        let headers = JSON.list(notice.headers.map { .list([.text($0.name), .text($0.value)]) }).written
        let body = JSON.text(String(decoding: notice.body, as: UTF8.self)).written
        let config = gateway == "stripe" ? "\"webhookSecrets\":\(secrets),\"livemode\":true" : "\"secrets\":\(secrets)"
        return """
            {"name":\(JSON.text(name).written),"gateway":"\(gateway)","config":{\(config)}\(context),"method":"POST","path":"/","query":null,\
            "headers":\(headers),"body":\(body),"bodyEncoding":"utf8","now":\(Signer.now),"after":\(after.map { "\"\($0)\"" } ?? "null")}
            """
    }

    private func judge(_ entries: String...) throws -> [CaseResult] {
        NoticeCase.judge(try NoticeCase.read(Array("[\(entries.joined(separator: ","))]".utf8)))
    }

    private var paid: RawNotice { Signer.stripe(Signer.event("checkout.session.completed", Signer.session())) }

    @Test("A line of JSON has the published fields in their order, for accepted and for rejected")
    func lines() throws {
        let results = try judge(entry("good", paid), entry("forged \"x\"", Signer.stripe("{}", secret: "whsec_SomebodyElse0123456789")))
        #expect(
            results.map(\.json) == [
                #"{"name":"good","verdict":"accept","category":null,"reason":"ok","kind":"paid","orderId":"KF_TEST_01","amountMinor":1999,"currency":"USD","gatewayTransactionId":"pi_test1","deliver":true,"reply":{"status":200,"body":""}}"#,
                #"{"name":"forged \"x\"","verdict":"reject","category":"signature","reason":"bad_signature","kind":null,"orderId":null,"amountMinor":null,"currency":null,"gatewayTransactionId":null,"deliver":false,"reply":{"status":400,"body":""}}"#,
            ])
        #expect(
            results.map(\.text) == [
                "accept  good: paid order KF_TEST_01 1999 USD (minor units), deliver; reply 200",
                "reject  forged \"x\": signature bad_signature; reply 400",
            ])
    }

    @Test("Each case has the books that it describes; one that comes after another goes on from there")
    func books() throws {
        let results = try judge(
            entry("one", paid), entry("alone", paid), entry("again", paid, after: "one"), entry("lost", paid, after: "nowhere"))
        #expect(results.map { $0.decision?.deliver } == [true, true, false, true])
        #expect(results[2].decision?.flags == [.duplicate])
        #expect(results.map { $0.note != nil } == [false, false, false, true])
    }

    @Test("A case without books goes on from the one before it")
    func shared() throws {
        let other = Signer.stripe(Signer.event("checkout.session.async_payment_succeeded", Signer.session(), id: "evt_test2"))
        let results = try judge(entry("one", paid), entry("next", other, context: ""))
        #expect(results.map { $0.decision?.deliver } == [true, false])
    }

    @Test("Without a good secret nothing is judged", arguments: ["[]", "[\"\"]", "[\" \"]", "[null]", "[\"whsec_\"]", "[\"whsec_...\"]"])
    func unconfigured(secrets: String) throws {
        let forged = Signer.stripe(Signer.event("checkout.session.completed", Signer.session()), secret: "")
        let results = try judge(
            entry("s", forged, secrets: secrets), entry("w", Signer.standard("{}", key: []), gateway: "standard-webhooks", secrets: secrets)
        )
        #expect(results.map(\.reason) == ["gateway_not_configured", "gateway_not_configured"])
        #expect(results.map(\.reply.status) == [400, 401])
        #expect(results.allSatisfy { !$0.accepted })
    }

    @Test("One case alone is read like a list of one, and its body may be base64")
    func single() throws {
        let text = #"{"gateway":"stripe","config":{},"body":"e30=","bodyEncoding":"base64","now":1,"headers":[]}"#
        let cases = try NoticeCase.read(Array(text.utf8))
        #expect(cases.map(\.name) == ["case 1"] && cases[0].notice.body == Array("{}".utf8))
    }

    @Test(
        "What cannot be read is named with its case",
        arguments: [
            ("[", "byte 1: the case is not JSON: the text ends where a value is expected"), ("[{}]", "case 1: “gateway” is missing"),
            (
                #"[{"name":"n","gateway":"gold"}]"#,
                "n: “gold” is not a kind of notice that can be judged: stripe, standard-webhooks, alipay, epay, wechat, paypal, "
                    + "paddle, lemonsqueezy, btcpay, nowpayments, tokenpay, epusdt"
            ),
            (#"{"gateway":"stripe","now":1}"#, "case 1: “body” is missing"),
            (#"{"gateway":"stripe","body":""}"#, "case 1: “now” is not a moment in unix seconds"),
            (#"{"gateway":"stripe","now":1.5,"body":""}"#, "case 1: “now” is not a moment in unix seconds"),
            (#"{"gateway":"stripe","now":9223372036854775807,"body":""}"#, "case 1: “now” is not a moment in unix seconds"),
            (#"{"gateway":"stripe","now":1,"body":"!","bodyEncoding":"base64"}"#, "case 1: “body” is not base64"),
            (#"{"gateway":"stripe","now":1,"body":"","bodyEncoding":"hex"}"#, "case 1: “bodyEncoding” is neither utf8 nor base64"),
            (#"{"gateway":"stripe","now":1,"body":"","headers":[["a"]]}"#, "case 1: “headers” is not a list of [name, value]"),
        ])
    func unreadable(text: String, message: String) {
        let error = #expect(throws: PaymentError.self) { try NoticeCase.read(Array(text.utf8)) }
        #expect(error?.description == message)
    }
}
