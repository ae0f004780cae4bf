import Cryptography

extension CaseScheme {
    /// Merchants of record, and coins.
    static let others = ["paddle", "lemonsqueezy", "btcpay", "nowpayments", "tokenpay", "epusdt"]

    /// The verdict under `webhookSecrets` (`tokens` for TokenPay and epusdt) and what else the kind needs: `taxIncluded` and
    /// `toleranceSeconds`; `store`, `testMode`; `store` and, as the server would answer it, `invoice`; `currency`. What a daemon would
    /// ask the gateway beside is taken as confirmed: a recorded case has nobody to ask. nil when something is missing or cannot serve.
    static func other(_ kind: String, _ entry: NoticeCase) -> Verdict? {
        let config = entry.config
        let texts = config[kind == "tokenpay" || kind == "epusdt" ? "tokens" : "webhookSecrets"]?.list?.map { $0.text ?? "" } ?? []
        guard let secrets = try? WebhookSecret.list(texts, form: .text) else { return nil }
        let store = config["store"]?.text
        let currency = config["currency"]?.text ?? "CNY"
        switch kind {
        case "paddle":
            return PaddleNotices(
                secrets: secrets, tolerance: config["toleranceSeconds"]?.integer ?? 5,
                pricing: config["taxIncluded"]?.bool == true ? .taxIncluded : .taxOnTop
            ).judge(entry.notice, now: entry.now)
        case "lemonsqueezy":
            return store.map { LemonSqueezyNotices(secrets: secrets, store: $0, testMode: config["testMode"]?.bool ?? false) }?
                .judge(entry.notice, now: entry.now)
        case "btcpay": return store.map { btcpay(BTCPayNotices(secrets: secrets, store: $0), entry) }
        case "nowpayments": return NOWPaymentsNotices(secrets: secrets).judge(entry.notice, now: entry.now)
        case "tokenpay": return TokenPayNotices(tokens: secrets, currency: currency).judge(entry.notice, now: entry.now)
        case "epusdt": return EpusdtNotices(tokens: secrets, currency: currency).judge(entry.notice, now: entry.now)
        default: return nil
        }
    }

    private static func btcpay(_ notices: BTCPayNotices, _ entry: NoticeCase) -> Verdict {
        let verdict = notices.judge(entry.notice, now: entry.now)
        guard case .accepted(let event, let success) = verdict, event.remarks == [.needsLookup], let answer = entry.config["invoice"] else {
            return verdict
        }
        guard let invoice = BTCPayInvoice(answer, store: notices.store), invoice.id == event.sessionID, let fact = invoice.confirmed(event)
        else { return .rejected(category: .policy, reason: "not_confirmed", reply: BTCPayNotices.failure) }
        return .accepted(fact, success: success)
    }
}
