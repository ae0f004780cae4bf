/// Callbacks of a TokenPay server (github.com/LightCountry/TokenPay, Wiki/docs.md): a JSON object with its MD5 signature in it. It says
/// nothing of when, and comes three times at most.
package struct TokenPayNotices: NoticeScheme {
    let signature: TokenSignature
    /// The money that the server counts in, where a callback does not say.
    let currency: String

    package init(tokens: [WebhookSecret], currency: String) {
        signature = TokenSignature(tokens: tokens, name: "Signature")
        self.currency = currency
    }

    package struct Envelope: Sendable {
        let parameters: SignedParameters
        let sign: [UInt8]
    }

    package static let method = "POST"
    package static let securityHeaders: [String] = []
    package static let repeatedHeader = Refusal(.format, "duplicate_header")
    package static let success = NoticeReply(status: 200, headers: [.init("Content-Type", "text/plain")], body: "ok")
    package static let failure = NoticeReply(status: 400, headers: [.init("Content-Type", "text/plain")], body: "fail")
    package static let unconfigured = Refusal(.config, "gateway_not_configured")

    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        let parameters = try SignedParameters(json: notice.body)
        return Envelope(parameters: parameters, sign: try signature.signature(in: parameters))
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        guard signature.accepts(envelope.sign, over: envelope.parameters) else { throw Refusal(.signature, "bad_signature") }
    }

    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {}

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> SignedParameters {
        try envelope.parameters.checkBorders(of: TokenPayOrder.fields)
        return envelope.parameters
    }

    /// A callback names no merchant: the server is one's own, and its token says so.
    package func checkAddressee(_ message: SignedParameters) throws(Refusal) {}

    package func fact(_ message: SignedParameters) throws(Refusal) -> Fact {
        try TokenPayOrder(field: message.text, currency: currency).fact()
    }
}
