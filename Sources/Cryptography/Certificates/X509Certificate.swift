import COpenSSL

/// One X.509 certificate (RFC 5280), read but not believed: `X509Chain` says whether it is to be trusted.
///
/// `@unchecked Sendable`: nothing here changes the `X509`; what OpenSSL caches inside it, it caches under a lock.
package final class X509Certificate: @unchecked Sendable {
    /// Lent to `X509Chain` and `TrustAnchors` for the length of a call.
    let pointer: OpaquePointer

    /// Takes over one reference.
    private init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { X509_free(pointer) }

    /// Every certificate in a PEM text (RFC 7468), in its order; what stands between them is skipped.
    /// Throws `malformed` when there is none, more than `limit`, or one of them cannot be read.
    package static func list(pem text: String, limit: Int = 16) throws(CryptographyError) -> [X509Certificate] {
        let bytes = Array(text.utf8)
        var certificates: [X509Certificate] = []
        var complete = false
        defer { ERR_clear_error() }
        ERR_clear_error()
        bytes.withUnsafeBytes { buffer in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count)) else { return }
            defer { BIO_free(bio) }
            while certificates.count <= limit, let pointer = PEM_read_bio_X509(bio, nil, nil, nil) {
                certificates.append(X509Certificate(owning: pointer))
            }
            complete = keyfront_pem_at_end() == 1
        }
        guard complete, (1...limit).contains(certificates.count) else {
            throw CryptographyError(.malformed, "this is not a list of 1 to \(limit) PEM certificates")
        }
        return certificates
    }

    /// The serial number in upper-case hexadecimal, without a leading zero byte; empty when OpenSSL has no memory.
    package var serial: String {
        guard let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(pointer), nil) else { return "" }
        defer { BN_free(number) }
        guard let text = BN_bn2hex(number) else { return "" }
        defer { keyfront_free(text) }
        return String(cString: text)
    }

    /// The common name of the subject, when there is exactly one and it is printable ASCII; nil otherwise. So no
    /// reader can take a part of it, or another one, for the name.
    package var commonName: String? {
        guard let subject = X509_get_subject_name(pointer) else { return nil }
        let place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        guard place >= 0, X509_NAME_get_index_by_NID(subject, NID_commonName, place) == -1,
            let entry = X509_NAME_get_entry(subject, place), let data = X509_NAME_ENTRY_get_data(entry)
        else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&text, data)
        ERR_clear_error()
        guard count > 0, let text else { return nil }
        defer { keyfront_free(text) }
        let bytes = UnsafeBufferPointer(start: text, count: Int(count))
        guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The subject's key. Throws `invalidKey` unless it is RSA of at least 2,048 bits.
    package func publicKey() throws(CryptographyError) -> RSAPublicKey {
        defer { ERR_clear_error() }
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(pointer), &bytes)
        guard count > 0, let bytes else { throw CryptographyError(.invalidKey, "the certificate has no key that can be read") }
        defer { keyfront_free(bytes) }
        return try RSAPublicKey(text: Base64.encode(Array(UnsafeBufferPointer(start: bytes, count: Int(count)))))
    }
}
