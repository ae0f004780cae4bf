import Catalog
import Cryptography

/// Payments on a page inside WeChat's own browser (JSAPI). WeChat must first say who the buyer is (`openid`), which takes one redirect over
/// WeChat and one call of ours; then a script on a page of ours hands the signed parameters to WeChat.
extension WeChatGateway {
    /// Where the buyer's browser goes to be sent back to `address` with a `code` (WeChat's web authorisation, scope `snsapi_base`: silent,
    /// the openid alone). nil when the account has no `app_secret`: such buyers get the code to scan, as on any other device.
    package func entrance(back address: String) -> String? {
        guard appSecret != nil else { return nil }
        let query = [
            ("appid", appid), ("redirect_uri", address), ("response_type", "code"), ("scope", "snsapi_base"), ("state", "pay"),
        ]
        return "\(authorizeOrigin)/connect/oauth2/authorize?\(FormText.encode(query))#wechat_redirect"
    }

    /// Opens the payment for the buyer whom `code` stands for. The code is good once, for five minutes.
    /// Throws as `createCheckout`; `refused` for a code that is none, old or used.
    package func pagePayment(_ intent: CheckoutIntent, code: String) async throws(PaymentError) -> WeChatPagePayment {
        guard (1...512).contains(code.utf8.count), code.utf8.allSatisfy({ Field.isWord($0) || $0 == 0x5F || $0 == 0x2D }) else {
            throw call.refused("this is not a code of WeChat's")
        }
        return try await pagePayment(intent, openID: try await openID(code))
    }

    private func openID(_ code: String) async throws(PaymentError) -> String {
        guard let appSecret else { throw unsupported("open payments on a page inside WeChat without app_secret") }
        let secret = appSecret.withBytes { String(decoding: $0, as: UTF8.self) }
        let query = FormText.encode([("appid", appid), ("secret", secret), ("code", code), ("grant_type", "authorization_code")])
        let answer = try await call.send("GET", "\(identityOrigin)/sns/oauth2/access_token?\(query)")
        guard let content = try? JSONReader.read(answer) else { throw call.malformed("the answer is not JSON") }
        guard content.isMissing("errcode") || content["errcode"]?.integer == 0 else {
            throw call.refused(
                "WeChat does not say who the buyer is", hint: "see app_secret and the page's domain on mp.weixin.qq.com",
                cause: content["errcode"]?.integer.map(String.init))
        }
        guard let openID = content["openid"]?.text, Field.isIdentifier(openID) else { throw call.malformed("the answer has no openid") }
        return openID
    }
}
