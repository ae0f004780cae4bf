import Cryptography

/// WeChat Pay API v3 notices: signed by WeChat over the raw body, their content sealed with AES-256-GCM under the
/// merchant's APIv3 key (pay.weixin.qq.com, “payment notice”).
package struct WeChatNotices: NoticeScheme {
    let mchid: String
    let appid: String
    private let sealingKey: SecretKey
    let keys: WeChatKeys
    /// Seconds either way that a signature stays good, inclusive.
    let tolerance: Int64

    /// Throws `notConfigured` when an id is none, or the APIv3 key is not 32 characters or a placeholder.
    package init(mchid: String, appid: String, apiV3Key: String, keys: WeChatKeys, tolerance: Int64 = 300) throws(PaymentError) {
        guard mchid.utf8.allSatisfy({ (0x30...0x39).contains($0) }), (8...12).contains(mchid.utf8.count) else {
            throw PaymentError(.notConfigured, "the merchant number (mchid) is not one: 10 digits", hint: "the merchant platform shows it")
        }
        guard appid.utf8.allSatisfy(Field.isWord), (8...32).contains(appid.utf8.count) else {
            throw PaymentError(.notConfigured, "the appid is not one: wx and 16 characters", hint: "it is the app's bound to the merchant")
        }
        guard apiV3Key.utf8.count == AESGCM.keySize, apiV3Key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !PlaceholderText.matches(apiV3Key), Set(apiV3Key.utf8).count >= 8
        else {
            throw PaymentError(
                .notConfigured, "the APIv3 key is not one: 32 characters of your own, at random",
                hint: "set it on the merchant platform under API security")
        }
        self.mchid = mchid
        self.appid = appid
        sealingKey = SecretKey(Array(apiV3Key.utf8))
        self.keys = keys
        self.tolerance = max(0, tolerance)
    }

    package struct Envelope: Sendable {
        let signature: WeChatSignature
    }

    package struct Message: Sendable {
        let id: String
        let type: String
        let time: Int64?
        let resource: JSON
    }

    package static let method = "POST"
    package static let securityHeaders = WeChatSignature.headers
    package static let repeatedHeader = Refusal(.signature, "malformed_header")
    package static let success = NoticeReply(status: 204)
    /// The status alone counts: 200 with FAIL in it would be success. The text says nothing, least of all to a forger.
    package static let failure = NoticeReply(
        status: 401, headers: [.init("Content-Type", "application/json")], body: #"{"code":"FAIL","message":"..."}"#)
    package static let unconfigured = Refusal(.config, "gateway_not_configured")

    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        Envelope(signature: try WeChatSignature { notice.values(of: $0).first })
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        try envelope.signature.verify(notice.body, keys)
    }

    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {
        try envelope.signature.checkClock(now: now, tolerance: tolerance)
    }

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> Message {
        guard let content = try? JSONReader.read(notice.body), case .object = content else { throw Refusal(.format, "malformed_json") }
        guard let id = content["id"]?.text, Field.isIdentifier(id), let type = content["event_type"]?.text,
            let sealed = content["resource"]
        else { throw Refusal(.format, "missing_field") }
        let opened = try open(sealed)
        guard let resource = try? JSONReader.read(opened), case .object = resource else {
            throw Refusal(.format, "malformed_json")
        }
        return Message(id: id, type: type, time: content["create_time"]?.text.flatMap(Moment.zonedSeconds), resource: resource)
    }

    /// A transaction or a refund must name the merchant, a transaction the app too. Other messages may, and then must be right.
    package func checkAddressee(_ message: Message) throws(Refusal) {
        let isTransaction = message.type == WeChatResource.paid
        let isPayment = isTransaction || message.type.utf8.starts(with: "REFUND.".utf8)
        if isPayment || !message.resource.isMissing("mchid") {
            guard message.resource["mchid"]?.text == mchid else { throw Refusal(.identity, "mchid_mismatch") }
        }
        if isTransaction {
            guard message.resource["appid"]?.text == appid else { throw Refusal(.identity, "appid_mismatch") }
        }
    }

    package func fact(_ message: Message) throws(Refusal) -> Fact {
        var fact = try WeChatResource(message.resource, dedupeKey: message.id).fact(type: message.type)
        fact.occurredAt = fact.occurredAt ?? message.time
        return fact
    }

    /// AEAD_AES_256_GCM: the nonce is text of 12 bytes, the associated data may be empty or absent, the tag comes last.
    private func open(_ sealed: JSON) throws(Refusal) -> [UInt8] {
        guard sealed["algorithm"]?.text == "AEAD_AES_256_GCM" else { throw Refusal(.signature, "unsupported_algorithm") }
        let failed = Refusal(.signature, "decrypt_failed")
        guard let text = sealed["ciphertext"]?.text, let bytes = Base64.decode(text), let nonce = sealed["nonce"]?.text,
            sealed.isMissing("associated_data") || sealed["associated_data"]?.text != nil
        else { throw failed }
        do throws(CryptographyError) {
            return try AESGCM.open(
                key: sealingKey, nonce: Array(nonce.utf8), sealed: bytes, aad: Array((sealed["associated_data"]?.text ?? "").utf8))
        } catch {
            throw failed
        }
    }
}
