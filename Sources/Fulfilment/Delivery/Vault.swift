internal import Cryptography

/// Seals what belongs to people (addresses, link tokens) under data keys that the master key wraps.
///
/// A sealed value is the number of its data key (one byte) and a `SealedBox`, bound to what it is and whose
/// it is: moved to another row or column it does not open.
struct Vault: Sendable {
    /// What is sealed; part of what it is bound to.
    enum Subject: String {
        case address
        case orderToken = "order-token"
        case promoterLink = "promoter-link"
    }

    private let shop: String
    private let keys: [UInt8: SecretKey]
    private let current: UInt8

    /// - Parameter keys: by number; the highest seals.
    init?(shop: String, keys: [UInt8: SecretKey]) {
        guard let current = keys.keys.max() else { return nil }
        self.shop = shop
        self.keys = keys
        self.current = current
    }

    /// Seals a text for its place.
    /// - Parameter owner: whose it is: the buyer's digest, the order's or promoter's id.
    func seal(_ text: String, _ subject: Subject, owner: [UInt8]) throws -> [UInt8] {
        guard let key = keys[current] else { throw Self.missing }
        return [current] + (try SealedBox.seal(Array(text.utf8), key: key, aad: aad(subject, owner)).bytes)
    }

    /// Opens what `seal` made for the same place. Whoever calls it adds an audit row.
    func open(_ sealed: [UInt8], _ subject: Subject, owner: [UInt8]) throws -> String {
        guard let number = sealed.first, let key = keys[number] else { throw Self.missing }
        let bytes = try SealedBox(bytes: Array(sealed.dropFirst())).open(key: key, aad: aad(subject, owner))
        return String(decoding: bytes, as: UTF8.self)
    }

    private func aad(_ subject: Subject, _ owner: [UInt8]) -> [UInt8] {
        Array("keyfront/1|\(shop)|\(subject.rawValue)|".utf8) + owner
    }

    private static let missing = FulfilmentError(
        .unavailable, "a sealed text names a data key that the database does not hold", hint: "restore the whole database, not parts of it")
}
