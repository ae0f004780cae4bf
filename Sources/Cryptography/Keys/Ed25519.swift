import COpenSSL

/// Ed25519 signatures (RFC 8032): 32-byte keys, 64-byte signatures.
package enum Ed25519 {
    package struct PublicKey: Sendable, Equatable {
        package let bytes: [UInt8]

        /// Throws `invalidKey` for another length than 32 bytes.
        package init(bytes: [UInt8]) throws(CryptographyError) {
            guard bytes.count == 32 else { throw CryptographyError(.invalidKey, "an Ed25519 public key is 32 bytes long") }
            self.bytes = bytes
        }

        /// Whether `signature` is this key's over `message`.
        package func verify(signature: [UInt8], message: [UInt8]) -> Bool {
            guard signature.count == 64, let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count),
                let context = EVP_MD_CTX_new()
            else { return false }
            defer {
                EVP_MD_CTX_free(context)
                EVP_PKEY_free(key)
                ERR_clear_error()
            }
            return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
                && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }

    package struct PrivateKey: Sendable {
        private let seed: SecretKey
        package let publicKey: PublicKey

        /// Takes the 32-byte seed. Throws `invalidKey` for another length.
        package init(seed: SecretKey) throws(CryptographyError) {
            guard seed.count == 32, let key = Self.load(seed) else {
                throw CryptographyError(.invalidKey, "an Ed25519 seed is 32 bytes long")
            }
            defer { EVP_PKEY_free(key) }
            var bytes = [UInt8](repeating: 0, count: 32)
            var count = bytes.count
            guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1 else {
                throw CryptographyError(.unavailable, "a public key could not be computed")
            }
            self.seed = seed
            publicKey = try PublicKey(bytes: bytes)
        }

        /// The 64-byte signature over `message`: the same every time. Throws `unavailable` when OpenSSL has no memory.
        package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
            var signature = [UInt8](repeating: 0, count: 64)
            var count = signature.count
            guard let key = Self.load(seed) else { throw CryptographyError(.unavailable, "a text could not be signed") }
            defer { EVP_PKEY_free(key) }
            guard let context = EVP_MD_CTX_new() else { throw CryptographyError(.unavailable, "a text could not be signed") }
            defer { EVP_MD_CTX_free(context) }
            guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
                EVP_DigestSign(context, &signature, &count, message, message.count) == 1, count == 64
            else { throw CryptographyError(.unavailable, "a text could not be signed") }
            return signature
        }

        private static func load(_ seed: SecretKey) -> OpaquePointer? {
            seed.withBytes { bytes in
                EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
            }
        }
    }
}
