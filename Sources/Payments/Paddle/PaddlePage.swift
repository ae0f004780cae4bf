/// The page that Paddle's checkout opens on: one of Paddle's own (a hosted checkout), or one of the merchant's with Paddle.js on it.
struct PaddlePage: Sendable {
    private let address: WebAddress
    private let isHosted: Bool

    init(_ address: WebAddress) {
        self.address = address
        isHosted = ["pay.paddle.io", "sandbox-pay.paddle.io"].contains(address.host)
    }

    /// The page to name in a new transaction; nil for a hosted checkout, which Paddle does not take there.
    var own: String? { isHosted ? nil : address.text }

    /// Where the browser goes for a transaction: the page with the transaction in its query. nil when Paddle's answer names a page of
    /// another origin than the merchant's, where a form could not go.
    func address(of transaction: String, _ answer: JSON) -> String? {
        if isHosted {
            let mark = address.text.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
            return "\(address.text)\(mark)transaction_id=\(FormText.escapePart(transaction))"
        }
        guard let named = answer["checkout"]?["url"]?.text.flatMap(WebAddress.init), named.origin == address.origin else { return nil }
        return named.text
    }
}
