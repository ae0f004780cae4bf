import Cryptography

/// Makes the judge of a case from its `config`, the same one that a configured account has.
enum CaseScheme {
    static let known = ["stripe", "standard-webhooks", "alipay", "epay", "wechat", "paypal"] + others

    static func verdict(of entry: NoticeCase) -> Verdict {
        let config = entry.config
        let tolerance = config["toleranceSeconds"]?.integer ?? 300
        switch entry.gateway {
        case "stripe":
            let secrets = config["webhookSecrets"]?.list?.map { $0.text ?? "" } ?? []
            guard let scheme = try? StripeNotices(secrets: secrets, tolerance: tolerance, livemode: config["livemode"]?.bool ?? true)
            else { return refused(StripeNotices.unconfigured, StripeNotices.failure) }
            return scheme.judge(entry.notice, now: entry.now)
        case "alipay":
            guard config["signType"]?.text ?? "RSA2" == "RSA2", let app = config["appId"]?.text, let seller = config["sellerId"]?.text,
                let key = publicKey(config["alipayPublicKeyPem"])
            else { return refused(AlipayNotices.unconfigured, AlipayNotices.failure) }
            return AlipayNotices(publicKeys: [key], appID: app, sellerID: seller).judge(entry.notice, now: entry.now)
        case "epay":
            guard let merchant = config["pid"]?.text, let verifier = epayVerifier(config) else {
                return refused(EPayNotices.unconfigured, EPayNotices.failure)
            }
            return EPayNotices(verifier: verifier, merchant: merchant, tolerance: tolerance).judge(entry.notice, now: entry.now)
        case "wechat":
            guard let scheme = wechat(config, tolerance: tolerance) else {
                return refused(WeChatNotices.unconfigured, WeChatNotices.failure)
            }
            return scheme.judge(entry.notice, now: entry.now)
        case "paypal":
            guard let scheme = paypal(config) else { return refused(PayPalNotices.unconfigured, PayPalNotices.failure) }
            return scheme.judge(entry.notice, now: entry.now)
        case let name where others.contains(name):
            return other(name, entry) ?? refused(PaddleNotices.unconfigured, PaddleNotices.failure)
        default:
            let secrets = config["secrets"]?.list?.map { $0.text ?? "" } ?? []
            guard let scheme = try? StandardNotices(secrets: secrets, tolerance: tolerance) else {
                return refused(StandardNotices.unconfigured, StandardNotices.failure)
            }
            return scheme.judge(entry.notice, now: entry.now)
        }
    }

    private static func publicKey(_ text: JSON?) -> RSAPublicKey? {
        text?.text.flatMap { try? RSAPublicKey(text: $0) }
    }

    private static func epayVerifier(_ config: JSON) -> EPayVerifier? {
        switch config["version"]?.text ?? "v1" {
        case "v1": config["key"]?.text.flatMap { try? WebhookSecret($0, form: .text) }.map { .md5([$0]) }
        case "v2": publicKey(config["platformPublicKeyPem"]).map { .rsa([$0]) }
        default: nil
        }
    }

    private static func refused(_ refusal: Refusal, _ reply: NoticeReply) -> Verdict {
        .rejected(category: refusal.category, reason: refusal.reason, reply: reply)
    }
}
