internal import Cryptography

/// Numbers for stock rows, without asking the database: time first, so that the oldest key is sold first.
///
/// 31 bits of seconds since 2020, 12 random bits, 20 bits of position in the batch.
struct StockID: Sendable {
    /// How many keys one batch may hold.
    static let batchLimit = 1 << 20

    private let base: Int64

    /// - Throws: what the random source throws.
    init(now: Int64, random: RandomSource) throws {
        let bytes = try random.bytes(2)
        let seconds = min(max(0, now - 1_577_836_800), (1 << 31) - 1)
        let salt = bytes.reduce(0 as Int64) { $0 << 8 | Int64($1) } & 0xFFF
        base = seconds << 32 | salt << 20
    }

    /// The id of the row at a position of the batch, 0…1,048,575.
    func at(_ position: Int) -> Int64 { base + Int64(position) }
}
