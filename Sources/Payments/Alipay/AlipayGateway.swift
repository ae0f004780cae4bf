import Catalog
import Cryptography
import Transport

/// Alipay: its page for computers or for phones, signed notices, queries and refunds, in public-key mode. Yuan only.
package struct AlipayGateway: Gateway {
    package static let kind = GatewayKind.alipay
    package let account: String
    private let notices: AlipayNotices
    private let api: AlipayAPI
    private let product: Product
    private let now: @Sendable () -> Int64

    private struct Product: Sendable {
        let method: String
        let code: String

        static let page = Product(method: "alipay.trade.page.pay", code: "FAST_INSTANT_TRADE_PAY")
        static let wap = Product(method: "alipay.trade.wap.pay", code: "QUICK_WAP_WAY")
    }

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient, now: @escaping @Sendable () -> Int64) {
        let appID = settings.identifier("app_id")
        let sellerID = settings.identifier("seller_id")
        let privateKey = settings.privateKey("app_private_key")
        let publicKeys = settings.publicKeys("alipay_public_key")
        let page = settings.word("page", of: ["computer", "phone"])
        let base = AlipayAddress(settings.account)
        _ = settings.address("api")
        _ = settings.flag("test_mode")
        settings.checkOrigins()
        guard let appID, let sellerID, let privateKey, let publicKeys else { return nil }
        account = settings.account.name
        notices = AlipayNotices(publicKeys: publicKeys, appID: appID, sellerID: sellerID)
        api = AlipayAPI(
            base: base.text, appID: appID, privateKey: privateKey, publicKeys: publicKeys,
            transport: GatewayCall(http: http, account: settings.account.name))
        product = page == "phone" ? .wap : .page
        self.now = now
    }

    package var noticeMethod: String { AlipayNotices.method }
    package var noticeMethods: [String] { AlipayNotices.methods }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        notices.judge(notice, now: now)
    }

    /// A signed address. Nothing is sent: Alipay makes the trade when the buyer gets there.
    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        try checkYuan(intent.amount)
        var content: [(String, JSON)] = [
            ("out_trade_no", .text(intent.order)), ("product_code", .text(product.code)),
            ("subject", .text(Title.plain(intent.description, to: 200))), ("time_expire", .text(Moment.beijingText(intent.expiresAt))),
            ("total_amount", .text(intent.amount.decimalText)),
        ]
        if let affiliate = intent.affiliate { content.insert(("passback_params", .text(affiliate)), at: 1) }
        let request = AlipayRequest(
            product.method, appID: api.appID, content: .object(content.map { JSON.Member(name: $0.0, value: $0.1) }),
            pages: (intent.notifyURL, intent.returnURL), now: now())
        return CheckoutSession(way: .redirect(try request.address(base: api.base, key: api.privateKey)), gatewayReference: nil)
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        let answer = try await api.call("alipay.trade.query", .object(["out_trade_no": .text(payment.order)]), now: now())
        guard case .done(let trade) = answer else {
            if case .failed(word: "ACQ.TRADE_NOT_EXIST") = answer { return nil }
            throw refusal(answer, "the gateway does not answer about this payment")
        }
        guard trade["out_trade_no"]?.text == payment.order else { throw api.transport.malformed("the answer is about another order") }
        do throws(Refusal) {
            let fact = try AlipayTrade { AlipayGateway.field($0, of: trade) }.fact()
            return fact.kind == .ignored ? nil : fact
        } catch {
            throw api.transport.malformed("the trade cannot be read: \(error.reason)")
        }
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        try checkYuan(request.amount)
        let names: KeyValuePairs<String, JSON> = [
            "trade_no": .text(request.transaction), "refund_amount": .text(request.amount.decimalText),
            "out_request_no": .text(request.key),
        ]
        let answer = try await api.call("alipay.trade.refund", .object(names), now: now())
        guard case .done(let refund) = answer else { throw refusal(answer, "the gateway did not refund") }
        guard refund["trade_no"]?.text == request.transaction else { throw api.transport.malformed("the answer is about another trade") }
        if refund["fund_change"]?.text == "Y" { return RefundReceipt(reference: request.key, done: true) }
        // No money moved in this very call: either an earlier one with this key moved it, or it is still on its way.
        return RefundReceipt(reference: request.key, done: try await isRefunded(request))
    }

    private func isRefunded(_ request: RefundRequest) async throws(PaymentError) -> Bool {
        let content = JSON.object(["trade_no": .text(request.transaction), "out_request_no": .text(request.key)])
        guard case .done(let refund) = try await api.call("alipay.trade.fastpay.refund.query", content, now: now()) else { return false }
        return refund["refund_status"]?.text == "REFUND_SUCCESS" && refund["out_request_no"]?.text == request.key
    }

    /// A field of an answer. A trade that is closed but was paid is a refunded one; the query does not say so in
    /// words, nor how much, which is then all of it.
    private static func field(_ name: String, of trade: JSON) -> String? {
        func text(_ name: String) -> String? { trade[name]?.text.flatMap { $0.isEmpty ? nil : $0 } }
        if name == "refund_fee", text("trade_status") == "TRADE_CLOSED", text("send_pay_date") != nil { return text("total_amount") }
        return text(name)
    }

    private func refusal(_ answer: AlipayAPI.Answer, _ message: String) -> PaymentError {
        guard case .failed(let word) = answer else { return api.transport.malformed(message) }
        let hint = word?.hasPrefix("isv.") == true ? "see the keys and the rights of the application in Alipay's console" : nil
        return api.transport.refused(message, hint: hint, cause: word)
    }

    private func checkYuan(_ amount: Money) throws(PaymentError) {
        guard amount.currency.code == "CNY", amount.minor > 0 else {
            throw api.transport.refused("Alipay takes an amount of yuan (CNY) above nothing", hint: "sell in CNY over this account")
        }
    }
}
