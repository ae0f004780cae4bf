import Cryptography

/// Lemon Squeezy's webhooks (docs.lemonsqueezy.com/help/webhooks/signing-requests): HMAC-SHA256 over the raw body, hexadecimal, lower
/// case. No clock is signed, so a notice stays good for ever: order and event alone tell a repeat.
package struct LemonSqueezyNotices: NoticeScheme {
    let secrets: [WebhookSecret]
    let store: String
    let testMode: Bool

    /// `store`: the id of our store. `testMode`: orders of test mode alone count, or live ones alone.
    package init(secrets: [WebhookSecret], store: String, testMode: Bool) {
        self.secrets = secrets
        self.store = store
        self.testMode = testMode
    }

    package static let method = "POST"
    package static let securityHeaders = ["x-signature"]
    package static let repeatedHeader = Refusal(.signature, "malformed_signature_header")
    /// Only 200 counts; another 2xx is repeated.
    package static let success = NoticeReply(status: 200)
    package static let failure = NoticeReply(status: 400)
    package static let unconfigured = Refusal(.config, "gateway_not_configured")

    package func envelope(of notice: RawNotice) throws(Refusal) -> [UInt8] {
        guard let header = notice.values(of: "x-signature").first, !header.isEmpty else {
            throw Refusal(.signature, "missing_signature_header")
        }
        return Array(header.utf8)
    }

    package func verify(_ envelope: [UInt8], of notice: RawNotice) throws(Refusal) {
        guard secrets.accept(envelope, { Digest.hmacSHA256(key: $0, notice.body) }) else { throw Refusal(.signature, "bad_signature") }
    }

    package func checkClock(_ envelope: [UInt8], now: Int64) throws(Refusal) {}

    package func message(in envelope: [UInt8], of notice: RawNotice) throws(Refusal) -> JSON {
        guard let event = try? JSONReader.read(notice.body), case .object = event else { throw Refusal(.format, "malformed_json") }
        return event
    }

    package func checkAddressee(_ message: JSON) throws(Refusal) {
        guard message["meta"]?["test_mode"]?.bool == testMode else { throw Refusal(.identity, "test_mode_mismatch") }
        guard Field.identifier(message["data"]?["attributes"]?["store_id"]) == store else { throw Refusal(.identity, "store_mismatch") }
    }

    /// The event's name is read from the signed body: the header of that name is anybody's.
    package func fact(_ message: JSON) throws(Refusal) -> Fact {
        guard let meta = message["meta"], let event = meta["event_name"]?.text, let order = message["data"] else {
            throw Refusal(.format, "missing_field")
        }
        return try LemonSqueezyOrder(order).fact(event: event, notes: meta["custom_data"])
    }
}
