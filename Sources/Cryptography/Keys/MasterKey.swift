/// The secret that wraps every data key. It lives in a file of its own, never in the database or its backup.
///
/// The file holds one base64 line of 32 bytes a key, the newest first; blank lines and lines that start
/// with `#` do not count. Former keys stay below it, so that what they wrapped can still be opened; sub-keys
/// for digests and tokens derive from the last line, the first key ever made, so rotation leaves links valid.
package struct MasterKey: Sendable {
    /// The newest key: wraps.
    package let current: SecretKey
    /// Newest first, `current` included: unwrap.
    package let all: [SecretKey]
    /// The oldest key: derives.
    package let root: SecretKey

    /// Throws `invalidKey` when there is none, or one is not 32 bytes long.
    package init(keys: [[UInt8]]) throws(CryptographyError) {
        guard let newest = keys.first, let oldest = keys.last, keys.allSatisfy({ $0.count == AESGCM.keySize }) else {
            throw CryptographyError(.invalidKey, "a master key is 32 bytes long")
        }
        current = SecretKey(newest)
        all = [current] + keys.dropFirst().map { SecretKey($0) }
        root = keys.count == 1 ? current : SecretKey(oldest)
    }

    /// Reads a key file. Throws `keyFile` when it is missing or others than its owner may read it, and
    /// `invalidKey` when a line is not the base64 of 32 bytes or is plainly not random (a placeholder).
    /// - Parameter groupMayRead: as systemd hands credentials in.
    package init(file path: String, groupMayRead: Bool = false) throws(CryptographyError) {
        let text = try PrivateFile.read(path, limit: 16_384, groupMayRead: groupMayRead)
        var keys: [[UInt8]] = []
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let line = String(decoding: line, as: UTF8.self).trimmingBlanks
            if line.isEmpty || line.utf8.first == UInt8(ascii: "#") { continue }
            guard let key = Base64.decode(line), key.count == AESGCM.keySize, Set(key).count >= 12 else {
                throw CryptographyError(
                    .invalidKey, "line \(index + 1) is not a master key: 32 random bytes as base64 are expected",
                    hint: "let `keyfront init` make the file; a placeholder protects nothing", location: path)
            }
            keys.append(key)
        }
        guard !keys.isEmpty else {
            throw CryptographyError(
                .invalidKey, "the file holds no key", hint: "let `keyfront init` make it, or put the backup of it back", location: path)
        }
        try self.init(keys: keys)
    }

    /// Makes a key file with a fresh key, mode 0600. Throws `keyFile` when there is a file already: a master
    /// key is never overwritten, for everything sealed under it would be lost.
    @discardableResult
    package static func create(file path: String) throws(CryptographyError) -> MasterKey {
        let key = try Random.bytes(AESGCM.keySize)
        try PrivateFile.create(path, Array((Base64.encode(key) + "\n").utf8))
        return try MasterKey(keys: [key])
    }
}

extension String {
    /// Without blanks, tabs and line ends around it (ASCII only).
    var trimmingBlanks: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let body = utf8.drop(while: isBlank)
        guard let last = body.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(decoding: body[...last], as: UTF8.self)
    }
}
