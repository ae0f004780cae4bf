package import Cryptography

/// A call to Alipay's one address: parameters and our signature over them. `sign_type` is signed here, other than in
/// notices; a parameter without a value is not sent, so none is signed.
package struct AlipayRequest: Sendable {
    /// What is signed, in the order it is sent.
    package let parameters: [(String, String)]

    package init(parameters: [(String, String)]) {
        self.parameters = parameters
    }

    /// - Parameters:
    ///   - method: `alipay.trade.…`
    ///   - content: `biz_content`.
    ///   - pages: where notices and the browser go, for calls that open a payment.
    ///   - now: unix seconds.
    init(_ method: String, appID: String, content: JSON, pages: (notify: String, back: String)? = nil, now: Int64) {
        var parameters = [
            ("app_id", appID), ("method", method), ("format", "JSON"), ("charset", "utf-8"), ("sign_type", "RSA2"),
            ("timestamp", Moment.beijingText(now)), ("version", "1.0"),
        ]
        if let pages { parameters += [("notify_url", pages.notify), ("return_url", pages.back)] }
        self.parameters = parameters + [("biz_content", content.written)]
    }

    /// The base64 of our signature. Throws `notConfigured` when the key cannot sign.
    package func signature(_ key: RSAPrivateKey) throws(PaymentError) -> String {
        let text = SignedParameters(parameters).signedText(without: ["sign"], blank: \.isEmpty)
        do throws(CryptographyError) {
            return Base64.encode(try key.sign(text))
        } catch {
            throw PaymentError(.notConfigured, "a request could not be signed", cause: error.message)
        }
    }

    /// The address that a browser is sent to. Throws `notConfigured` when the key cannot sign.
    package func address(base: String, key: RSAPrivateKey) throws(PaymentError) -> String {
        "\(base)?\(FormText.encode(parameters + [("sign", try signature(key))]))"
    }

    /// The two parts of a call of ours: everything but the content in the address, so that Alipay reads the character set
    /// first, and the content in the body. Throws `notConfigured` when the key cannot sign.
    func call(base: String, key: RSAPrivateKey) throws(PaymentError) -> (url: String, form: [(String, String)]) {
        let head = parameters.filter { $0.0 != "biz_content" } + [("sign", try signature(key))]
        return ("\(base)?\(FormText.encode(head))", parameters.filter { $0.0 == "biz_content" })
    }
}
