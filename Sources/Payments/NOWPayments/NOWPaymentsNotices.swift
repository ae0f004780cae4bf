import Cryptography

/// NOWPayments' instant payment notifications (documenter.getpostman.com/view/7907941): HMAC-SHA512 over the JSON written again with its
/// members sorted, hexadecimal, lower case. No clock is signed, so a notice stays good for ever.
package struct NOWPaymentsNotices: NoticeScheme {
    let secrets: [WebhookSecret]

    package init(secrets: [WebhookSecret]) {
        self.secrets = secrets
    }

    package struct Envelope: Sendable {
        let signature: [UInt8]
        /// Read before the signature is checked, because the signature is over what was read.
        let content: JSON
    }

    package static let method = "POST"
    package static let securityHeaders = ["x-nowpayments-sig"]
    package static let repeatedHeader = Refusal(.signature, "malformed_signature_header")
    package static let success = NoticeReply(status: 200)
    package static let failure = NoticeReply(status: 400)
    package static let unconfigured = Refusal(.config, "gateway_not_configured")

    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        guard let header = notice.values(of: "x-nowpayments-sig").first, !header.isEmpty else {
            throw Refusal(.signature, "missing_signature_header")
        }
        guard let content = try? JSONReader.read(notice.body), case .object = content else { throw Refusal(.format, "malformed_json") }
        return Envelope(signature: Array(header.utf8), content: content)
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        for escapes in CanonicalJSON.Escapes.allCases {
            let text = CanonicalJSON.bytes(envelope.content, escapes)
            if secrets.accept(envelope.signature, { Digest.hmacSHA512(key: $0, text) }) { return }
        }
        throw Refusal(.signature, "bad_signature")
    }

    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {}

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> JSON {
        envelope.content
    }

    /// A notice names no account: the secret says whose it is.
    package func checkAddressee(_ message: JSON) throws(Refusal) {}

    package func fact(_ message: JSON) throws(Refusal) -> Fact {
        try NOWPayment(message).fact()
    }
}
