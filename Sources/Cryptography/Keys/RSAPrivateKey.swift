import COpenSSL

/// An RSA private key that signs: PKCS #1 v1.5 with SHA-256 (RFC 8017 §8.2), and nothing else.
///
/// `@unchecked Sendable`: OpenSSL lets threads share an `EVP_PKEY` that nobody changes, and none is changed here.
package final class RSAPrivateKey: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
    private let key: OpaquePointer

    /// Reads PKCS #8 (`BEGIN PRIVATE KEY`) or PKCS #1 (`BEGIN RSA PRIVATE KEY`), as PEM or as the bare base64 that gateway
    /// consoles and key tools hand out. Throws `invalidKey`, never with the text, when it is neither, is encrypted, not RSA,
    /// or shorter than 2,048 bits.
    package init(text: String) throws(CryptographyError) {
        guard var der = KeyText.der(text) else {
            throw CryptographyError(.invalidKey, "this is not a private key: PEM or its base64 is expected")
        }
        let parsed = der.withUnsafeMutableBytes { buffer -> OpaquePointer? in
            defer { OPENSSL_cleanse(buffer.baseAddress, buffer.count) }
            let start = UnsafePointer(buffer.bindMemory(to: UInt8.self).baseAddress)
            var position = start
            guard let key = d2i_AutoPrivateKey(nil, &position, buffer.count) else { return nil }
            if position == start.map({ $0 + buffer.count }) { return key }
            EVP_PKEY_free(key)
            return nil
        }
        ERR_clear_error()
        guard let parsed else {
            throw CryptographyError(
                .invalidKey, "this is not a private key", hint: "PKCS #8 or PKCS #1 without a password; a public key is another thing")
        }
        guard keyfront_pkey_is_rsa(parsed) == 1, EVP_PKEY_get_bits(parsed) >= 2048 else {
            EVP_PKEY_free(parsed)
            throw CryptographyError(.invalidKey, "an RSA key of at least 2048 bits is expected")
        }
        key = parsed
    }

    deinit { EVP_PKEY_free(key) }

    /// The signature over `message`, as long as the key's modulus: the same every time.
    /// Throws `unavailable` when OpenSSL has no memory.
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw Self.unavailable }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var count = Int(EVP_PKEY_get_size(key))
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1, count <= signature.count
        else { throw Self.unavailable }
        return Array(signature.prefix(count))
    }

    package var description: String { "(an RSA private key)" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static let unavailable = CryptographyError(.unavailable, "a text could not be signed")
}
