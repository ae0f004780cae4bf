/// HKDF with SHA-256 (RFC 5869): many independent keys from one.
package enum KeyDerivation {
    /// `length` bytes (at most 8,160) of key material.
    /// Throws `invalidKey` when the input is empty or too much is asked for.
    package static func hkdfSHA256(
        input: [UInt8], salt: [UInt8], info: [UInt8], length: Int
    ) throws(CryptographyError) -> [UInt8] {
        guard !input.isEmpty, (1...(255 * 32)).contains(length) else {
            throw CryptographyError(.invalidKey, "a key cannot be derived from nothing, nor be longer than 8160 bytes")
        }
        let extracted = Digest.hmacSHA256(key: salt.isEmpty ? [UInt8](repeating: 0, count: 32) : salt, input)
        var output: [UInt8] = []
        var block: [UInt8] = []
        var counter: UInt8 = 1
        while output.count < length {
            block = Digest.hmacSHA256(key: extracted, block + info + [counter])
            output += block
            counter &+= 1
        }
        return Array(output.prefix(length))
    }
}
