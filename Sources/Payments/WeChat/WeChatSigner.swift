package import Cryptography

/// Signs what we send to WeChat Pay with the merchant's own key (`apiclient_key.pem`).
package struct WeChatSigner: Sendable {
    let mchid: String
    let serial: String
    private let key: RSAPrivateKey

    /// - Parameters:
    ///   - serial: the serial number of the merchant's certificate, hexadecimal.
    package init(mchid: String, serial: String, key: RSAPrivateKey) {
        self.mchid = mchid
        self.serial = serial
        self.key = key
    }

    /// The value of `Authorization` for one request: the signature is over
    /// `METHOD\npath?query\ntimestamp\nnonce\nbody\n`, with the very bytes that are sent.
    /// Throws `notConfigured` when the key cannot sign.
    package func authorization(
        _ method: String, _ path: String, body: [UInt8], at time: Int64, nonce: String
    ) throws(PaymentError) -> String {
        let text = Array("\(method)\n\(path)\n\(time)\n\(nonce)\n".utf8) + body + [0x0A]
        return "WECHATPAY2-SHA256-RSA2048 mchid=\"\(mchid)\",nonce_str=\"\(nonce)\",signature=\"\(try signature(text))\","
            + "timestamp=\"\(time)\",serial_no=\"\(serial)\""
    }

    /// What a page inside WeChat hands to `WeixinJSBridge` to open the payment: the signature is over
    /// `appid\ntimeStamp\nnonceStr\npackage\n`. Throws `notConfigured` when the key cannot sign.
    package func payment(appid: String, prepayID: String, at time: Int64, nonce: String) throws(PaymentError) -> WeChatPagePayment {
        let package = "prepay_id=\(prepayID)"
        let text = Array("\(appid)\n\(time)\n\(nonce)\n\(package)\n".utf8)
        return WeChatPagePayment(
            appID: appid, timeStamp: String(time), nonce: nonce, package: package, signature: try signature(text))
    }

    private func signature(_ text: [UInt8]) throws(PaymentError) -> String {
        do throws(CryptographyError) {
            return Base64.encode(try key.sign(text))
        } catch {
            throw PaymentError(.notConfigured, "a request could not be signed", cause: error.message)
        }
    }
}

/// The parameters of a payment inside WeChat's own browser (JSAPI).
package struct WeChatPagePayment: Sendable, Equatable {
    package let appID: String
    package let timeStamp: String
    package let nonce: String
    /// `prepay_id=…`
    package let package: String
    package let signature: String

    /// As `WeixinJSBridge.invoke('getBrandWCPayRequest', …)` takes it.
    package var json: JSON {
        .object([
            "appId": .text(appID), "timeStamp": .text(timeStamp), "nonceStr": .text(nonce), "package": .text(package),
            "signType": .text("RSA"), "paySign": .text(signature),
        ])
    }
}
