internal import Catalog
internal import Cryptography

/// Keys made by the shop itself, `XXXX-XXXX-XXXX-XXXX` in upper-case Crockford base 32 (80 random bits), sealed and ready to be stored.
struct GeneratedKeys: Sendable {
    let keys: [SealedKey]
    private let batch: SealedBatch
    private let sku: String
    private let madeAt: Int64

    /// Makes and seals `count` keys in a batch of their own.
    /// - Throws: what the random source throws.
    init(sku: String, count: Int64, engine: Engine, now: Int64) throws {
        let batch = try SealedBatch(sku: sku, capacity: Int(count), engine: engine, now: now)
        keys = try (0..<Int(count)).map { try batch.seal(try Self.text(engine.random), at: $0) }
        self.batch = batch
        self.sku = sku
        madeAt = now
    }

    /// Stores the first `count` of them.
    /// - Returns: how many were stored; 80 random bits do not collide, so all.
    @discardableResult
    func store(_ count: Int64, state: StockState, order: String, in books: Books) throws -> Int64 {
        try books.stock.insertBatch(batch.id, sku: sku, wrapped: batch.wrapped, info: BatchInfo(source: "generated"), at: madeAt)
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
