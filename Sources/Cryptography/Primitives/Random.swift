import COpenSSL

/// Random bytes from OpenSSL's generator, which the kernel seeds (RAND_bytes(3)).
package enum Random {
    /// `count` random bytes, fit for keys.
    /// Throws `unavailable` when the generator cannot be seeded; there is no weaker fallback.
    package static func bytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        guard count > 0 else { return [] }
        var result = 0 as Int32
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            result = RAND_bytes(buffer.baseAddress, Int32(clamping: count))
            if result != 1 { buffer.initialize(repeating: 0) }
            used = count
        }
        guard result == 1 else { throw CryptographyError(.unavailable, "the random generator gave nothing") }
        return bytes
    }
}

/// Where random bytes come from, so that a test can say which.
package struct RandomSource: Sendable {
    /// The given number of random bytes.
    package let bytes: @Sendable (Int) throws -> [UInt8]

    package init(bytes: @escaping @Sendable (Int) throws -> [UInt8]) {
        self.bytes = bytes
    }

    /// OpenSSL's generator: what everything but a test uses.
    package static let system = RandomSource { count in try Random.bytes(count) }
}
