package import Cryptography

/// A notice on its way out: POST it as it is.
package struct OutgoingNotice: Sendable, Equatable {
    package let url: String
    package let headers: [NoticeReply.Header]
    package let body: [UInt8]
}

/// Makes signed Standard Webhooks notices, as a gateway would. The id of a notice depends on what it says alone, so
/// pressing a button twice sends the same notice twice.
package struct SandboxNotices: Sendable {
    package enum Event: String, Sendable, CaseIterable {
        case paid, failed, refunded, disputed
    }

    private let key: SecretKey
    private let url: String

    /// - Parameters:
    ///   - key: the signing key, 24 to 64 bytes.
    ///   - url: the notify address.
    package init(key: SecretKey, url: String) {
        self.key = key
        self.url = url
    }

    package func notice(_ event: Event, of payment: SandboxPayment, now: Int64) -> OutgoingNotice {
        let content = JSON.object([
            "type": .text("payment.\(event.rawValue)"),
            "timestamp": .text(Moment.text(now)),
            "data": .object([
                "order_id": .text(payment.order), "amount_minor": .integer(payment.amountMinor), "currency": .text(payment.currency),
                "transaction_id": .text(Self.transaction(payment, key: key)),
            ]),
        ])
        let body = Array(content.written.utf8)
        let id = "msg_" + Self.digest("\(event.rawValue)/\(payment.order)/\(payment.amountMinor)/\(payment.currency)", key: key)
        let time = String(now)
        let signature = Base64.encode(Digest.hmacSHA256(key: key, StandardNotices.signedBytes(id: id, time: time, body: body)))
        return OutgoingNotice(
            url: url,
            headers: [
                .init("Content-Type", "application/json"), .init("webhook-id", id), .init("webhook-timestamp", time),
                .init("webhook-signature", "v1,\(signature)"),
            ],
            body: body)
    }

    /// The transaction of an order: one, however often it is "paid".
    static func transaction(_ payment: SandboxPayment, key: SecretKey) -> String {
        "sbx_" + digest("transaction/\(payment.order)", key: key)
    }

    /// 24 hexadecimal digits, of a key apart from the one that signs.
    private static func digest(_ text: String, key: SecretKey) -> String {
        let naming = SecretKey(Digest.hmacSHA256(key: key, Array("names".utf8)))
        return Hex.encode(Array(Digest.hmacSHA256(key: naming, Array(text.utf8)).prefix(12)))
    }
}
