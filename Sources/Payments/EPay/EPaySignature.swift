package import Cryptography

/// The two generations of the EPay protocol: what their signatures leave out, and what they are made with.
package enum EPayVersion: String, Sendable, CaseIterable {
    /// MD5 over the text and the key after it.
    case v1
    /// RSA PKCS #1 v1.5 with SHA-256, a key pair on each side.
    case v2

    /// The one value of `sign_type`. It is never read to choose an algorithm: the servers' own code falls back to MD5
    /// with whatever key there is, also none, when a message asks for it.
    var signType: String { self == .v1 ? "MD5" : "RSA" }

    /// The text that is signed: everything that came but `sign`, `sign_type` and values without content.
    package func signedText(_ parameters: SignedParameters) -> [UInt8] {
        parameters.signedText(without: ["sign", "sign_type"]) { value in
            switch self {
            case .v1: value.isEmpty
            case .v2: value.allSatisfy(Self.isTrimmed)
            }
        }
    }

    /// What PHP's `trim` takes away.
    private static func isTrimmed(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0B).contains(byte) || byte == 0x0D || byte == 0
    }
}

/// Checks what an EPay site signed.
package enum EPayVerifier: Sendable {
    case md5([WebhookSecret])
    case rsa([RSAPublicKey])

    var version: EPayVersion {
        switch self {
        case .md5: .v1
        case .rsa: .v2
        }
    }

    /// Whether `sign` is one of these keys' over the parameters: hexadecimal of either case, or strict base64.
    func accepts(_ sign: [UInt8], over parameters: SignedParameters) -> Bool {
        let text = version.signedText(parameters)
        switch self {
        case .md5(let keys):
            let given = sign.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            return keys.contains { constantTimeEquals(given, Array(EPaySigner.md5(text, key: $0.key).utf8)) }
        case .rsa(let keys):
            guard let signature = Base64.decode(String(decoding: sign, as: UTF8.self)) else { return false }
            return keys.contains { $0.verify(signature: signature, message: text) }
        }
    }
}

/// Signs what we send to an EPay site.
package enum EPaySigner: Sendable {
    case md5(SecretKey)
    case rsa(RSAPrivateKey)

    var version: EPayVersion {
        switch self {
        case .md5: .v1
        case .rsa: .v2
        }
    }

    /// The value of `sign`. Throws `notConfigured` when the key cannot sign.
    package func sign(_ parameters: [(String, String)]) throws(PaymentError) -> String {
        let text = version.signedText(SignedParameters(parameters))
        switch self {
        case .md5(let key): return Self.md5(text, key: key)
        case .rsa(let key):
            do throws(CryptographyError) {
                return Base64.encode(try key.sign(text))
            } catch {
                throw PaymentError(.notConfigured, "a request could not be signed", cause: error.message)
            }
        }
    }

    static func md5(_ text: [UInt8], key: SecretKey) -> String {
        Hex.encode(key.withBytes { Digest.md5(text + $0) })
    }
}
