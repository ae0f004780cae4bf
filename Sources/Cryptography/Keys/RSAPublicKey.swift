import COpenSSL

/// An RSA public key that checks signatures: PKCS #1 v1.5 with SHA-256 (RFC 8017 §8.2), and nothing else,
/// whatever a message asks for.
///
/// `@unchecked Sendable`: OpenSSL lets threads share an `EVP_PKEY` that nobody changes, and none is changed here.
package final class RSAPublicKey: @unchecked Sendable {
    private let key: OpaquePointer

    /// Reads PEM (`BEGIN PUBLIC KEY`), or the bare base64 that gateway consoles show.
    /// Throws `invalidKey` when it is neither, not RSA, or shorter than 2,048 bits.
    package init(text: String) throws(CryptographyError) {
        guard let der = KeyText.der(text) else {
            throw CryptographyError(.invalidKey, "this is not a public key: PEM or its base64 is expected")
        }
        let parsed = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            guard let key = d2i_PUBKEY(nil, &position, buffer.count) else { return nil }
            if position == buffer.baseAddress.map({ $0 + buffer.count }) { return key }
            EVP_PKEY_free(key)
            return nil
        }
        ERR_clear_error()
        guard let parsed else { throw CryptographyError(.invalidKey, "this is not a public key") }
        guard keyfront_pkey_is_rsa(parsed) == 1, EVP_PKEY_get_bits(parsed) >= 2048 else {
            EVP_PKEY_free(parsed)
            throw CryptographyError(.invalidKey, "an RSA key of at least 2048 bits is expected")
        }
        key = parsed
    }

    deinit { EVP_PKEY_free(key) }

    /// Whether `signature` is this key's over `message`.
    package func verify(signature: [UInt8], message: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
