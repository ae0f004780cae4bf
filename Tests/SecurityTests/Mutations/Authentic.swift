import Catalog
import Cryptography
import Payments
import Transport

/// An authentic notice with the judge that accepts it: what the mutations start from.
struct Authentic: Sendable {
    /// The kind of gateway and what the notice says, as in `stripe paid`.
    let name: String
    let scheme: SignedView.Scheme
    let notice: RawNotice
    let fact: Fact
    private let judgment: @Sendable (RawNotice) -> Verdict

    struct Unacceptable: Error, CustomStringConvertible {
        let description: String
    }

    /// Throws when the judge refuses the notice as it is: mutating it would prove nothing.
    init(_ name: String, _ scheme: SignedView.Scheme, _ notice: RawNotice, judge: @escaping @Sendable (RawNotice) -> Verdict) throws {
        guard case .accepted(let fact, _) = judge(notice) else { throw Unacceptable(description: "\(name): \(judge(notice))") }
        self.name = name
        self.scheme = scheme
        self.notice = notice
        self.fact = fact
        judgment = judge
    }

    /// What the gateway's judge makes of another notice at the same moment; nil when it refuses.
    func fact(of other: RawNotice) -> Fact? {
        if case .accepted(let fact, _) = judgment(other) { fact } else { nil }
    }

    /// Notices of every kind of gateway: a payment of each, and a refund or dispute where the kind has one.
    static func all() async throws -> [Authentic] {
        try stripe() + standard() + (await sandbox()) + alipay() + epay() + wechat() + paypal() + others()
    }

    private static func stripe() throws -> [Authentic] {
        let scheme = try StripeNotices(secrets: [Signer.stripeSecret, "whsec_KeyfrontOlderSecret98765432"], livemode: true)
        let refund =
            #"{"id":"ch_1","object":"charge","amount":1999,"amount_captured":1999,"amount_refunded":500,"currency":"usd","#
            + #""payment_intent":"pi_test1","refunded":false,"metadata":{"order_id":"KF_TEST_01"}}"#
        return try [("stripe paid", "checkout.session.completed", Signer.session()), ("stripe refunded", "charge.refunded", refund)].map {
            try Authentic($0.0, .stripe, Signer.stripe(Signer.event($0.1, $0.2))) { scheme.judge($0, now: Signer.now) }
        }
    }

    private static func standard() throws -> [Authentic] {
        let scheme = try StandardNotices(secrets: [Signer.standardSecret])
        return try [("standard paid", "payment.paid"), ("standard refunded", "payment.refunded")].map { name, type in
            let data = Signer.paidData + (type == "payment.paid" ? "" : #","refund_id":"re_1""#)
            return try Authentic(name, .standard, Signer.standard(Signer.payload(type, data), id: "msg_\(type.utf8.count)")) {
                scheme.judge($0, now: Signer.now)
            }
        }
    }

    private static func sandbox() async throws -> [Authentic] {
        let place = SourceLocation(path: "shop.yaml", line: 1, column: 1)
        let set = try GatewaySet(
            accounts: [GatewayAccount(name: "test", kind: "sandbox", location: place)], webhookURL: "http://127.0.0.1:8080",
            listenHost: "127.0.0.1", secrets: SecretSource(environment: [:], credentialsDirectory: nil, folder: "/nowhere"),
            sandboxKey: SecretKey([UInt8](0..<32)), http: .unreachable, now: { Signer.now })
        guard let sandbox = set.sandbox(named: "test") else { throw Unacceptable(description: "no sandbox") }
        let session = try await sandbox.createCheckout(
            CheckoutIntent(
                order: "KF_TEST_01", amount: try Money(minor: 10_000, currency: Currency(code: "CNY")), description: "Lamp", language: "en",
                returnURL: "https://shop.example/orders/x", notifyURL: "http://127.0.0.1:8080/notify/test", createdAt: Signer.now,
                expiresAt: Signer.now + 900))
        guard case .redirect(let url) = session.way, let query = url.split(separator: "?", maxSplits: 1).last,
            let payment = sandbox.payment(query: String(query))
        else { throw Unacceptable(description: "no payment page") }
        return try [SandboxNotices.Event.paid, .refunded].map { event in
            let sent = sandbox.notice(event, of: payment, now: Signer.now)
            let notice = RawNotice(
                method: "POST", path: "/notify/test", headers: sent.headers.map { ($0.name, $0.value) }, body: sent.body)
            return try Authentic("sandbox \(event.rawValue)", .standard, notice) { sandbox.judge($0, now: Signer.now) }
        }
    }

    private static func alipay() throws -> [Authentic] {
        let gateway = try form("ali", "alipay", FormSigner.alipaySettings)
        let refund: [(String, String?)] = [("refund_fee", "12.00"), ("out_biz_no", "R1"), ("gmt_refund", "2027-01-15 15:59:30")]
        return try [("alipay paid", [("refund_fee", "0.00"), ("body", "")]), ("alipay refunded", refund)].map { name, changes in
            try Authentic(name, .alipay, FormSigner.post(FormSigner.alipayForm(changes))) { gateway.judge($0, now: Signer.now) }
        }
    }

    private static func epay() throws -> [Authentic] {
        let (one, two) = (
            try form("v1", "epay", FormSigner.epaySettings), try form("v2", "epay", FormSigner.epayRSASettings)
        )
        let note: [(String, String?)] = [("param", "0123abcd")]
        return [
            try Authentic("epay v1 paid", .epayMD5, FormSigner.get(FormSigner.epayForm(note))) { one.judge($0, now: Signer.now) },
            try Authentic("epay v2 paid", .epayRSA, FormSigner.get(FormSigner.epayForm(note, version: .v2))) {
                two.judge($0, now: Signer.now)
            },
        ]
    }

    private static func form(_ name: String, _ kind: String, _ settings: [String: GatewayAccount.Setting]) throws -> any Gateway {
        guard let gateway = try FormSigner.set([FormSigner.account(name, kind, settings)]).gateway(named: name) else {
            throw Unacceptable(description: name)
        }
        return gateway
    }

    private static func wechat() throws -> [Authentic] {
        let gateway = try Certified.gateway("wechat", Certified.wechatSettings)
        let refund =
            #"{"mchid":"1900000001","out_trade_no":"KF_TEST_01","transaction_id":"4200000001","out_refund_no":"R1","#
            + #""refund_id":"5030000001","refund_status":"SUCCESS","success_time":"2027-01-15T15:59:50+08:00","#
            + #""amount":{"total":6800,"refund":1200,"payer_total":6000,"payer_refund":1200}}"#
        return try [
            ("wechat paid", "TRANSACTION.SUCCESS", Certified.transaction), ("wechat refunded", "REFUND.SUCCESS", refund),
        ].map { name, type, content in
            try Authentic(name, .wechat, try Certified.wechat(try Certified.sealed(type, content, id: "EV-\(type.utf8.count)"))) {
                gateway.judge($0, now: Signer.now)
            }
        }
    }

    private static func paypal() throws -> [Authentic] {
        let scheme = try Certified.paypalNotices()
        return try [
            ("paypal paid", "PAYMENT.CAPTURE.COMPLETED", Certified.capture),
            ("paypal refunded", "PAYMENT.CAPTURE.REFUNDED", Certified.refund),
        ].map { name, type, resource in
            let body = Certified.event(type, resource, id: "WH-\(type.utf8.count)")
            return try Authentic(name, .paypal, try Certified.paypal(body, id: "69cd0001-\(type.utf8.count)")) {
                scheme.judge($0, now: Signer.now)
            }
        }
    }
}
