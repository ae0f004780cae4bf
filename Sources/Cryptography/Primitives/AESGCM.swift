import COpenSSL

/// AES-256-GCM (NIST SP 800-38D), 12-byte nonces, 16-byte tags.
package enum AESGCM {
    package static let keySize = 32
    package static let nonceSize = 12
    package static let tagSize = 16
    /// OpenSSL counts in 32-bit integers.
    private static let textLimit = 1 << 30

    /// Cipher text followed by its 16-byte tag. A nonce must never be used twice with one key.
    /// Throws `invalidKey` when the key or the nonce has another length, `malformed` for more than a gibibyte.
    package static func seal(
        key: SecretKey, nonce: [UInt8], plaintext: [UInt8], aad: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try checkSizes(key, nonce)
        let size = plaintext.count
        guard size <= textLimit, aad.count <= textLimit else {
            throw CryptographyError(.malformed, "a text of more than a gibibyte is not sealed in one piece")
        }
        var succeeded = false
        let sealed = [UInt8](unsafeUninitializedCapacity: size + tagSize) { buffer, used in
            used = 0
            guard let output = buffer.baseAddress, let context = EVP_CIPHER_CTX_new() else { return }
            defer { EVP_CIPHER_CTX_free(context) }
            var length: Int32 = 0
            guard EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, nil, nil) == 1,
                keyfront_gcm_set_iv_length(context, Int32(nonceSize)) == 1,
                key.withBytes({ EVP_EncryptInit_ex(context, nil, nil, $0.baseAddress, nonce) }) == 1,
                EVP_EncryptUpdate(context, nil, &length, aad, Int32(clamping: aad.count)) == 1,
                EVP_EncryptUpdate(context, output, &length, plaintext, Int32(clamping: size)) == 1,
                EVP_EncryptFinal_ex(context, output + size, &length) == 1,
                keyfront_gcm_get_tag(context, Int32(tagSize), output + size) == 1
            else { return }
            succeeded = true
            used = size + tagSize
        }
        guard succeeded else { throw CryptographyError(.unavailable, "a text could not be sealed") }
        return sealed
    }

    /// The plain text of what `seal` made; nothing of it is released before the tag was checked.
    /// Throws `notAuthentic` when a byte of it, of the nonce or of `aad` differs, or the key is another one.
    package static func open(
        key: SecretKey, nonce: [UInt8], sealed: [UInt8], aad: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try checkSizes(key, nonce)
        let refusal = CryptographyError(.notAuthentic, "a sealed text was changed, or was sealed for another place or key")
        let size = sealed.count - tagSize
        guard size >= 0, size <= textLimit, aad.count <= textLimit else { throw refusal }
        var succeeded = false
        let plaintext = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, used in
            used = 0
            guard let output = buffer.baseAddress, let context = EVP_CIPHER_CTX_new() else { return }
            defer { EVP_CIPHER_CTX_free(context) }
            var length: Int32 = 0
            var end: Int32 = 0
            let opened = sealed.withUnsafeBufferPointer { sealed -> Bool in
                guard let input = sealed.baseAddress else { return false }
                return EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, nil, nil) == 1
                    && keyfront_gcm_set_iv_length(context, Int32(nonceSize)) == 1
                    && key.withBytes { EVP_DecryptInit_ex(context, nil, nil, $0.baseAddress, nonce) } == 1
                    && EVP_DecryptUpdate(context, nil, &length, aad, Int32(clamping: aad.count)) == 1
                    && EVP_DecryptUpdate(context, output, &length, input, Int32(clamping: size)) == 1
                    && keyfront_gcm_set_tag(context, Int32(tagSize), input + size) == 1
                    && EVP_DecryptFinal_ex(context, output + size, &end) == 1
            }
            if opened {
                succeeded = true
                used = size
            } else {
                OPENSSL_cleanse(output, buffer.count)
            }
        }
        guard succeeded else { throw refusal }
        return plaintext
    }

    private static func checkSizes(_ key: SecretKey, _ nonce: [UInt8]) throws(CryptographyError) {
        guard key.count == keySize, nonce.count == nonceSize else {
            throw CryptographyError(.invalidKey, "AES-256-GCM takes a key of 32 bytes and a nonce of 12")
        }
    }
}
