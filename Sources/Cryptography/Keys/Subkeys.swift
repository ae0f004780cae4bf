import Synchronization

/// Derived keys by purpose, each derived once.
final class Subkeys: Sendable {
    private let root: SecretKey
    private let known = Mutex<[(purpose: [UInt8], key: SecretKey)]>([])

    init(root: SecretKey) {
        self.root = root
    }

    func key(_ purpose: String) -> SecretKey {
        let name = Array(purpose.utf8)
        return known.withLock { known in
            if let found = known.first(where: { $0.purpose == name }) { return found.key }
            let info = Array("keyfront/1/".utf8) + name
            // HKDF refuses an empty root alone, and a master key has 32 bytes; the first block of it would do as well.
            let bytes = try? KeyDerivation.hkdfSHA256(input: root.copy, salt: Array("keyfront".utf8), info: info, length: 32)
            let key = SecretKey(bytes ?? Digest.hmacSHA256(key: root.copy, info))
            known.append((name, key))
            return key
        }
    }
}
