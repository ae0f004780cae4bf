package import Cryptography

/// What WeChat Pay signs with, by the serial that names it: its public key (`PUB_KEY_ID_…`), the platform certificates that
/// came before it, or both at once. While a merchant moves over, WeChat signs notices with either, and says which.
package struct WeChatKeys: Sendable {
    private let keys: [(serial: String, key: RSAPublicKey)]

    /// - Parameters:
    ///   - publicKey: WeChat Pay's public key with its id.
    ///   - certificates: the platform certificates; each answers to its own serial number.
    ///
    /// Throws `notConfigured` when there is neither, the id is none, a serial comes twice, or a certificate has no RSA key.
    package init(publicKey: (id: String, key: RSAPublicKey)?, certificates: [X509Certificate]) throws(PaymentError) {
        var keys: [(serial: String, key: RSAPublicKey)] = []
        if let publicKey {
            guard publicKey.id.utf8.starts(with: "PUB_KEY_ID_".utf8), Field.isIdentifier(publicKey.id) else {
                throw PaymentError(
                    .notConfigured, "the id of WeChat Pay's public key is none: it starts with PUB_KEY_ID_",
                    hint: "the merchant platform shows it beside the public key")
            }
            keys.append((publicKey.id, publicKey.key))
        }
        for certificate in certificates {
            do throws(CryptographyError) {
                keys.append((certificate.serial, try certificate.publicKey()))
            } catch {
                throw PaymentError(.notConfigured, "a platform certificate cannot be used", cause: error.message)
            }
        }
        guard !keys.isEmpty else {
            throw PaymentError(
                .notConfigured, "there is nothing to check WeChat Pay's signatures with",
                hint: "give its public key with its id, or platform certificates, or both")
        }
        guard keys.allSatisfy({ !$0.serial.isEmpty }), Set(keys.map { Array(Self.number($0.serial).utf8) }).count == keys.count else {
            throw PaymentError(.notConfigured, "two keys of WeChat Pay have one serial")
        }
        self.keys = keys
    }

    /// The key that a `Wechatpay-Serial` names; nil when it names none of ours. There is no other key to fall back to.
    func key(_ serial: String) -> RSAPublicKey? {
        let number = Self.number(serial)
        return keys.first { equalIgnoringCase(Self.number($0.serial), number) }?.key
    }

    /// A serial without the zeros before it: OpenSSL writes whole bytes, others as many digits as there are.
    private static func number(_ serial: String) -> String {
        String(decoding: serial.utf8.drop { $0 == UInt8(ascii: "0") }, as: UTF8.self)
    }

    /// The id of the public key, which goes along with each request so that answers are signed with it.
    var publicKeyID: String? {
        keys.first { $0.serial.utf8.starts(with: "PUB_KEY_ID_".utf8) }?.serial
    }
}

/// The signature of a notice or of an answer: over `timestamp\nnonce\nbody\n`, PKCS #1 v1.5 with SHA-256, base64.
struct WeChatSignature: Sendable {
    let time: Int64
    let timeText: String
    let nonce: String
    let serial: String
    let signature: String

    static let headers = [
        "wechatpay-signature", "wechatpay-timestamp", "wechatpay-nonce", "wechatpay-serial", "wechatpay-signature-type",
    ]

    /// `value` gives the one value of a header. Throws when one is missing or cannot be what it should be.
    init(_ value: (String) -> String?) throws(Refusal) {
        guard let signature = value("wechatpay-signature"), let timeText = value("wechatpay-timestamp"),
            let nonce = value("wechatpay-nonce"), let serial = value("wechatpay-serial")
        else { throw Refusal(.signature, "missing_header") }
        guard value("wechatpay-signature-type") ?? "WECHATPAY2-SHA256-RSA2048" == "WECHATPAY2-SHA256-RSA2048" else {
            throw Refusal(.signature, "unsupported_signature_type")
        }
        // A line break in the nonce could move the border between it and the body.
        guard let time = Field.seconds(timeText), Field.isIdentifier(nonce), Field.isIdentifier(serial) else {
            throw Refusal(.signature, "malformed_header")
        }
        self.time = time
        self.timeText = timeText
        self.nonce = nonce
        self.serial = serial
        self.signature = signature
    }

    /// Throws unless the key that it names signed this body. `WECHATPAY/SIGNTEST/…` is WeChat's own probe of whether we
    /// look: it must fail.
    func verify(_ body: [UInt8], _ keys: WeChatKeys) throws(Refusal) {
        guard let key = keys.key(serial) else { throw Refusal(.signature, "unknown_serial") }
        guard !signature.utf8.starts(with: "WECHATPAY/SIGNTEST/".utf8), let bytes = Base64.decode(signature),
            key.verify(signature: bytes, message: Array("\(timeText)\n\(nonce)\n".utf8) + body + [0x0A])
        else { throw Refusal(.signature, "bad_signature") }
    }

    /// Throws when its time is further than `tolerance` seconds from `now`, either way.
    func checkClock(now: Int64, tolerance: Int64) throws(Refusal) {
        guard abs(now - time) <= tolerance else { throw Refusal(.signature, "stale_timestamp") }
    }
}
