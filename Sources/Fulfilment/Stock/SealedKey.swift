/// A key as the stock holds it.
struct SealedKey: Sendable {
    /// Unique in the shop, rising with time: the oldest key is sold first.
    var id: Int64
    var sku: String
    var batch: String
    var sealed: [UInt8]
    /// Keyed digest of the key, to find equal ones.
    var digest: [UInt8]
}
