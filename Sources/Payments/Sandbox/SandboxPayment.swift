import Cryptography

/// What a sandbox pay page is about, as its address carries it.
package struct SandboxPayment: Sendable, Equatable {
    package let order: String
    package let amountMinor: Int64
    package let currency: String
    package let language: String
    package let returnURL: String

    init(order: String, amountMinor: Int64, currency: String, language: String, returnURL: String) {
        self.order = order
        self.amountMinor = amountMinor
        self.currency = currency
        self.language = language
        self.returnURL = returnURL
    }

    /// The parameters, then `signature`: HMAC-SHA256 over everything before it, in hexadecimal.
    func query(signedWith key: SecretKey) -> String {
        let text = FormText.encode([
            ("order", order), ("amount", String(amountMinor)), ("currency", currency), ("language", language), ("return", returnURL),
        ])
        return "\(text)\(Self.mark)\(Hex.encode(Digest.hmacSHA256(key: key, Array(text.utf8))))"
    }

    /// Reads a query that `query(signedWith:)` made; nil when a byte of it differs.
    init?(query: String, signedWith key: SecretKey) {
        let bytes = Array(query.utf8)
        let tail = Self.mark.utf8.count + 64
        guard bytes.count > tail, bytes.count <= 4_096 else { return nil }
        let signed = Array(bytes.dropLast(tail))
        let expected = Array((Self.mark + Hex.encode(Digest.hmacSHA256(key: key, signed))).utf8)
        guard constantTimeEquals(Array(bytes.suffix(tail)), expected), let pairs = FormText.decode(String(decoding: signed, as: UTF8.self)),
            pairs.map(\.name) == ["order", "amount", "currency", "language", "return"], let amount = Int64(pairs[1].value)
        else { return nil }
        self.init(order: pairs[0].value, amountMinor: amount, currency: pairs[2].value, language: pairs[3].value, returnURL: pairs[4].value)
    }

    private static let mark = "&signature="
}
