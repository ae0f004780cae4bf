import Cryptography

/// Standard Webhooks (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md): HMAC-SHA256 over
/// `<id>.<timestamp>.<raw body>`, keyed with the decoded base64 of the secret; base64, compared as bytes.
package struct StandardNotices: NoticeScheme {
    let secrets: [WebhookSecret]
    /// Seconds either way that a signature stays good, inclusive.
    let tolerance: Int64

    /// Throws `notConfigured` when a secret is empty, not base64, or not 24 to 64 bytes long.
    package init(secrets: [String], tolerance: Int64 = 300) throws(PaymentError) {
        self.secrets = try WebhookSecret.list(secrets, form: .base64)
        self.tolerance = max(0, tolerance)
    }

    /// With one key that we derived ourselves.
    init(derived key: SecretKey) {
        secrets = [WebhookSecret(derived: key)]
        tolerance = 300
    }

    package struct Envelope: Sendable {
        let id: String
        let time: Int64
        let timeText: String
        let signatures: [[UInt8]]
    }

    package struct Message: Sendable {
        let id: String
        let content: JSON
    }

    package static let method = "POST"
    package static let securityHeaders = ["webhook-id", "webhook-timestamp", "webhook-signature"]
    package static let repeatedHeader = Refusal(.signature, "malformed_header")
    package static let success = NoticeReply(status: 204)
    package static let failure = NoticeReply(status: 401)
    package static let unconfigured = Refusal(.signature, "gateway_not_configured")

    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        guard let id = notice.values(of: "webhook-id").first, let timeText = notice.values(of: "webhook-timestamp").first,
            let list = notice.values(of: "webhook-signature").first
        else { throw Refusal(.signature, "missing_header") }
        // A dot in the id could move the border between id and timestamp.
        guard Field.isIdentifier(id), !id.utf8.contains(UInt8(ascii: ".")), let time = Field.seconds(timeText) else {
            throw Refusal(.signature, "malformed_header")
        }
        var versions = 0
        var signatures: [[UInt8]] = []
        var ours = 0
        for element in list.utf8.split(separator: UInt8(ascii: " ")) {
            guard let comma = element.firstIndex(of: UInt8(ascii: ",")) else { continue }
            versions += 1
            guard element[..<comma].elementsEqual("v1".utf8) else { continue }
            ours += 1
            let text = String(decoding: element[element.index(after: comma)...], as: UTF8.self)
            if let signature = Base64.decode(text) { signatures.append(signature) }
        }
        guard versions > 0 else { throw Refusal(.signature, "malformed_header") }
        guard ours > 0 else { throw Refusal(.signature, "no_v1_signature") }
        return Envelope(id: id, time: time, timeText: timeText, signatures: signatures)
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        let signed = Self.signedBytes(id: envelope.id, time: envelope.timeText, body: notice.body)
        for secret in secrets {
            let expected = Digest.hmacSHA256(key: secret.key, signed)
            if envelope.signatures.contains(where: { constantTimeEquals($0, expected) }) { return }
        }
        throw Refusal(.signature, "bad_signature")
    }

    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {
        guard abs(now - envelope.time) <= tolerance else { throw Refusal(.signature, "stale_timestamp") }
    }

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> Message {
        guard let content = try? JSONReader.read(notice.body), case .object = content else { throw Refusal(.format, "malformed_json") }
        return Message(id: envelope.id, content: content)
    }

    /// The secret is the account: there is no other address in this scheme.
    package func checkAddressee(_ message: Message) throws(Refusal) {}

    package func fact(_ message: Message) throws(Refusal) -> Fact {
        try StandardPayload(message.content).fact(dedupeKey: message.id)
    }

    /// What is signed.
    static func signedBytes(id: String, time: String, body: [UInt8]) -> [UInt8] {
        Array(id.utf8) + [UInt8(ascii: ".")] + Array(time.utf8) + [UInt8(ascii: ".")] + body
    }
}
