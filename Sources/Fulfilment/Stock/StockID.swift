internal import Cryptography

/// Numbers for stock rows, without asking the database: time first, so that the oldest key is sold first.
///
/// 31 bits of seconds since 2020, then 32 bits: as many for the position as the batch needs, the rest random. So small batches of
/// the same second, as orders of generated keys make them, keep apart.
struct StockID: Sendable {
    /// How many keys one batch may hold.
    static let batchLimit = 1 << 20

    private let base: Int64

    /// - Parameter capacity: how many keys the batch may hold, at most `batchLimit`.
    /// - Throws: what the random source throws.
    init(now: Int64, capacity: Int, random: RandomSource) throws {
        let bytes = try random.bytes(4)
        let seconds = min(max(0, now - 1_577_836_800), (1 << 31) - 1)
        var positions: Int64 = 1
        while positions < Int64(min(capacity, Self.batchLimit)) { positions <<= 1 }
        base = seconds << 32 | bytes.reduce(0 as Int64) { $0 << 8 | Int64($1) } & ~(positions - 1)
    }

    /// The id of the row at a position of the batch, from 0, less than its capacity.
    func at(_ position: Int) -> Int64 { base + Int64(position) }
}
