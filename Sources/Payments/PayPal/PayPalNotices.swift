package import Cryptography

/// PayPal's webhook events, verified here (developer.paypal.com/api/rest/webhooks): RSA-SHA256 over
/// `<transmission id>|<time>|<webhook id>|<CRC-32 of the raw body, decimal>` with the key of a certificate that the message
/// names. A checksum can be met by another body, so a transmission counts for one body alone (`PayPalGateway`,
/// `CaseBooks`), and payments are confirmed at PayPal before anything is delivered.
package struct PayPalNotices: NoticeScheme {
    private let webhookID: String
    private let certificates: PayPalCertificates
    private let anchors: TrustAnchors
    /// What the certificate's common name ends with, a dot first.
    private let nameSuffix: String
    /// Seconds that a transmission may be old. PayPal repeats for days.
    private let maximumAge: Int64

    /// Throws `notConfigured` when the webhook id is none. PayPal's simulator signs anything for anybody under the id
    /// `WEBHOOK_ID`, so that one above all.
    package init(
        webhookID: String, certificates: PayPalCertificates, anchors: TrustAnchors, nameSuffix: String = ".paypal.com",
        maximumAge: Int64 = 604_800
    ) throws(PaymentError) {
        guard (8...64).contains(webhookID.utf8.count), webhookID.utf8.allSatisfy(Field.isWord), !PlaceholderText.matches(webhookID) else {
            throw PaymentError(
                .notConfigured, "the webhook id is empty, a placeholder, or none",
                hint: "copy it from the webhook's line in PayPal's dashboard")
        }
        guard nameSuffix.utf8.first == UInt8(ascii: "."), nameSuffix.utf8.count > 3 else {
            throw PaymentError(.notConfigured, "the end of the certificate's name is none: it begins with a dot")
        }
        self.webhookID = webhookID
        self.certificates = certificates
        self.anchors = anchors
        self.nameSuffix = nameSuffix
        self.maximumAge = max(0, maximumAge)
    }

    package struct Envelope: Sendable {
        let id: String
        let time: Int64
        let timeText: String
        let signature: String
        let certificateURL: String
    }

    package static let method = "POST"
    package static let securityHeaders = [
        "paypal-transmission-id", "paypal-transmission-time", "paypal-transmission-sig", "paypal-cert-url", "paypal-auth-algo",
    ]
    package static let repeatedHeader = Refusal(.signature, "malformed_header")
    package static let success = NoticeReply(status: 200)
    package static let failure = NoticeReply(status: 400)
    package static let unconfigured = Refusal(.config, "gateway_not_configured")
    /// For a transmission that came before with another body.
    package static let reused = Refusal(.replay, "transmission_id_reused")

    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        var values: [String] = []
        for name in Self.securityHeaders {
            guard let value = notice.values(of: name).first else { throw Refusal(.signature, "missing_header") }
            values.append(value)
        }
        guard values[4] == "SHA256withRSA" else { throw Refusal(.policy, "unsupported_algorithm") }
        try certificates.check(values[3])
        // A bar in the id could move the border between it and the time.
        guard Field.isIdentifier(values[0]), !values[0].utf8.contains(UInt8(ascii: "|")), let time = Moment.zonedSeconds(values[1]) else {
            throw Refusal(.signature, "malformed_header")
        }
        return Envelope(id: values[0], time: time, timeText: values[1], signature: values[2], certificateURL: values[3])
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        guard let leaf = certificates.chain(envelope.certificateURL)?.leaf, isPayPal(leaf.commonName), let key = try? leaf.publicKey()
        else { throw Refusal(.signature, "untrusted_certificate") }
        let text = "\(envelope.id)|\(envelope.timeText)|\(webhookID)|\(CRC32.of(notice.body))"
        guard let signature = Base64.decode(envelope.signature), key.verify(signature: signature, message: Array(text.utf8)) else {
            throw Refusal(.signature, "bad_signature")
        }
    }

    /// All that hangs on the moment: is the certificate to be trusted now, and is the transmission not too old?
    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {
        guard let chain = certificates.chain(envelope.certificateURL), chain.isTrusted(by: anchors, at: now) else {
            throw Refusal(.signature, "untrusted_certificate")
        }
        guard now - envelope.time <= maximumAge else { throw Refusal(.replay, "stale_transmission") }
    }

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> JSON {
        guard let event = try? JSONReader.read(notice.body), case .object = event else { throw Refusal(.format, "malformed_json") }
        return event
    }

    /// The webhook id is part of what is signed: an event for another webhook does not get this far.
    package func checkAddressee(_ message: JSON) throws(Refusal) {}

    package func fact(_ message: JSON) throws(Refusal) -> Fact {
        try PayPalEvent(message).fact()
    }

    private func isPayPal(_ name: String?) -> Bool {
        guard let name else { return false }
        let bytes = name.lowercased().utf8
        let label = bytes.dropLast(nameSuffix.utf8.count)
        return bytes.count > nameSuffix.utf8.count && bytes.suffix(nameSuffix.utf8.count).elementsEqual(nameSuffix.utf8)
            && label.allSatisfy { Field.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
}

extension Transmission {
    /// One delivery of PayPal's.
    init(payPal notice: RawNotice) {
        self.init(id: Array((notice.values(of: "paypal-transmission-id").first ?? "").utf8), bodyDigest: Digest.sha256(notice.body))
    }
}
