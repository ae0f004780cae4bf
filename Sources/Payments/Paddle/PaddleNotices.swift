import Cryptography

/// Paddle Billing's notifications (developer.paddle.com/webhooks/signature-verification): HMAC-SHA256 over `<ts>:<raw body>`, keyed
/// with the secret's text as it is; hexadecimal, lower case.
package struct PaddleNotices: NoticeScheme {
    let secrets: [WebhookSecret]
    /// Seconds either way that a signature stays good, inclusive. Paddle signs each repeat anew.
    let tolerance: Int64
    let pricing: PaddlePricing

    /// `tolerance`: 5 in Paddle's own libraries.
    package init(secrets: [WebhookSecret], tolerance: Int64 = 5, pricing: PaddlePricing = .taxOnTop) {
        self.secrets = secrets
        self.tolerance = max(0, tolerance)
        self.pricing = pricing
    }

    package struct Envelope: Sendable {
        let time: Int64
        /// As sent: the signed text has it in these very characters.
        let timeText: String
        let signatures: [[UInt8]]
    }

    package static let method = "POST"
    package static let securityHeaders = ["paddle-signature"]
    package static let repeatedHeader = Refusal(.signature, "malformed_signature_header")
    package static let success = NoticeReply(status: 200)
    package static let failure = NoticeReply(status: 400)
    package static let unconfigured = Refusal(.config, "gateway_not_configured")

    /// `ts=<seconds>;h1=<hex>[;h1=<hex>…]`: one `ts`, every `h1`, other schemes skipped.
    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        guard let header = notice.values(of: "paddle-signature").first else { throw Refusal(.signature, "missing_signature_header") }
        var times: [String] = []
        var signatures: [[UInt8]] = []
        for element in header.utf8.split(separator: UInt8(ascii: ";")) {
            let parts = element.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            if parts[0].elementsEqual("ts".utf8) { times.append(String(decoding: parts[1], as: UTF8.self)) }
            if parts[0].elementsEqual("h1".utf8) { signatures.append(Array(parts[1])) }
        }
        guard let timeText = times.first, times.count == 1, let time = Field.seconds(timeText) else {
            throw Refusal(.signature, "malformed_signature_header")
        }
        guard !signatures.isEmpty else { throw Refusal(.signature, "missing_signature") }
        return Envelope(time: time, timeText: timeText, signatures: signatures)
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        let signed = Array(envelope.timeText.utf8) + [UInt8(ascii: ":")] + notice.body
        guard envelope.signatures.contains(where: { secrets.accept($0) { Digest.hmacSHA256(key: $0, signed) } }) else {
            throw Refusal(.signature, "bad_signature")
        }
    }

    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {
        guard abs(now - envelope.time) <= tolerance else { throw Refusal(.replay, "stale_timestamp") }
    }

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> JSON {
        guard let event = try? JSONReader.read(notice.body), case .object = event else { throw Refusal(.format, "malformed_json") }
        return event
    }

    /// Paddle names neither account nor mode in its events: the secret, one for each destination, says whose they are.
    package func checkAddressee(_ message: JSON) throws(Refusal) {}

    package func fact(_ message: JSON) throws(Refusal) -> Fact {
        try PaddleEvent(message, pricing: pricing).fact()
    }
}
