import Cryptography

/// What a gateway itself said when it was asked whether an authentic notice is so: learnt in `prepare`, needed in `judge`.
///
/// For gateways whose notices alone are too little to deliver on: they name no amount, never grow old, or are signed with a key that
/// lies on a small machine of the merchant's.
struct Confirmations: Sendable {
    private enum Answer: Sendable {
        case said(Fact)
        case denied
    }

    /// By the digest of the notice's body.
    private let answers = BoundedMemory<Answer>(limit: 4_096)

    /// `fact`: what the gateway says happened; nil when it does not say what the notice says.
    func remember(_ notice: RawNotice, _ fact: Fact?) {
        answers.remember(Digest.sha256(notice.body), fact.map(Answer.said) ?? .denied)
    }

    /// The fact that the gateway confirmed, in place of the notice's own. Rejected as `not_confirmed` when it denied it, and with a
    /// 503 when it was not asked (or too long ago), so that it sends the notice again.
    func verdict(on notice: RawNotice, success: NoticeReply, failure: NoticeReply) -> Verdict {
        switch answers.value(Digest.sha256(notice.body)) {
        case .said(let fact): .accepted(fact, success: success)
        case .denied: .rejected(category: .policy, reason: "not_confirmed", reply: failure)
        case .none: .rejected(category: .policy, reason: "not_confirmed", reply: NoticeReply(status: 503))
        }
    }
}
