import Catalog
import Cryptography
import Transport

/// WeChat Pay (API v3), direct merchants: QR codes, pages in phones' browsers, pages inside WeChat. Yuan only.
package struct WeChatGateway: Gateway {
    package static let kind = GatewayKind.wechat
    package let account: String
    let notices: WeChatNotices
    let api: WeChatAPI
    private let isH5: Bool
    private let notifyURL: String
    let now: @Sendable () -> Int64
    /// The appid's own secret, for asking who a buyer inside WeChat is.
    let appSecret: SecretKey?
    /// Where browsers are sent to say who they are, and where we then ask.
    let authorizeOrigin: String
    let identityOrigin: String
    /// What complaints are about, by the digest of the notice that named them; nil where WeChat would not say.
    let complaints = BoundedMemory<Fact?>(limit: 1_024)
    let asksForComplaints: Bool
    var appid: String { notices.appid }
    var call: GatewayCall { api.transport }

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(
        _ settings: inout AccountSettings, webhookURL: String, http: HTTPClient, now: @escaping @Sendable () -> Int64,
        random: RandomSource = .system
    ) {
        let mchid = settings.identifier("mchid")
        let appid = settings.identifier("appid")
        let serial = settings.hexadecimal("merchant_serial")
        let key = settings.privateKey("merchant_key")
        let sealing = settings.secrets("api_v3_key")
        let publicKey = settings.wechatPublicKey()
        let certificates = settings.certificates("platform_certificates")
        let scene = settings.word("scene", of: ["native", "h5"])
        let base = settings.address("api")
        let hasAppSecret = settings.account.settings["app_secret"] != nil || settings.account.settings["app_secret_file"] != nil
        let appSecret = hasAppSecret ? settings.interfaceKey("app_secret") : nil
        let asksForComplaints = settings.flag("complaints") ?? false
        if publicKey == nil, certificates == nil, settings.mistakes.isEmpty, settings.missing.isEmpty {
            settings.refuse(
                "there is nothing to check WeChat Pay's signatures with", setting: nil,
                hint: "write public_key_id and public_key_file, or platform_certificates_file, or all of them")
        }
        guard settings.mistakes.isEmpty, settings.missing.isEmpty, let mchid, let appid, let serial, let key, let sealing else {
            return nil
        }
        let name = settings.account.name
        do throws(PaymentError) {
            guard let sealingKey = sealing.first, sealing.count == 1 else {
                throw PaymentError(.notConfigured, "one APIv3 key is expected", hint: "WeChat Pay has one at a time")
            }
            let keys = try WeChatKeys(publicKey: publicKey, certificates: certificates ?? [])
            notices = try WeChatNotices(mchid: mchid, appid: appid, apiV3Key: sealingKey, keys: keys)
            api = WeChatAPI(
                base: base, signer: WeChatSigner(mchid: mchid, serial: serial, key: key), keys: keys,
                transport: GatewayCall(http: http, account: name), now: now, random: random)
        } catch {
            settings.refuse(error, setting: "api_v3_key")
            return nil
        }
        account = name
        isH5 = scene == "h5"
        self.now = now
        self.appSecret = appSecret.map { SecretKey(Array($0.utf8)) }
        authorizeOrigin = base?.origin ?? "https://open.weixin.qq.com"
        identityOrigin = base?.origin ?? "https://api.weixin.qq.com"
        self.asksForComplaints = asksForComplaints
        notifyURL = "\(webhookURL)/notify/\(name)"
    }

    package var noticeMethod: String { WeChatNotices.method }

    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        guard isH5 else {
            guard let code = try await open(intent, .native)["code_url"]?.text, (1...512).contains(code.utf8.count) else {
                throw api.transport.malformed("the new payment has no code")
            }
            return CheckoutSession(way: .qr(code), gatewayReference: nil)
        }
        guard let client = intent.clientAddress else {
            throw api.transport.refused("WeChat Pay wants the buyer's address for a payment in a phone's browser")
        }
        guard let page = try await open(intent, .h5(clientAddress: client))["h5_url"]?.text.flatMap(WebAddress.init) else {
            throw api.transport.malformed("the new payment has no address")
        }
        return CheckoutSession(
            way: .redirect("\(page.text)&redirect_url=\(FormText.escapePart(intent.returnURL))"), gatewayReference: nil)
    }

    /// Opens a payment for a buyer whose browser is WeChat itself and whose id there is known.
    /// Throws as `createCheckout`.
    package func pagePayment(_ intent: CheckoutIntent, openID: String) async throws(PaymentError) -> WeChatPagePayment {
        guard Field.isIdentifier(openID) else { throw api.transport.refused("this is not the buyer's id at WeChat") }
        guard let prepayID = try await open(intent, .jsapi(openID: openID))["prepay_id"]?.text, Field.isIdentifier(prepayID) else {
            throw api.transport.malformed("the new payment has no id")
        }
        return try api.pagePayment(appid: notices.appid, prepayID: prepayID)
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        let path = "/v3/pay/transactions/out-trade-no/\(FormText.escapePart(payment.order))?mchid=\(notices.mchid)"
        guard let answer = try await api.call("GET", path, absent: "ORDER_NOT_EXIST") else { return nil }
        guard answer["out_trade_no"]?.text == payment.order else { throw api.transport.malformed("the answer is about another order") }
        let fact = try transaction(answer, dedupeKey: "query:\(payment.order):\(answer["trade_state"]?.text ?? "")")
        return fact.kind == .ignored && fact.remarks.isEmpty ? nil : fact
    }

    /// WeChat wants the whole amount of the payment beside the refunded one, so it is asked for first.
    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        let path = "/v3/pay/transactions/id/\(FormText.escapePart(request.transaction))?mchid=\(notices.mchid)"
        guard let paid = try await api.call("GET", path), let total = paid["amount"]?["total"]?.integer,
            paid["transaction_id"]?.text == request.transaction
        else { throw api.transport.malformed("the payment cannot be read") }
        guard paid["out_trade_no"]?.text == request.order, paid["mchid"]?.text == notices.mchid else {
            throw api.transport.refused("the payment is not this order's")
        }
        let content = try WeChatRequests.refund(request, total: total, notifyURL: notifyURL)
        guard let answer = try await api.call("POST", "/v3/refund/domestic/refunds", content),
            let id = answer["refund_id"]?.text, Field.isIdentifier(id), let status = answer["status"]?.text,
            answer["out_refund_no"]?.text == request.key
        else { throw api.transport.malformed("the refund has no id or no status") }
        guard status != "CLOSED", status != "ABNORMAL" else {
            throw api.transport.refused("the refund was not made", hint: "see it on the merchant platform", cause: GatewayCall.word(status))
        }
        return RefundReceipt(reference: id, done: status == "SUCCESS")
    }

    private func open(_ intent: CheckoutIntent, _ scene: WeChatRequests.Scene) async throws(PaymentError) -> JSON {
        let content = try WeChatRequests.checkout(intent, scene: scene, mchid: notices.mchid, appid: notices.appid)
        return try await api.call("POST", scene.path, content) ?? .null
    }

    /// An answer goes through the same reading as a notice: merchant, app, state, amount.
    private func transaction(_ answer: JSON, dedupeKey: String) throws(PaymentError) -> Fact {
        do throws(Refusal) {
            try notices.checkAddressee(.init(id: dedupeKey, type: WeChatResource.paid, time: nil, resource: answer))
            return try WeChatResource(answer, dedupeKey: dedupeKey).transaction()
        } catch {
            throw api.transport.malformed("the payment cannot be read: \(error.reason)")
        }
    }
}

extension AccountSettings {
    /// WeChat Pay's public key with its id: both or neither. nil when there is neither, or one is refused, which was then noted.
    fileprivate mutating func wechatPublicKey() -> (id: String, key: RSAPublicKey)? {
        let id = identifier("public_key_id")
        let hasKey = account.settings["public_key"] != nil || account.settings["public_key_file"] != nil
        guard (account.settings["public_key_id"] != nil) == hasKey else {
            refuse(
                "the public key and its id belong together", setting: hasKey ? "public_key" : "public_key_id",
                hint: "write public_key_id and public_key_file")
            return nil
        }
        guard hasKey, let keys = publicKeys("public_key"), let id else { return nil }
        guard let key = keys.first, keys.count == 1 else {
            refuse("one public key of WeChat Pay is expected", setting: "public_key")
            return nil
        }
        return (id, key)
    }
}
