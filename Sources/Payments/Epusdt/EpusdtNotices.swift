import Catalog

/// Callbacks of an epusdt or BEpusdt server (github.com/assimon/epusdt, wiki/API.md; github.com/v03413/BEpusdt): a JSON object with its
/// MD5 signature in it. BEpusdt calls for orders that wait, run out or are cancelled as well, signed all the same.
package struct EpusdtNotices: NoticeScheme {
    let signature: TokenSignature
    /// The money that amounts are in: callbacks do not say.
    let currency: String

    package init(tokens: [WebhookSecret], currency: String) {
        signature = TokenSignature(tokens: tokens, name: "signature")
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
        try envelope.parameters.checkBorders(of: ["amount", "block_transaction_id", "order_id", "status", "trade_id"])
        return envelope.parameters
    }

    /// A callback names no merchant: the server is one's own, and its token says so.
    package func checkAddressee(_ message: SignedParameters) throws(Refusal) {}

    /// Paid only in status 2. 1 waits, 5 waits for the chain; 3, 4 and 6 are run out, cancelled and failed. The amount is the money
    /// that we asked for, not the coins. The payment on the chain is the transaction: it can pay one order.
    package func fact(_ message: SignedParameters) throws(Refusal) -> Fact {
        guard let trade = message.text("trade_id"), Field.isIdentifier(trade), let status = message.text("status"), status.utf8.count <= 8,
            let order = message.text("order_id"), let amount = message.text("amount")
        else { throw Refusal(.format, "missing_field") }
        guard let money = Field.amount(amount, currency) else { throw Refusal(.format, "invalid_amount") }
        let hash = message.text("block_transaction_id")
        if let hash, !Field.isIdentifier(hash) { throw Refusal(.format, "malformed_field") }
        return Fact(
            EpusdtTrade.kind(status), dedupeKey: "\(trade)|\(status)", orderID: Field.orderID(order), amountMinor: money.minor,
            currency: money.currency.code, gatewayTransactionID: hash ?? trade, sessionID: trade)
    }
}
