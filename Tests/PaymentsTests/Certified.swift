import Catalog
import Cryptography
import Payments
import Transport

/// Makes accounts of WeChat Pay and PayPal, and signs notices and answers as they would.
enum Certified {
    static let sealingKey = "KeyfrontApiV3KeyForTests01234567"
    static let publicKeyID = "PUB_KEY_ID_0119000000012027011500000001"
    static let wechatSettings: [String: GatewayAccount.Setting] = [
        "mchid": .text("1900000001"), "appid": .text("wx0123456789abcdef"),
        "merchant_serial": .text("0d61376b2ed844cf4393d6ef8d00576f3408ada9"), "merchant_key": .text("WX_KEY"),
        "api_v3_key": .text("WX_SEAL"), "public_key_id": .text(publicKeyID), "public_key": .text("WX_PUBLIC"),
        "platform_certificates": .text("WX_PLATFORM"),
    ]
    static let paypalSettings: [String: GatewayAccount.Setting] = [
        "client_id": .text("AbcKeyfrontClient0123456789"), "client_secret": .text("PP_SECRET"),
        "webhook_id": .text(KnownCertified.paypalWebhook), "trust_anchors": .text("PP_ROOT"),
    ]
    static let environment = [
        "WX_KEY": CertificateFixtures.firstKey, "WX_SEAL": sealingKey, "WX_PUBLIC": CertificateFixtures.firstPublicKey,
        "WX_PLATFORM": CertificateFixtures.platform, "PP_SECRET": "EKeyfrontPayPalSecret0123456789", "PP_ROOT": CertificateFixtures.root,
    ]

    /// All mistakes are thrown. The clock stands at `Signer.now`.
    static func gateway(
        _ kind: String, _ settings: [String: GatewayAccount.Setting], _ environment: [String: String] = environment,
        http: HTTPClient = .unreachable
    ) throws -> any Gateway {
        let place = SourceLocation(path: "shop.yaml", line: 1, column: 1)
        let set = try GatewaySet(
            accounts: [GatewayAccount(name: "pay", kind: kind, settings: settings, location: place)], webhookURL: "https://shop.example",
            listenHost: "127.0.0.1", secrets: SecretSource(environment: environment, credentialsDirectory: nil, folder: "/nowhere"),
            sandboxKey: SecretKey([UInt8](0..<32)), http: http, now: { Signer.now })
        guard let gateway = set.gateway(named: "pay") else { throw PaymentError(.notConfigured, "there is no such account") }
        return gateway
    }

    static func signature(_ key: String, _ text: [UInt8]) throws -> String {
        Base64.encode(try RSAPrivateKey(text: key).sign(text))
    }

    // MARK: WeChat Pay

    /// The headers over a body.
    static func wechatHeaders(
        _ body: [UInt8], key: String = CertificateFixtures.firstKey, serial: String = publicKeyID, time: Int64 = Signer.now,
        nonce: String = "TestNonce01"
    ) throws -> [(name: String, value: String)] {
        [
            ("Wechatpay-Timestamp", String(time)), ("Wechatpay-Nonce", nonce), ("Wechatpay-Serial", serial),
            ("Wechatpay-Signature", try signature(key, Array("\(time)\n\(nonce)\n".utf8) + body + [0x0A])),
        ]
    }

    static func wechat(_ body: String, key: String = CertificateFixtures.firstKey, serial: String = publicKeyID, time: Int64 = Signer.now)
        throws -> RawNotice
    {
        let bytes = Array(body.utf8)
        return RawNotice(
            method: "POST", path: "/notify/pay", headers: try wechatHeaders(bytes, key: key, serial: serial, time: time), body: bytes)
    }

    /// The body of a notice with `content` sealed inside.
    static func sealed(_ type: String, _ content: String, id: String = "EV-1", algorithm: String = "AEAD_AES_256_GCM") throws -> String {
        let bytes = try AESGCM.seal(
            key: SecretKey(Array(sealingKey.utf8)), nonce: Array("nonce0000002".utf8), plaintext: Array(content.utf8), aad: Array("x".utf8))
        return JSON.object([
            "id": .text(id), "create_time": .text("2027-01-15T15:59:55+08:00"), "event_type": .text(type),
            "resource": .object([
                "algorithm": .text(algorithm), "ciphertext": .text(Base64.encode(bytes)), "associated_data": .text("x"),
                "nonce": .text("nonce0000002"),
            ]),
        ]).written
    }

    static let transaction =
        #"{"mchid":"1900000001","appid":"wx0123456789abcdef","out_trade_no":"KF_TEST_01","transaction_id":"4200000001","#
        + #""trade_state":"SUCCESS","attach":"0123abcd0123abcd","success_time":"2027-01-15T15:59:50+08:00","#
        + #""amount":{"total":6800,"payer_total":6000,"currency":"CNY"}}"#

    /// An answer of the interface, signed.
    static func wechatAnswer(_ body: String, status: Int = 200, key: String = CertificateFixtures.firstKey, time: Int64 = Signer.now)
        -> HTTPResponse
    {
        let bytes = Array(body.utf8)
        let headers = (try? wechatHeaders(bytes, key: key, time: time)) ?? []
        return HTTPResponse(status: status, headers: headers.map { HTTPField($0.name, $0.value) }, body: bytes)
    }

    // MARK: PayPal

    static let certificateURL = "https://api.paypal.com/v1/notifications/certs/CERT-1"
    static let chain = CertificateFixtures.leaf + "\n" + CertificateFixtures.authority

    static func paypal(
        _ body: String, id: String = "69cd0001-0001", webhook: String = KnownCertified.paypalWebhook, time: String = "2027-01-15T07:59:58Z",
        url: String = certificateURL, algorithm: String = "SHA256withRSA"
    ) throws -> RawNotice {
        let bytes = Array(body.utf8)
        let text = "\(id)|\(time)|\(webhook)|\(CRC32.of(bytes))"
        return RawNotice(
            method: "POST", path: "/notify/pay",
            headers: [
                ("PAYPAL-TRANSMISSION-ID", id), ("PAYPAL-TRANSMISSION-TIME", time),
                ("PAYPAL-TRANSMISSION-SIG", try signature(CertificateFixtures.firstKey, Array(text.utf8))), ("PAYPAL-CERT-URL", url),
                ("PAYPAL-AUTH-ALGO", algorithm),
            ], body: bytes)
    }

    static func event(_ type: String, _ resource: String, id: String = "WH-1") -> String {
        #"{"id":"\#(id)","create_time":"2027-01-15T07:59:50Z","event_type":"\#(type)","resource":\#(resource)}"#
    }

    static let capture =
        #"{"id":"5DV01","status":"COMPLETED","amount":{"currency_code":"USD","value":"19.99"},"custom_id":"KF_TEST_01","#
        + #""supplementary_data":{"related_ids":{"order_id":"8MC01"}}}"#
    static let refund =
        #"{"id":"1JU01","status":"COMPLETED","amount":{"currency_code":"USD","value":"5.00"},"custom_id":"KF_TEST_01","#
        + #""links":[{"href":"https://api.paypal.com/v2/payments/captures/5DV01","rel":"up","method":"GET"}]}"#

    /// The judge alone, with the certificate at hand.
    static func paypalNotices(_ chain: String = chain, webhook: String = KnownCertified.paypalWebhook) throws -> PayPalNotices {
        let known = try X509Chain(pem: chain)
        return try PayPalNotices(
            webhookID: webhook,
            certificates: PayPalCertificates(origins: ["https://api.paypal.com"]) { $0 == certificateURL ? known : nil },
            anchors: TrustAnchors(pem: CertificateFixtures.root))
    }
}
