package import Cryptography

/// Alipay's asynchronous notices (opendocs.alipay.com, 异步通知验签): form parameters, signed with Alipay's key by RSA-SHA256
/// over all of them but `sign` and `sign_type`, empty ones included. There is no signed clock: a notice is repeated for
/// 25 hours, and `TRADE_FINISHED` comes months later, so the books alone tell a repeat.
package struct AlipayNotices: NoticeScheme {
    /// Alipay's keys, never ours.
    let publicKeys: [RSAPublicKey]
    let appID: String
    let sellerID: String

    package init(publicKeys: [RSAPublicKey], appID: String, sellerID: String) {
        self.publicKeys = publicKeys
        self.appID = appID
        self.sellerID = sellerID
    }

    package struct Envelope: Sendable {
        let parameters: SignedParameters
        let signature: [UInt8]
    }

    package struct Message: Sendable {
        let parameters: SignedParameters
        /// Brought by the browser, not sent by Alipay.
        let isReturn: Bool
    }

    package static let method = "POST"
    /// GET is the browser's return, which is signed as well: judged, so that nobody takes it for more than it is.
    package static let methods = ["POST", "GET"]
    package static let securityHeaders: [String] = []
    package static let repeatedHeader = Refusal(.format, "duplicate_header")
    package static let success = NoticeReply(status: 200, headers: [.init("Content-Type", "text/plain")], body: "success")
    package static let failure = NoticeReply(status: 400, headers: [.init("Content-Type", "text/plain")], body: "fail")
    package static let unconfigured = Refusal(.config, "gateway_not_configured")

    /// `sign_type` must be the one that we configured: left to the message, it would choose SHA-1.
    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        let parameters = try notice.parameters()
        guard let signature = parameters.text("sign") else { throw Refusal(.signature, "missing_signature") }
        guard parameters.text("sign_type") == "RSA2" else { throw Refusal(.signature, "wrong_sign_type") }
        guard let bytes = Base64.decode(signature) else { throw Refusal(.signature, "bad_signature") }
        return Envelope(parameters: parameters, signature: bytes)
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        let signed = envelope.parameters.signedText(without: ["sign", "sign_type"])
        guard publicKeys.contains(where: { $0.verify(signature: envelope.signature, message: signed) }) else {
            throw Refusal(.signature, "bad_signature")
        }
    }

    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {}

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> Message {
        try envelope.parameters.checkBorders(of: AlipayTrade.fields)
        return Message(parameters: envelope.parameters, isReturn: notice.method == "GET")
    }

    package func checkAddressee(_ message: Message) throws(Refusal) {
        guard message.parameters.text("app_id") == appID else { throw Refusal(.identity, "app_id_mismatch") }
        guard message.parameters.text("seller_id") == sellerID else { throw Refusal(.identity, "seller_id_mismatch") }
    }

    package func fact(_ message: Message) throws(Refusal) -> Fact {
        let trade = AlipayTrade(field: message.parameters.text)
        if message.isReturn { return try trade.returned() }
        if let type = message.parameters.text("notify_type"), type != "trade_status_sync" {
            guard let id = message.parameters.text("notify_id"), Field.isIdentifier(id) else { throw Refusal(.format, "missing_field") }
            return Fact(.ignored, dedupeKey: "notice|\(id)", noticeID: id)
        }
        return try trade.fact()
    }
}
