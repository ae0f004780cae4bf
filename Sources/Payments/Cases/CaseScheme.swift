/// Makes the judge of a case from its `config`, the same one that a configured account has.
enum CaseScheme {
    static let known = ["stripe", "standard-webhooks"]

    static func verdict(of entry: NoticeCase) -> Verdict {
        let config = entry.config
        let tolerance = config["toleranceSeconds"]?.integer ?? 300
        switch entry.gateway {
        case "stripe":
            let secrets = config["webhookSecrets"]?.list?.map { $0.text ?? "" } ?? []
            guard let scheme = try? StripeNotices(secrets: secrets, tolerance: tolerance, livemode: config["livemode"]?.bool ?? true)
            else { return refused(StripeNotices.unconfigured, StripeNotices.failure) }
            return scheme.judge(entry.notice, now: entry.now)
        default:
            let secrets = config["secrets"]?.list?.map { $0.text ?? "" } ?? []
            guard let scheme = try? StandardNotices(secrets: secrets, tolerance: tolerance) else {
                return refused(StandardNotices.unconfigured, StandardNotices.failure)
            }
            return scheme.judge(entry.notice, now: entry.now)
        }
    }

    private static func refused(_ refusal: Refusal, _ reply: NoticeReply) -> Verdict {
        .rejected(category: refusal.category, reason: refusal.reason, reply: reply)
    }
}
