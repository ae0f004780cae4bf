import Catalog
import Cryptography
import Transport

/// One merchant account at an EPay (易支付) site: its cashier, signed notices, queries, and refunds where it has them.
/// Yuan only.
package struct EPayGateway: Gateway {
    package static let kind = GatewayKind.epay
    package let account: String
    private let notices: EPayNotices
    private let site: EPaySite
    /// First generation: what queries show the site.
    private let key: SecretKey?
    /// `alipay`, `wxpay`, `qqpay` …; empty for the site's own choice page.
    private let payType: String
    /// Whether we ask the site for the payment ourselves, rather than send the browser to do it.
    private let serverSide: Bool

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient, now: @escaping @Sendable () -> Int64) {
        let base = settings.address("base_url")
        let merchant = settings.identifier("pid")
        let version = settings.word("version", of: EPayVersion.allCases.map(\.rawValue)).flatMap(EPayVersion.init) ?? .v1
        let payType = settings.account.settings["type"] == nil ? "" : settings.identifier("type")
        let serverSide = settings.flag("server_side") ?? false
        settings.checkOrigins()
        guard let keys = EPayKeys(&settings, version: version), let base, let merchant, let payType else { return nil }
        if base.text.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
            settings.refuse(
                "“base_url” is more than the address of a site", setting: "base_url", hint: "for example \"https://pay.example/\"")
            return nil
        }
        account = settings.account.name
        notices = EPayNotices(verifier: keys.verifier, merchant: merchant)
        site = EPaySite(
            base: base.text.utf8.last == UInt8(ascii: "/") ? String(base.text.dropLast()) : base.text, merchant: merchant,
            signer: keys.signer, verifier: keys.verifier, transport: GatewayCall(http: http, account: settings.account.name), now: now)
        if case .md5(let key) = keys.signer { self.key = key } else { key = nil }
        self.payType = payType
        self.serverSide = serverSide
    }

    package var noticeMethod: String { EPayNotices.method }
    package var noticeMethods: [String] { EPayNotices.methods }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        notices.judge(notice, now: now)
    }

    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        try checkYuan(intent.amount)
        guard !intent.notifyURL.utf8.contains(UInt8(ascii: "?")) else {
            throw site.transport.refused("a notify address with a query breaks the site's signature", hint: "use a path alone")
        }
        let parameters = [
            ("type", payType), ("out_trade_no", intent.order), ("notify_url", intent.notifyURL), ("return_url", intent.returnURL),
            ("name", Title.plain(intent.description, to: 120)), ("money", intent.amount.decimalText), ("param", intent.affiliate ?? ""),
        ]
        guard serverSide else { return CheckoutSession(way: .redirect(try site.submitAddress(parameters)), gatewayReference: nil) }
        let own = [("clientip", intent.clientAddress ?? ""), ("device", "pc")]
        let answer =
            switch site.version {
            case .v1: try await site.post("mapi.php", parameters + own)
            case .v2: try await site.post("api/pay/create", parameters + own + [("method", "web")])
            }
        return CheckoutSession(
            way: try way(answer), gatewayReference: answer.field("trade_no").flatMap { Field.isIdentifier($0) ? $0 : nil })
    }

    /// Where the site sends the buyer: an address, or a text to scan. Other ways (a page of the site's own, an app's
    /// scheme) are not followed.
    private func way(_ answer: EPayAnswer) throws(PaymentError) -> CheckoutSession.Way {
        let kind = answer.field("pay_type")
        let address = site.version == .v1 ? answer.field("payurl") : kind == "jump" ? answer.field("pay_info") : nil
        let code = site.version == .v1 ? answer.field("qrcode") : kind == "qrcode" ? answer.field("pay_info") : nil
        if let address {
            guard let address = WebAddress(address) else { throw site.transport.malformed("the pay address is not an https address") }
            return .redirect(address.text)
        }
        guard let code, code.utf8.count <= 1_024, code.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw site.transport.malformed("the answer has neither a pay address nor a code to scan")
        }
        return .qr(code)
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        let answer: EPayAnswer
        if let key {
            guard let found = try await site.ask(order: payment.order, key: key) else { return nil }
            answer = found
        } else {
            answer = try await site.post("api/pay/query", [("out_trade_no", payment.order)])
        }
        guard answer.field("out_trade_no") == payment.order, answer.field("pid") == site.merchant, let status = answer.field("status")
        else { throw site.transport.malformed("the answer is about another order, or has no status") }
        do throws(Refusal) {
            return try EPayTrade(field: answer.field).fact(status: status)
        } catch {
            throw site.transport.malformed("the trade cannot be read: \(error.reason)")
        }
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        guard site.version == .v2 else { throw unsupported("refund in version v1: do it in the site's merchant console") }
        try checkYuan(request.amount)
        // A site takes a number of five characters or fewer for none, and would refund twice.
        let number = "refund_\(request.key)"
        let answer = try await site.post(
            "api/pay/refund",
            [("trade_no", request.transaction), ("money", request.amount.decimalText), ("out_refund_no", number)])
        guard answer.field("trade_no") == request.transaction, answer.field("out_refund_no") == number,
            Field.yuan(answer.field("money")) == request.amount
        else { throw site.transport.malformed("the answer is about another refund") }
        return RefundReceipt(reference: answer.field("refund_no").flatMap { Field.isIdentifier($0) ? $0 : nil } ?? number, done: true)
    }

    private func checkYuan(_ amount: Money) throws(PaymentError) {
        guard amount.currency.code == "CNY", amount.minor > 0 else {
            throw site.transport.refused("EPay takes an amount of yuan (CNY) above nothing", hint: "sell in CNY over this account")
        }
    }
}
