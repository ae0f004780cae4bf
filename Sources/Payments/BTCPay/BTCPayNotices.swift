import Cryptography

/// Webhooks of a BTCPay Server (docs.btcpayserver.org/API/Greenfield/v1, Webhooks): `sha256=` and the HMAC-SHA256 over the raw body,
/// hexadecimal, lower case. No clock is signed and no amount is named: what an event means is in its invoice, which must be fetched
/// (`BTCPayGateway`). An event alone is never a payment.
package struct BTCPayNotices: NoticeScheme {
    let secrets: [WebhookSecret]
    let store: String

    package init(secrets: [WebhookSecret], store: String) {
        self.secrets = secrets
        self.store = store
    }

    package static let method = "POST"
    package static let securityHeaders = ["btcpay-sig"]
    package static let repeatedHeader = Refusal(.signature, "malformed_signature_header")
    package static let success = NoticeReply(status: 200)
    /// Not repeated by the server; a trouble of ours is answered with 503, which is.
    package static let failure = NoticeReply(status: 400)
    package static let unconfigured = Refusal(.config, "gateway_not_configured")

    package func envelope(of notice: RawNotice) throws(Refusal) -> [UInt8] {
        guard let header = notice.values(of: "btcpay-sig").first else { throw Refusal(.signature, "missing_signature_header") }
        guard header.utf8.starts(with: "sha256=".utf8) else { throw Refusal(.signature, "malformed_signature_header") }
        return Array(header.utf8.dropFirst(7))
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
        guard message["storeId"]?.text == store else { throw Refusal(.identity, "store_mismatch") }
    }

    /// What the event alone says: which invoice, and whether it must be looked at (`needsLookup`). A redelivery has another delivery
    /// id, so the invoice and the type of event tell repeats.
    package func fact(_ message: JSON) throws(Refusal) -> Fact {
        guard let type = message["type"]?.text, type.utf8.count <= 64, let invoice = Field.identifier(message["invoiceId"]) else {
            throw Refusal(.format, "missing_field")
        }
        let tells = ["InvoiceSettled", "InvoiceExpired", "InvoiceInvalid"].contains(type)
        let delivery = Field.identifier(message["originalDeliveryId"]) ?? Field.identifier(message["deliveryId"])
        return Fact(
            .ignored, dedupeKey: "\(invoice)|\(type)", gatewayTransactionID: invoice, sessionID: invoice, noticeID: delivery,
            occurredAt: message["timestamp"]?.integer, remarks: tells ? [.needsLookup] : [])
    }
}
