import Cryptography

/// Stripe's signed events (docs.stripe.com/webhooks): HMAC-SHA256 over `<t>.<raw body>`, keyed with the secret's
/// text as it is, `whsec_` included; hexadecimal, lower case, compared as text.
package struct StripeNotices: NoticeScheme {
    let secrets: [WebhookSecret]
    /// Seconds into the past that a signature stays good, inclusive. Stripe's own libraries do not refuse the future.
    let tolerance: Int64
    /// Live events, or test ones: never both.
    let livemode: Bool

    /// Throws `notConfigured` when a secret is blank, short or a placeholder.
    package init(secrets: [String], tolerance: Int64 = 300, livemode: Bool) throws(PaymentError) {
        self.secrets = try WebhookSecret.list(secrets, form: .text)
        self.tolerance = max(0, tolerance)
        self.livemode = livemode
    }

    package struct Envelope: Sendable {
        let time: Int64
        /// As sent: the signed text has it in these very characters.
        let timeText: String
        let signatures: [[UInt8]]
    }

    package static let method = "POST"
    package static let securityHeaders = ["stripe-signature"]
    package static let repeatedHeader = Refusal(.signature, "malformed_signature_header")
    package static let success = NoticeReply(status: 200)
    package static let failure = NoticeReply(status: 400)
    package static let unconfigured = Refusal(.signature, "gateway_not_configured")

    /// `t=<seconds>,v1=<hex>[,v1=<hex>…]`: the first `t`, every `v1`, other schemes skipped.
    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        guard let header = notice.values(of: "stripe-signature").first else { throw Refusal(.signature, "missing_signature_header") }
        var timeText: String?
        var signatures: [[UInt8]] = []
        for element in header.utf8.split(separator: UInt8(ascii: ",")) {
            let parts = element.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            if parts[0].elementsEqual("t".utf8), timeText == nil { timeText = String(decoding: parts[1], as: UTF8.self) }
            if parts[0].elementsEqual("v1".utf8) { signatures.append(Array(parts[1])) }
        }
        guard let timeText, let time = Field.seconds(timeText) else { throw Refusal(.signature, "malformed_signature_header") }
        guard !signatures.isEmpty else { throw Refusal(.signature, "no_v1_signature") }
        return Envelope(time: time, timeText: timeText, signatures: signatures)
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        let signed = Array(envelope.timeText.utf8) + [UInt8(ascii: ".")] + notice.body
        for secret in secrets {
            let expected = Array(Hex.encode(Digest.hmacSHA256(key: secret.key, signed)).utf8)
            if envelope.signatures.contains(where: { constantTimeEquals($0, expected) }) { return }
        }
        throw Refusal(.signature, "bad_signature")
    }

    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {
        guard now - envelope.time <= tolerance else { throw Refusal(.signature, "stale_timestamp") }
    }

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> JSON {
        guard let event = try? JSONReader.read(notice.body), case .object = event else { throw Refusal(.format, "malformed_json") }
        return event
    }

    package func checkAddressee(_ message: JSON) throws(Refusal) {
        guard message["livemode"]?.bool == livemode else { throw Refusal(.identity, "livemode_mismatch") }
    }

    package func fact(_ message: JSON) throws(Refusal) -> Fact {
        try StripeEvent(message).fact()
    }
}
