internal import Catalog
internal import Cryptography

/// Keys made by the shop itself, `XXXX-XXXX-XXXX-XXXX` in upper-case Crockford base 32 (80 random bits), sealed and ready to be stored.
struct GeneratedKeys: Sendable {
    let keys: [SealedKey]
    private let batch: String
    private let sku: String
    private let wrapped: [UInt8]
    private let madeAt: Int64

    /// Makes and seals `count` keys in a batch of their own.
    /// - Throws: what the random source throws.
    init(sku: String, count: Int64, engine: Engine, now: Int64) throws {
        let (wrapped, dataKey) = try engine.keyring.newDataKey()
        let ids = try StockID(now: now, random: engine.random)
        let batch = try BatchID.make(now: now, engine.random)
        keys = try (0..<Int(count)).map { position in
            let text = try Self.text(engine.random)
            let id = ids.at(position)
            return SealedKey(
                id: id, sku: sku, batch: batch,
                sealed: try engine.keySeal.seal(text, sku: sku, id: id, batch: batch, key: dataKey),
                digest: engine.keySeal.digest(text))
        }
        self.batch = batch
        self.sku = sku
        self.wrapped = wrapped
        madeAt = now
    }

    /// Stores the first `count` of them.
    /// - Returns: how many were stored; 80 random bits do not collide, so all.
    @discardableResult
    func store(_ count: Int64, state: StockState, order: String, in books: Books) throws -> Int64 {
        try books.stock.insertBatch(batch, sku: sku, wrapped: wrapped, info: BatchInfo(source: "generated"), at: madeAt)
        var stored: Int64 = 0
        for key in keys.prefix(Int(count)) where try books.stock.insert(key, state: state, order: order) { stored += 1 }
        return stored
    }

    private static func text(_ random: RandomSource) throws -> String {
        let characters = Array(Base32Crockford.encode(try random.bytes(10)).uppercased())
        return stride(from: 0, to: characters.count, by: 4).map { String(characters[$0..<min($0 + 4, characters.count)]) }
            .joined(separator: "-")
    }
}

/// Names for batches: time first, 16 characters.
enum BatchID {
    static func make(now: Int64, _ random: RandomSource) throws -> String {
        let time = UInt64(clamping: now)
        let bytes = (0..<5).map { UInt8(truncatingIfNeeded: time >> (32 - 8 * UInt64($0))) } + (try random.bytes(5))
        return Base32Crockford.encode(bytes)
    }
}
