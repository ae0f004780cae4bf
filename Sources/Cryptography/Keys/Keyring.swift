/// Every key of an installation: data keys wrapped by the master key, and sub-keys derived for a purpose.
package struct Keyring: Sendable {
    private let master: MasterKey
    private let subkeys: Subkeys

    package init(master: MasterKey) {
        self.master = master
        subkeys = Subkeys(root: master.root)
    }

    /// A fresh data key, and its wrapped form, which may lie in the database.
    /// Throws `unavailable` without randomness.
    package func newDataKey() throws(CryptographyError) -> (wrapped: [UInt8], key: SecretKey) {
        let key = try SecretKey.random()
        return (try wrap(key), key)
    }

    /// The data key inside `wrapped`. Throws `malformed`, or `notAuthentic` when no master key of ours wrapped it.
    package func unwrap(_ wrapped: [UInt8]) throws(CryptographyError) -> SecretKey {
        let box = try SealedBox(bytes: wrapped)
        for key in master.all {
            if let bytes = try? box.open(key: key, aad: Self.wrapping) { return SecretKey(bytes) }
        }
        throw CryptographyError(
            .notAuthentic, "a data key was not wrapped by this master key",
            hint: "the master key file must be the one that belongs to this database; former keys stay in it, below the new one")
    }

    /// The same data key, wrapped by the current master key: what rotation does with every row.
    /// Throws as `unwrap` does.
    package func rewrap(_ wrapped: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try wrap(try unwrap(wrapped))
    }

    /// Whether `wrapped` needs `rewrap`: it opens, but not with the current key.
    package func isWrappedByFormerKey(_ wrapped: [UInt8]) -> Bool {
        guard let box = try? SealedBox(bytes: wrapped) else { return false }
        return (try? box.open(key: master.current, aad: Self.wrapping)) == nil && (try? unwrap(wrapped)) != nil
    }

    /// A digest (32 bytes) that only a holder of the master key can compute: finds equal texts without
    /// storing them. Digests of different purposes have nothing in common.
    package func keyedDigest(purpose: String, data: [UInt8]) -> [UInt8] {
        Digest.hmacSHA256(key: subkey(purpose), data)
    }

    /// The sub-key (32 bytes) of a purpose: HKDF-SHA256 of the root key, `keyfront/1/<purpose>` as info.
    package func subkey(_ purpose: String) -> SecretKey {
        subkeys.key(purpose)
    }

    private func wrap(_ key: SecretKey) throws(CryptographyError) -> [UInt8] {
        try SealedBox.seal(key.copy, key: master.current, aad: Self.wrapping).bytes
    }

    private static let wrapping = Array("keyfront/1/data-key".utf8)
}
