import Catalog
import Cryptography
import Foundation
import Payments
import Testing
import Transport

struct EPayGatewayTests {
    private let trade = "2027011516000000001"

    private func gateway(_ version: EPayVersion, _ http: HTTPClient = .unreachable, _ more: [String: GatewayAccount.Setting] = [:]) throws
        -> any Gateway
    {
        let settings = (version == .v1 ? FormSigner.epaySettings : FormSigner.epayRSASettings).merging(more) { $1 }
        return try #require(try FormSigner.set([FormSigner.account("epay", "epay", settings)], http: http).gateway(named: "epay"))
    }

    private func intent(_ address: String? = nil) throws -> CheckoutIntent {
        CheckoutIntent(
            order: "KF_TEST_01", amount: Money(minor: 6800, currency: try Currency(code: "CNY")), description: "<年度会员> C++ & \"more\"",
            language: "zh-CN", affiliate: "0123abcd0123abcd", clientAddress: address, returnURL: "https://shop.example/orders/abc",
            notifyURL: "https://shop.example/notify/epay", createdAt: 1_800_000_000, expiresAt: 1_800_000_900)
    }

    private func values(_ form: String) -> [String: String] {
        var values: [String: String] = [:]
        for item in URLComponents(string: "?" + form.replacing("+", with: "%20"))?.queryItems ?? [] { values[item.name] = item.value }
        return values
    }

    private func signedText(_ values: [String: String]) -> [UInt8] {
        let kept = values.filter { $0.key != "sign" && $0.key != "sign_type" && !$0.value.isEmpty }
        return Array(kept.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&").utf8)
    }

    private let submitted = [
        "pid": "1001", "out_trade_no": "KF_TEST_01", "notify_url": "https://shop.example/notify/epay",
        "return_url": "https://shop.example/orders/abc", "name": "年度会员 C++ more", "money": "68.00", "param": "0123abcd0123abcd",
    ]

    @Test("A checkout is a signed address at the site, without anything that the site would rewrite")
    func submit() async throws {
        guard case .redirect(let first) = try await gateway(.v1, .unreachable, ["type": .text("alipay")]).createCheckout(intent()).way,
            case .redirect(let second) = try await gateway(.v2).createCheckout(intent()).way
        else {
            Issue.record("redirects are expected")
            return
        }
        #expect(first.hasPrefix("https://pay.example/submit.php?") && second.hasPrefix("https://pay.example/api/pay/submit?"))
        var v1 = values(String(first.dropFirst("https://pay.example/submit.php?".count)))
        #expect(v1["sign"] == Hex.encode(Digest.md5(signedText(v1) + Array(FormSigner.epayKey.utf8))))
        v1["sign"] = nil
        #expect(v1 == submitted.merging(["type": "alipay", "sign_type": "MD5"]) { $1 })
        var v2 = values(String(second.dropFirst("https://pay.example/api/pay/submit?".count)))
        let sign = try #require(v2.removeValue(forKey: "sign").flatMap { Base64.decode($0) })
        #expect(try RSAPublicKey(text: RSAKeys.merchantPublic).verify(signature: sign, message: signedText(v2)))
        #expect(v2 == submitted.merging(["timestamp": "1800000000", "sign_type": "RSA"]) { $1 })
        #expect(!first.contains(FormSigner.epayKey))
    }

    @Test("A notify address with a query, another currency, or nothing to pay is refused")
    func refusals() async throws {
        let error = await #expect(throws: PaymentError.self) {
            try await gateway(.v1).createCheckout(
                CheckoutIntent(
                    order: "KF_TEST_01", amount: intent().amount, description: "x", language: "en", returnURL: "https://shop.example/",
                    notifyURL: "https://shop.example/notify?gw=1", createdAt: 0, expiresAt: 900))
        }
        #expect(error?.code == .refused)
        for (minor, currency) in [(6800, "USD"), (0, "CNY")] as [(Int64, String)] {
            await #expect(throws: PaymentError.self) { try await gateway(.v1).createCheckout(.sample(minor: minor, currency: currency)) }
        }
    }

    @Test("Asked by the server, the site answers with an address or a code to scan")
    func serverSide() async throws {
        let side: [String: GatewayAccount.Setting] = ["server_side": .bool(true), "type": .text("wxpay")]
        let page = Interface(200, #"{"code":1,"msg":"","trade_no":"\#(trade)","payurl":"https://pay.example/pay/wxpay/1/"}"#)
        let session = try await gateway(.v1, page.client, side).createCheckout(intent("203.0.113.9"))
        #expect(session == CheckoutSession(way: .redirect("https://pay.example/pay/wxpay/1/"), gatewayReference: trade))
        let request = try #require(page.request)
        let sent = values(String(decoding: request.body, as: UTF8.self))
        #expect(request.method == "POST" && request.url == "https://pay.example/mapi.php")
        #expect(sent["clientip"] == "203.0.113.9" && sent["type"] == "wxpay" && sent["device"] == "pc")
        #expect(sent["sign"] == Hex.encode(Digest.md5(signedText(sent) + Array(FormSigner.epayKey.utf8))))

        let code = Interface(200, #"{"code":"1","trade_no":\#(trade),"qrcode":"weixin://wxpay/bizpayurl?pr=abc"}"#)
        #expect(try await gateway(.v1, code.client, side).createCheckout(intent()).way == .qr("weixin://wxpay/bizpayurl?pr=abc"))

        for (kind, info, way) in [
            ("jump", "https://pay.example/pay/1", CheckoutSession.Way.redirect("https://pay.example/pay/1")),
            ("qrcode", "https://qr.example/1", .qr("https://qr.example/1")),
        ] {
            let signed = Interface([FormSigner.epayAnswer([("code", "0"), ("trade_no", trade), ("pay_type", kind), ("pay_info", info)])])
            #expect(try await gateway(.v2, signed.client, side).createCheckout(intent()).way == way)
            #expect(signed.request?.url == "https://pay.example/api/pay/create")
        }
    }

    @Test(
        "Other ways, other addresses and refusals are not followed",
        arguments: [
            #"{"code":1,"payurl":"javascript:alert(1)"}"#, #"{"code":1,"payurl":"http://evil.example/"}"#, #"{"code":1,"qrcode":"a b"}"#,
            #"{"code":1,"urlscheme":"weixin://dl/business/?t=1"}"#, #"{"code":1}"#, "", "[]", "<html>", #"{"code":-1,"msg":"KF_TEST_01"}"#,
            #"{"code":1,"payurl":"https://a.example/","payurl":"https://b.example/"}"#,
        ])
    func strange(answer: String) async throws {
        let error = await #expect(throws: PaymentError.self) {
            try await gateway(.v1, Interface(200, answer).client, ["server_side": .bool(true)]).createCheckout(intent())
        }
        #expect(error?.code == (answer.contains("-1") ? .refused : .malformedAnswer))
        #expect(error?.description.contains("KF_TEST_01") == false)
    }

    private func ask(_ version: EPayVersion, _ answer: (Int, [UInt8])) async throws -> Fact? {
        try await gateway(version, Interface([answer]).client).query(PaymentReference(order: "KF_TEST_01", gatewayReference: nil))
    }

    private func order(_ status: String, _ more: String = "") -> (Int, [UInt8]) {
        (
            200,
            Array(
                #"{"code":1,"msg":"succ","trade_no":"\#(trade)","out_trade_no":"KF_TEST_01","pid":"1001","money":"68.00","status":\#(status),"param":null\#(more)}"#
                    .utf8)
        )
    }

    @Test("Asked about an order, the first generation answers by TLS alone; numbers may be texts")
    func queryMD5() async throws {
        let interface = Interface([order("\"1\"", #","endtime":"2027-01-15 15:59:10""#)])
        let paid = try await gateway(.v1, interface.client).query(PaymentReference(order: "KF_TEST_01", gatewayReference: nil))
        #expect(paid?.kind == .paid && paid?.dedupeKey == trade && paid?.amountMinor == 6800 && paid?.occurredAt == 1_799_999_950)
        #expect(interface.request?.method == "GET")
        #expect(
            interface.request?.url == "https://pay.example/api.php?act=order&pid=1001&key=\(FormSigner.epayKey)&out_trade_no=KF_TEST_01")
        #expect(try await ask(.v1, order("1"))?.kind == .paid)
        #expect(try await ask(.v1, order("0")) == nil)
        #expect(try await ask(.v1, order("4")) == nil)
        #expect(try await ask(.v1, order("3"))?.kind == .disputed)
        let refunded = try await ask(.v1, order("2"))
        #expect(refunded?.kind == .ignored && refunded?.remarks == [.needsLookup])
        #expect(try await ask(.v1, (200, Array(#"{"code":-1,"msg":"订单号不存在"}"#.utf8))) == nil)
    }

    @Test("What the first generation says about another order or merchant, or against its key, is an error without the key in it")
    func queryRefusals() async throws {
        let good = String(decoding: order("1").1, as: UTF8.self)
        for (part, other) in [
            ("KF_TEST_01", "KF_TEST_02"), ("\"1001\"", "\"1002\""), ("\"68.00\"", "\"68.000\""), ("\"code\":1", "\"code\":-3"),
            ("\"status\":1", "\"x\":1"),
        ] {
            let text = good.replacing(part, with: other)
            #expect(text != good)
            let error = await #expect(throws: PaymentError.self) { try await ask(.v1, (200, Array(text.utf8))) }
            #expect(error?.description.contains(FormSigner.epayKey) == false)
        }
        let unreachable = HTTPClient { _ throws(TransportError) in throw TransportError(.timeout, "no answer") }
        let error = await #expect(throws: PaymentError.self) {
            try await gateway(.v1, unreachable).query(PaymentReference(order: "KF_TEST_01", gatewayReference: nil))
        }
        #expect(error?.code == .unreachable && error?.description.contains(FormSigner.epayKey) == false)
    }

    private var found: FormSigner.Pairs {
        [("code", "0"), ("trade_no", trade), ("out_trade_no", "KF_TEST_01"), ("pid", "1001"), ("money", "68.00"), ("status", "1")]
    }

    @Test("The second generation signs its answers, and says how much went back")
    func queryRSA() async throws {
        let interface = Interface([FormSigner.epayAnswer(found)])
        let paid = try await gateway(.v2, interface.client).query(PaymentReference(order: "KF_TEST_01", gatewayReference: nil))
        #expect(paid?.kind == .paid && interface.request?.url == "https://pay.example/api/pay/query" && interface.request?.method == "POST")
        let part = try await ask(.v2, FormSigner.epayAnswer(FormSigner.changed(found, [("status", "2"), ("refundmoney", "10.00")])))
        #expect(part?.kind == .refunded && part?.amountMinor == 1000 && part?.refundAmount == .cumulative && part?.fullRefund == false)
        let full = try await ask(.v2, FormSigner.epayAnswer(FormSigner.changed(found, [("status", "2"), ("refundmoney", "68")])))
        #expect(full?.fullRefund == true && full?.dedupeKey == "\(trade)|refund|68.00")
    }

    @Test("An answer of the second generation that is changed, old, or not the site's is not believed")
    func answerSignature() async throws {
        let good = String(decoding: FormSigner.epayAnswer(found).1, as: UTF8.self)
        for (part, other) in [
            ("68.00", "0.01"), ("\"status\":\"1\"", "\"status\":\"2\""), ("\"sign_type\":\"RSA\"", "\"sign_type\":\"MD5\""),
            ("\"sign\":", "\"sgin\":"), ("\"pid\"", "\"pix\""),
        ] {
            let text = good.replacing(part, with: other)
            #expect(text != good)
            let error = await #expect(throws: PaymentError.self) { try await ask(.v2, (200, Array(text.utf8))) }
            #expect(error?.code == .malformedAnswer)
        }
        // Lists and objects are not signed, and not read; numbers are signed as PHP writes them.
        #expect(try await ask(.v2, (200, Array(good.replacing("{\"code\"", with: "{\"x\":[1],\"code\"").utf8)))?.kind == .paid)
        let number = FormSigner.epayAnswer(FormSigner.changed(found, [("money", "68")]))
        let float = String(decoding: number.1, as: UTF8.self).replacing("\"money\":\"68\"", with: "\"money\":68.0")
        #expect(try await ask(.v2, (200, Array(float.utf8)))?.amountMinor == 6800)
        for time in [Signer.now - 301, Signer.now + 301] {
            await #expect(throws: PaymentError.self) { try await ask(.v2, FormSigner.epayAnswer(found, at: time)) }
        }
        await #expect(throws: PaymentError.self) { try await ask(.v2, FormSigner.epayAnswer(found, key: RSAKeys.merchantPrivate)) }
    }

    @Test("A refund of the second generation has a number that the site keeps it by; the first has none")
    func refund() async throws {
        let amount = Money(minor: 1000, currency: try Currency(code: "CNY"))
        let request = RefundRequest(order: "KF_TEST_01", transaction: trade, amount: amount, key: "k1")
        let answer: FormSigner.Pairs = [
            ("code", "0"), ("refund_no", "R1"), ("out_refund_no", "refund_k1"), ("trade_no", trade), ("money", "10"),
        ]
        let interface = Interface([FormSigner.epayAnswer(answer)])
        #expect(try await gateway(.v2, interface.client).refund(request) == RefundReceipt(reference: "R1", done: true))
        let sent = values(String(decoding: interface.request?.body ?? [], as: UTF8.self))
        #expect(interface.request?.url == "https://pay.example/api/pay/refund")
        #expect(
            sent["trade_no"] == trade && sent["money"] == "10.00" && sent["out_refund_no"] == "refund_k1"
                && sent["timestamp"] == "1800000000")
        for (name, value) in [("money", "9.99"), ("out_refund_no", "refund_k2"), ("trade_no", "1"), ("code", "-1")] {
            let other = Interface([FormSigner.epayAnswer(FormSigner.changed(answer, [(name, value)]))])
            await #expect(throws: PaymentError.self, "\(name)") { try await gateway(.v2, other.client).refund(request) }
        }
        let error = await #expect(throws: PaymentError.self) { try await gateway(.v1).refund(request) }
        #expect(error?.code == .unsupported)
    }
}
