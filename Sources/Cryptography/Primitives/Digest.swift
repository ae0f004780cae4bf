import COpenSSL

/// Digests and message authentication codes, from OpenSSL.
package enum Digest {
    /// SHA-256 (FIPS 180-4): 32 bytes.
    package static func sha256(_ message: [UInt8]) -> [UInt8] {
        digest(message, EVP_sha256(), 32)
    }

    /// SHA-384 (FIPS 180-4): 48 bytes; what subresource integrity asks for.
    package static func sha384(_ message: [UInt8]) -> [UInt8] {
        digest(message, EVP_sha384(), 48)
    }

    /// MD5 (RFC 1321): 16 bytes. Broken; here only because some gateways sign with it.
    package static func md5(_ message: [UInt8]) -> [UInt8] {
        digest(message, EVP_md5(), 16)
    }

    /// HMAC-SHA256 (RFC 2104): 32 bytes. The key may have any length; who calls it refuses an empty one.
    package static func hmacSHA256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        hmac(key, message, EVP_sha256(), 32)
    }

    /// HMAC-SHA512 (RFC 2104): 64 bytes.
    package static func hmacSHA512(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        hmac(key, message, EVP_sha512(), 64)
    }

    /// HMAC-SHA256 under a key that stays in its wiped storage.
    package static func hmacSHA256(key: SecretKey, _ message: [UInt8]) -> [UInt8] {
        key.withBytes { hmac($0, message, EVP_sha256(), 32) }
    }

    /// HMAC-SHA512 under a key that stays in its wiped storage.
    package static func hmacSHA512(key: SecretKey, _ message: [UInt8]) -> [UInt8] {
        key.withBytes { hmac($0, message, EVP_sha512(), 64) }
    }

    // An empty result equals no digest of ours (`constantTimeEquals` compares lengths first), so the one
    // way in which OpenSSL can fail here, memory, makes a comparison fail and never succeed.
    private static func digest(_ message: [UInt8], _ algorithm: OpaquePointer?, _ size: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
            var length: UInt32 = 0
            let result = message.withUnsafeBytes {
                EVP_Digest($0.baseAddress, $0.count, buffer.baseAddress, &length, algorithm, nil)
            }
            used = result == 1 ? size : 0
        }
    }

    private static func hmac(_ key: [UInt8], _ message: [UInt8], _ algorithm: OpaquePointer?, _ size: Int) -> [UInt8] {
        key.withUnsafeBytes { hmac($0, message, algorithm, size) }
    }

    private static func hmac(
        _ key: UnsafeRawBufferPointer, _ message: [UInt8], _ algorithm: OpaquePointer?, _ size: Int
    ) -> [UInt8] {
        // HMAC(3) takes a null key as "the key of the last call": an empty one needs an address.
        let none: UInt8 = 0
        return withUnsafePointer(to: none) { empty in
            [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
                var length: UInt32 = 0
                let result = message.withUnsafeBufferPointer { message in
                    HMAC(
                        algorithm, key.count == 0 ? UnsafeRawPointer(empty) : key.baseAddress, Int32(clamping: key.count),
                        message.baseAddress, message.count, buffer.baseAddress, &length)
                }
                used = result != nil ? size : 0
            }
        }
    }
}

/// Whether two byte strings are equal, in a time that depends on their lengths alone (CRYPTO_memcmp(3)).
/// Strings of different lengths, and empty ones, are never equal: an absent code proves nothing.
package func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count, !left.isEmpty else { return false }
    return CRYPTO_memcmp(left, right, left.count) == 0
}
