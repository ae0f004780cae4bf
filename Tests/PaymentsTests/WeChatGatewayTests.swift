import Catalog
import Cryptography
import Payments
import Testing
import Transport

struct WeChatGatewayTests {
    private func gateway(_ peer: Peer, _ changes: [String: GatewayAccount.Setting] = [:]) throws -> any Gateway {
        try Certified.gateway("wechat", Certified.wechatSettings.merging(changes) { $1 }, http: peer.client)
    }

    private func intent(client: String? = nil, notify: String = "https://shop.example/notify/pay", currency: String = "CNY") throws
        -> CheckoutIntent
    {
        CheckoutIntent(
            order: "KF_TEST_01", amount: Money(minor: 6800, currency: try Currency(code: currency)), description: "年度会员（专业版）",
            language: "zh-CN", affiliate: "0123abcd0123abcd", clientAddress: client, returnURL: "https://shop.example/orders/a?x=1&y",
            notifyURL: notify, createdAt: Signer.now, expiresAt: Signer.now + 900)
    }

    /// The parts of an `Authorization`, after the scheme.
    private func authorization(_ request: HTTPRequest) throws -> [String: String] {
        let text = try #require(request.header("Authorization"))
        #expect(text.hasPrefix("WECHATPAY2-SHA256-RSA2048 "))
        let parts = text.dropFirst("WECHATPAY2-SHA256-RSA2048 ".count).split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(parts.map { (String($0[0]), $0[1].trimmingQuotes) }) { first, _ in first }
    }

    @Test("A QR checkout is one signed post with the order, the promoter's token and the end of the hold in it")
    func native() async throws {
        let peer = Peer { _ in Certified.wechatAnswer(#"{"code_url":"weixin://wxpay/bizpayurl?pr=abc"}"#) }
        let session = try await gateway(peer).createCheckout(try intent())
        #expect(session == CheckoutSession(way: .qr("weixin://wxpay/bizpayurl?pr=abc"), gatewayReference: nil))
        let request = try #require(peer.requests.first)
        #expect(request.line == "POST https://api.mch.weixin.qq.com/v3/pay/transactions/native")
        #expect(
            request.text
                == #"{"appid":"wx0123456789abcdef","mchid":"1900000001","description":"年度会员（专业版）","out_trade_no":"KF_TEST_01","#
                + #""notify_url":"https://shop.example/notify/pay","attach":"0123abcd0123abcd","time_expire":"2027-01-15T08:15:00Z","#
                + #""amount":{"total":6800,"currency":"CNY"}}"#)
        #expect(request.header("Accept") == "application/json" && request.header("User-Agent") != nil)
        #expect(request.header("Wechatpay-Serial") == Certified.publicKeyID)
        let parts = try authorization(request)
        #expect(parts["mchid"] == "1900000001" && parts["timestamp"] == "\(Signer.now)")
        #expect(parts["serial_no"] == "0D61376B2ED844CF4393D6EF8D00576F3408ADA9")
        let nonce = try #require(parts["nonce_str"])
        let signed = "POST\n/v3/pay/transactions/native\n\(Signer.now)\n\(nonce)\n\(request.text)\n"
        let signature = try #require(parts["signature"].flatMap { Base64.decode($0) })
        #expect(try RSAPublicKey(text: CertificateFixtures.firstPublicKey).verify(signature: signature, message: Array(signed.utf8)))
    }

    @Test("A phone's browser goes to WeChat's page and comes back to ours; WeChat wants the buyer's address for that")
    func h5() async throws {
        let peer = Peer { _ in Certified.wechatAnswer(#"{"h5_url":"https://wx.tenpay.com/x?prepay_id=wx1"}"#) }
        let gateway = try gateway(peer, ["scene": .text("h5")])
        let session = try await gateway.createCheckout(try intent(client: "203.0.113.7"))
        let back = "https%3A%2F%2Fshop.example%2Forders%2Fa%3Fx%3D1%26y"
        #expect(session.way == .redirect("https://wx.tenpay.com/x?prepay_id=wx1&redirect_url=\(back)"))
        #expect(peer.requests.first?.text.hasSuffix(#""scene_info":{"payer_client_ip":"203.0.113.7","h5_info":{"type":"Wap"}}}"#) == true)
        let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(try intent()) }
        #expect(error?.code == .refused && peer.requests.count == 1)
    }

    @Test("A page inside WeChat gets the six parameters that open the payment, signed by the merchant")
    func jsapi() async throws {
        let peer = Peer { _ in Certified.wechatAnswer(#"{"prepay_id":"wx201410272009395522657a690389285100"}"#) }
        let gateway = try #require(try gateway(peer) as? WeChatGateway)
        let payment = try await gateway.pagePayment(try intent(), openID: "oUpF8uMuAJO")
        #expect(peer.requests.first?.text.hasSuffix(#""payer":{"openid":"oUpF8uMuAJO"}}"#) == true)
        #expect(payment.package == "prepay_id=wx201410272009395522657a690389285100" && payment.timeStamp == "\(Signer.now)")
        let signed = "wx0123456789abcdef\n\(Signer.now)\n\(payment.nonce)\n\(payment.package)\n"
        let signature = try #require(Base64.decode(payment.signature))
        #expect(try RSAPublicKey(text: CertificateFixtures.firstPublicKey).verify(signature: signature, message: Array(signed.utf8)))
        #expect(payment.json["signType"]?.text == "RSA" && payment.json["paySign"]?.text == payment.signature)
        await #expect(throws: PaymentError.self) { try await gateway.pagePayment(try intent(), openID: "a b") }
    }

    @Test("Nothing is sent for dollars, for nothing, or for a notify address with a query")
    func refused() async throws {
        let gateway = try Certified.gateway("wechat", Certified.wechatSettings)
        for intent in [try intent(currency: "USD"), try intent(notify: "https://shop.example/notify?a=pay")] {
            let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(intent) }
            #expect(error?.code == .refused && error?.message.contains("WeChat Pay takes") == true)
        }
    }

    @Test("An answer counts only under WeChat's own fresh signature")
    func answers() async throws {
        let body = #"{"code_url":"weixin://wxpay/bizpayurl?pr=abc"}"#
        let good = Certified.wechatAnswer(body)
        let unsigned = HTTPResponse(status: 200, body: good.body)
        let changed = HTTPResponse(status: 200, headers: good.headers, body: Array(body.replacing("abc", with: "abd").utf8))
        let stale = Certified.wechatAnswer(body, time: Signer.now - 301)
        let foreign = Certified.wechatAnswer(body, key: CertificateFixtures.secondKey)
        for answer in [
            unsigned, changed, stale, foreign, Certified.wechatAnswer("[]"), Certified.wechatAnswer("{}"), Certified.wechatAnswer(""),
        ] {
            let error = await #expect(throws: PaymentError.self) { try await gateway(Peer { _ in answer }).createCheckout(try intent()) }
            #expect(error?.code == .malformedAnswer && error?.location == "gateways.pay")
        }
    }

    @Test("When WeChat's first address does not answer, its second is asked; a refusal is not asked twice")
    func standBy() async throws {
        let peer = Peer { request throws(TransportError) in
            guard request.url.hasPrefix("https://api2.") else { throw TransportError(.timeout, "no answer") }
            return Certified.wechatAnswer(#"{"code_url":"weixin://x"}"#)
        }
        #expect(try await gateway(peer).createCheckout(try intent()).way == .qr("weixin://x"))
        #expect(peer.requests.map(\.line).count == 2)
        let nonces = try peer.requests.map { try authorization($0)["nonce_str"] }
        #expect(Set(nonces).count == 2)
        let no = Peer { _ in HTTPResponse(status: 400, body: Array(#"{"code":"PARAM_ERROR","message":"secret"}"#.utf8)) }
        let error = await #expect(throws: PaymentError.self) { try await gateway(no).createCheckout(try intent()) }
        #expect(error?.code == .refused && error?.cause == "PARAM_ERROR" && error?.description.contains("secret") == false)
        #expect(no.requests.count == 1)
        let down = Peer { _ in HTTPResponse(status: 500) }
        let later = await #expect(throws: PaymentError.self) { try await gateway(down).createCheckout(try intent()) }
        #expect(later?.code == .unreachable)
    }

    @Test("A question is answered with the fact that a notice would bring; a payment nobody began is still open")
    func query() async throws {
        let reference = PaymentReference(order: "KF_TEST_01", gatewayReference: nil)
        func ask(_ part: String = "", _ other: String = "") async throws -> Fact? {
            let body = part.isEmpty ? Certified.transaction : Certified.transaction.replacing(part, with: other)
            return try await gateway(Peer { _ in Certified.wechatAnswer(body) }).query(reference)
        }
        let fact = try #require(try await ask())
        #expect(fact.kind == .paid && fact.amountMinor == 6800 && fact.gatewayTransactionID == "4200000001")
        #expect(try await ask(#""SUCCESS""#, #""NOTPAY""#) == nil)
        #expect(try await ask(#""SUCCESS""#, #""CLOSED""#)?.kind == .failed)
        #expect(try await ask(#""SUCCESS""#, #""REFUND""#)?.remarks == [.needsLookup])
        for (part, other) in [("KF_TEST_01", "KF_TEST_02"), ("1900000001", "1900000002"), ("wx0123456789abcdef", "wx0123456789abcdee")] {
            let error = await #expect(throws: PaymentError.self) { try await ask(part, other) }
            #expect(error?.code == .malformedAnswer)
        }
        let absent = Peer { _ in HTTPResponse(status: 404, body: Array(#"{"code":"ORDER_NOT_EXIST","message":"x"}"#.utf8)) }
        #expect(try await gateway(absent).query(reference) == nil)
        #expect(
            absent.requests.first?.line == "GET https://api.mch.weixin.qq.com/v3/pay/transactions/out-trade-no/KF_TEST_01?mchid=1900000001")
        let other = Peer { _ in HTTPResponse(status: 404, body: Array(#"{"code":"NOT_FOUND"}"#.utf8)) }
        await #expect(throws: PaymentError.self) { try await gateway(other).query(reference) }
    }

    @Test("A refund names the whole payment as WeChat has it, its own number, and where its notice goes")
    func refund() async throws {
        func peer(_ status: String = "PROCESSING", paid: String = Certified.transaction) -> Peer {
            Peer { request in
                request.method == "GET"
                    ? Certified.wechatAnswer(paid)
                    : Certified.wechatAnswer(#"{"refund_id":"5030","out_refund_no":"KF_TEST_01-1","status":"\#(status)"}"#)
            }
        }
        let request = RefundRequest(
            order: "KF_TEST_01", transaction: "4200000001", amount: Money(minor: 1000, currency: try Currency(code: "CNY")),
            key: "KF_TEST_01-1")
        let asked = peer()
        #expect(try await gateway(asked).refund(request) == RefundReceipt(reference: "5030", done: false))
        #expect(try await gateway(peer("SUCCESS")).refund(request).done)
        #expect(
            asked.requests.map(\.line) == [
                "GET https://api.mch.weixin.qq.com/v3/pay/transactions/id/4200000001?mchid=1900000001",
                "POST https://api.mch.weixin.qq.com/v3/refund/domestic/refunds",
            ])
        #expect(
            asked.requests.last?.text
                == #"{"transaction_id":"4200000001","out_refund_no":"KF_TEST_01-1","notify_url":"https://shop.example/notify/pay","#
                + #""amount":{"refund":1000,"total":6800,"currency":"CNY"}}"#)
        for bad in [peer("ABNORMAL"), peer("CLOSED"), peer(paid: Certified.transaction.replacing("KF_TEST_01", with: "KF_TEST_02"))] {
            let error = await #expect(throws: PaymentError.self) { try await gateway(bad).refund(request) }
            #expect(error?.code == .refused)
        }
    }

    @Test(
        "An account without what it needs does not exist, and the message shows no secret",
        arguments: [
            ("WX_SEAL", "", "APIv3 key"), ("WX_SEAL", "short", "APIv3 key"), ("WX_SEAL", String(repeating: "x", count: 32), "APIv3 key"),
            ("WX_SEAL", "Keyfront ApiV3KeyForTests0123456", "APIv3 key"), ("WX_KEY", "not a key", "merchant_key"),
            ("WX_KEY", CertificateFixtures.firstPublicKey, "merchant_key"), ("WX_PUBLIC", CertificateFixtures.leaf, "public_key"),
            ("WX_PLATFORM", CertificateFixtures.firstPublicKey, "platform_certificates"),
        ])
    func secrets(name: String, value: String, word: String) {
        var environment = Certified.environment
        environment[name] = value
        let error = #expect(throws: Diagnostics.self) { try Certified.gateway("wechat", Certified.wechatSettings, environment) }
        let text = error?.description ?? ""
        #expect(text.contains(word) && (value.utf8.count < 6 || !text.contains(value)))
    }

    @Test("Ids are checked, key and id of WeChat's public key belong together, and one way to check signatures is enough")
    func settings() throws {
        func problems(_ changes: [String: GatewayAccount.Setting?]) -> String {
            var settings = Certified.wechatSettings
            for (name, value) in changes { settings[name] = value }
            do {
                _ = try Certified.gateway("wechat", settings)
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(problems(["public_key": .none, "public_key_id": .none]).isEmpty)
        #expect(problems(["platform_certificates": .none]).isEmpty)
        #expect(problems(["public_key": .none]).contains("belong together"))
        #expect(problems(["public_key_id": .none]).contains("belong together"))
        #expect(problems(["public_key_id": .text("0119")]).contains("PUB_KEY_ID_"))
        #expect(
            problems(["public_key": .none, "public_key_id": .none, "platform_certificates": .none]).contains("nothing to check"))
        #expect(problems(["mchid": .text("19000")]).contains("mchid"))
        #expect(problems(["mchid": .text("your_mchid")]).contains("mchid"))
        #expect(problems(["merchant_serial": .text("nothex")]).contains("merchant_serial"))
        #expect(problems(["scene": .text("app")]).contains("native, h5"))
        #expect(problems(["mchid": .none]).contains("needs “mchid”"))
    }
}

extension Substring {
    fileprivate var trimmingQuotes: String {
        hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : String(self)
    }
}
