import Catalog
import Payments
import Testing

/// What accounts of WeChat Pay and PayPal are without their secrets, and where their buyers go.
struct CertifiedAccountTests {
    private func account(_ kind: String, _ settings: [String: GatewayAccount.Setting]) -> GatewayAccount {
        GatewayAccount(name: "pay", kind: kind, settings: settings, location: SourceLocation(path: "shop.yaml", line: 1, column: 1))
    }

    @Test("A form may end up at PayPal, live or sandbox, or at WeChat's page for phones; a code stands on a page of ours")
    func origins() {
        func origins(_ kind: String, _ settings: [String: GatewayAccount.Setting]) -> [String] {
            CheckoutOrigins.all(of: [account(kind, settings)], webhookURL: "https://shop.example")
        }
        #expect(origins("paypal", Certified.paypalSettings) == ["https://www.paypal.com"])
        #expect(origins("paypal", ["test_mode": .bool(true)]) == ["https://www.sandbox.paypal.com"])
        #expect(origins("paypal", ["api": .text("http://127.0.0.1:9/x")]) == ["http://127.0.0.1:9", "https://www.paypal.com"])
        #expect(origins("wechat", Certified.wechatSettings).isEmpty)
        #expect(origins("wechat", ["scene": .text("h5")]) == ["https://wx.tenpay.com"])
    }

    @Test("A setting that is misspelt is named with the one that was meant")
    func suggestions() {
        for (kind, settings, wrong, right) in [
            ("wechat", Certified.wechatSettings, "mch_id", "mchid"), ("wechat", Certified.wechatSettings, "apiv3_key", "api_v3_key"),
            ("paypal", Certified.paypalSettings, "webhookid", "webhook_id"),
        ] {
            let error = #expect(throws: Diagnostics.self) {
                try Certified.gateway(kind, settings.merging([wrong: .text("X")]) { $1 })
            }
            #expect(error?.description.contains("did you mean “\(right)”?") == true)
        }
    }

    @Test(
        "A recorded notice is judged by nobody when its configuration would let anybody sign",
        arguments: [
            ("wechat", "{}", 401), ("wechat", #"{"mchid":"1900000001","appid":"wx0123456789abcdef","apiV3Key":""}"#, 401),
            (
                "wechat",
                #"{"mchid":"1900000001","appid":"wx0123456789abcdef","apiV3Key":"KeyfrontApiV3KeyForTests01234567","platformCertificates":{}}"#,
                401
            ),
            ("paypal", "{}", 400),
            ("paypal", #"{"webhookId":"WEBHOOK_ID","allowedCertHosts":["api.paypal.com"],"trustAnchorsPem":[]}"#, 400),
        ])
    func unconfigured(gateway: String, config: String, status: Int) throws {
        let text = #"{"name":"n","gateway":"\#(gateway)","config":\#(config),"now":1800000000,"headers":[],"body":"{}"}"#
        let result = try #require(NoticeCase.judge(try NoticeCase.read(Array(text.utf8))).first)
        #expect(result.category == .config && result.reason == "gateway_not_configured" && result.reply.status == status)
    }

    @Test("In recorded cases a transmission of PayPal's counts for one body, from case to case")
    func reuse() throws {
        func entry(_ name: String, _ body: String, after: String?) -> JSON {
            let headers = [
                ("PAYPAL-TRANSMISSION-ID", KnownCertified.paypalID), ("PAYPAL-TRANSMISSION-TIME", KnownCertified.paypalTime),
                ("PAYPAL-TRANSMISSION-SIG", KnownCertified.paypalSignature), ("PAYPAL-CERT-URL", Certified.certificateURL),
                ("PAYPAL-AUTH-ALGO", "SHA256withRSA"),
            ]
            let order = JSON.object(["amountMinor": .integer(1999), "currency": .text("USD"), "gateway": .text("paypal")])
            return .object([
                "name": .text(name), "gateway": .text("paypal"), "now": .integer(Signer.now), "body": .text(body), "after": .text(after),
                "headers": .list(headers.map { .list([.text($0.0), .text($0.1)]) }),
                "context": .object(["orders": .object(["KF_KNOWN_02": order])]),
                "config": .object([
                    "webhookId": .text(KnownCertified.paypalWebhook), "allowedCertHosts": .list([.text("api.paypal.com")]),
                    "trustAnchorsPem": .list([.text(CertificateFixtures.root)]),
                    "certificates": .object([Certified.certificateURL: .text(Certified.chain)]),
                ]),
            ])
        }
        let cases = JSON.list([
            entry("true", KnownCertified.paypalBody, after: nil), entry("forged", KnownCertified.paypalForgery, after: "true"),
            entry("again", KnownCertified.paypalBody, after: "forged"),
        ])
        let results = NoticeCase.judge(try NoticeCase.read(Array(cases.written.utf8)))
        #expect(results.map(\.reason) == ["ok", "transmission_id_reused", "ok"])
        #expect(results[1].category == .replay && results[1].reply.status == 400)
        #expect(results.map { $0.decision?.deliver ?? false } == [true, false, false])
    }
}
