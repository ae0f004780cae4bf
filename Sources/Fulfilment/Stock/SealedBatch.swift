internal import Cryptography

/// A batch of keys in the making: its name, its data key, and the ids of its rows.
struct SealedBatch: Sendable {
    let id: String
    /// The data key as the database holds it.
    let wrapped: [UInt8]
    private let sku: String
    private let key: SecretKey
    private let ids: StockID
    private let keySeal: KeySeal

    /// - Parameter capacity: how many keys it may hold, at most `StockID.batchLimit`.
    /// - Throws: what the random source throws.
    init(sku: String, capacity: Int, engine: Engine, now: Int64) throws {
        (wrapped, key) = try engine.keyring.newDataKey()
        ids = try StockID(now: now, capacity: capacity, random: engine.random)
        id = try Self.newID(now: now, engine.random)
        keySeal = engine.keySeal
        self.sku = sku
    }

    /// A key sealed for its row.
    /// - Parameter position: in the batch, from 0, less than its capacity.
    func seal(_ text: String, at position: Int) throws -> SealedKey {
        let row = ids.at(position)
        return SealedKey(
            id: row, sku: sku, batch: id, sealed: try keySeal.seal(text, sku: sku, id: row, batch: id, key: key),
            digest: keySeal.digest(text))
    }

    /// 16 characters, time first.
    private static func newID(now: Int64, _ random: RandomSource) throws -> String {
        let time = UInt64(clamping: now)
        let bytes = (0..<5).map { UInt8(truncatingIfNeeded: time >> (32 - 8 * UInt64($0))) } + (try random.bytes(5))
        return Base32Crockford.encode(bytes)
    }
}
