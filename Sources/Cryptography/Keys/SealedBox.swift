/// One sealed text with everything that is needed to open it but the key: version, nonce, cipher text, tag.
///
/// As bytes: `0x01`, 12 bytes of nonce, cipher text, 16 bytes of tag. As text: `kf1.` and the base64 of
/// the bytes after the version. Another version is refused, never guessed.
package struct SealedBox: Sendable, Equatable {
    package let bytes: [UInt8]

    private static let version: UInt8 = 1
    private static let textPrefix = "kf1."

    /// Seals `plaintext`, bound to `aad` (where it belongs: shop, table, id), with a fresh random nonce.
    /// Throws `invalidKey` for a key of another length than 32 bytes, `unavailable` without randomness.
    package static func seal(_ plaintext: [UInt8], key: SecretKey, aad: [UInt8]) throws(CryptographyError) -> SealedBox {
        let nonce = try Random.bytes(AESGCM.nonceSize)
        let sealed = try AESGCM.seal(key: key, nonce: nonce, plaintext: plaintext, aad: aad)
        return SealedBox(stored: [version] + nonce + sealed)
    }

    /// Takes stored bytes. Throws `malformed` when they are too short or of an unknown version.
    package init(bytes: [UInt8]) throws(CryptographyError) {
        guard bytes.first == Self.version, bytes.count >= 1 + AESGCM.nonceSize + AESGCM.tagSize else {
            throw CryptographyError(.malformed, "a sealed text is cut short, or of a version that this program does not know")
        }
        self.bytes = bytes
    }

    /// Takes stored text. Throws `malformed` as `init(bytes:)` does, and when it is not base64.
    package init(text: String) throws(CryptographyError) {
        guard text.utf8.starts(with: Self.textPrefix.utf8),
            let rest = Base64.decode(String(decoding: text.utf8.dropFirst(Self.textPrefix.utf8.count), as: UTF8.self))
        else {
            throw CryptographyError(.malformed, "a sealed text does not start with kf1. and continue in base64")
        }
        try self.init(bytes: [Self.version] + rest)
    }

    private init(stored: [UInt8]) {
        bytes = stored
    }

    package var text: String { Self.textPrefix + Base64.encode(Array(bytes.dropFirst())) }

    /// The plain text. Throws `notAuthentic` when it was changed, moved to another place, or the key is another one.
    package func open(key: SecretKey, aad: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let nonce = Array(bytes[1..<(1 + AESGCM.nonceSize)])
        return try AESGCM.open(key: key, nonce: nonce, sealed: Array(bytes.dropFirst(1 + AESGCM.nonceSize)), aad: aad)
    }
}
