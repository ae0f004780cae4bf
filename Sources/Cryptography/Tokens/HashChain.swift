/// A chain of records in which each link covers all before it: none can be changed, dropped or moved unseen.
package enum HashChain {
    /// What the first record follows: 32 zero bytes.
    package static let origin = [UInt8](repeating: 0, count: 32)

    /// The link (32 bytes) of a record: SHA-256 of `keyfront/1/chain`, the previous link's length (one byte), the
    /// previous link, and the record.
    package static func next(previous: [UInt8], record: [UInt8]) -> [UInt8] {
        Digest.sha256(Array("keyfront/1/chain".utf8) + [UInt8(clamping: previous.count)] + previous + record)
    }
}
