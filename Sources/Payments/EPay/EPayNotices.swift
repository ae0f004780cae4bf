/// Notices of an EPay (易支付) site: the parameters of a GET (some clones POST them), signed with MD5 or RSA.
///
/// The second generation signs the time as well. The first has no clock, so its notices stay good for ever, and pass
/// through the buyer's browser too: order state and transaction alone tell a repeat.
package struct EPayNotices: NoticeScheme {
    let verifier: EPayVerifier
    let merchant: String
    /// Seconds either way that a notice of the second generation stays good, inclusive.
    let tolerance: Int64

    /// `merchant`: our `pid`, by which a site with one key pair for all its merchants says whom it means.
    package init(verifier: EPayVerifier, merchant: String, tolerance: Int64 = 300) {
        self.verifier = verifier
        self.merchant = merchant
        self.tolerance = max(0, tolerance)
    }

    package struct Envelope: Sendable {
        let parameters: SignedParameters
        let sign: [UInt8]
    }

    package static let method = "GET"
    package static let methods = ["GET", "POST"]
    package static let securityHeaders: [String] = []
    package static let repeatedHeader = Refusal(.format, "duplicate_header")
    package static let success = NoticeReply(status: 200, headers: [.init("Content-Type", "text/plain")], body: "success")
    package static let failure = NoticeReply(status: 400, headers: [.init("Content-Type", "text/plain")], body: "fail")
    package static let unconfigured = Refusal(.config, "gateway_not_configured")

    /// The first generation may leave `sign_type` out; where it is, it must be ours.
    package func envelope(of notice: RawNotice) throws(Refusal) -> Envelope {
        let parameters = try notice.parameters()
        guard let sign = parameters.bytes("sign"), !sign.isEmpty else { throw Refusal(.signature, "missing_signature") }
        let type = parameters.bytes("sign_type") ?? []
        guard type.elementsEqual(verifier.version.signType.utf8) || (type.isEmpty && verifier.version == .v1) else {
            throw Refusal(.signature, "wrong_sign_type")
        }
        return Envelope(parameters: parameters, sign: sign)
    }

    package func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal) {
        guard verifier.accepts(envelope.sign, over: envelope.parameters) else { throw Refusal(.signature, "bad_signature") }
    }

    package func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal) {
        guard verifier.version == .v2 else { return }
        guard let text = envelope.parameters.text("timestamp"), let time = Field.seconds(text) else {
            throw Refusal(.replay, "missing_timestamp")
        }
        guard abs(now - time) <= tolerance else { throw Refusal(.replay, "stale_timestamp") }
    }

    package func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> SignedParameters {
        try envelope.parameters.checkBorders(of: EPayTrade.fields)
        return envelope.parameters
    }

    package func checkAddressee(_ message: SignedParameters) throws(Refusal) {
        guard message.text("pid") == merchant else { throw Refusal(.identity, "pid_mismatch") }
    }

    package func fact(_ message: SignedParameters) throws(Refusal) -> Fact {
        guard let status = message.text("trade_status") else { throw Refusal(.format, "missing_field") }
        return try EPayTrade(field: message.text).fact(status == "TRADE_SUCCESS" ? .paid : .ignored)
    }
}
