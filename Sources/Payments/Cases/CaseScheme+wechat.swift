import Cryptography

extension CaseScheme {
    /// `mchid`, `appid`, `apiV3Key`, `wechatpayPublicKeyId` with `wechatpayPublicKeyPem`, `platformCertificates` by serial.
    /// nil when something is missing or cannot serve.
    static func wechat(_ config: JSON, tolerance: Int64) -> WeChatNotices? {
        var certificates: [X509Certificate] = []
        if case .object(let members) = config["platformCertificates"] ?? .null {
            for member in members {
                guard let text = member.value.text, let list = try? X509Certificate.list(pem: text) else { return nil }
                certificates += list
            }
        }
        var publicKey: (id: String, key: RSAPublicKey)?
        if let text = config["wechatpayPublicKeyPem"]?.text {
            guard let id = config["wechatpayPublicKeyId"]?.text, let key = try? RSAPublicKey(text: text) else { return nil }
            publicKey = (id, key)
        }
        guard let mchid = config["mchid"]?.text, let appid = config["appid"]?.text, let sealing = config["apiV3Key"]?.text,
            let keys = try? WeChatKeys(publicKey: publicKey, certificates: certificates)
        else { return nil }
        return try? WeChatNotices(mchid: mchid, appid: appid, apiV3Key: sealing, keys: keys, tolerance: tolerance)
    }
}
