import Synchronization

/// Token buckets by key: so many at once, so many a minute. Its memory is bounded.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        /// Milliseconds.
        var at: Int64
    }

    private let perMinute: Double
    private let capacity: Int
    private let now: @Sendable () -> Int64
    private let buckets = Mutex<[[UInt8]: Bucket]>([:])

    /// - Parameters:
    ///   - perMinute: 0 means no limit.
    ///   - capacity: keys remembered; beyond it the fullest buckets, which hold nobody back, are forgotten first.
    ///   - now: milliseconds of a clock that only goes forward.
    init(perMinute: Int, capacity: Int = 50_000, now: @escaping @Sendable () -> Int64) {
        self.perMinute = Double(max(0, perMinute))
        self.capacity = capacity
        self.now = now
    }

    /// Takes one token; false when there is none.
    func admits(_ key: [UInt8]) -> Bool { take(key, amount: 1) }

    /// Whether there is a token, without taking it.
    func wouldAdmit(_ key: [UInt8]) -> Bool { take(key, amount: 0) }

    private func take(_ key: [UInt8], amount: Double) -> Bool {
        guard perMinute > 0 else { return true }
        let time = now()
        return buckets.withLock { buckets in
            var bucket = buckets[key] ?? Bucket(tokens: perMinute, at: time)
            bucket.tokens = filled(bucket, at: time)
            bucket.at = time
            guard bucket.tokens >= 1 else {
                buckets[key] = bucket
                return false
            }
            guard amount > 0 else { return true }
            bucket.tokens -= amount
            if buckets[key] == nil, buckets.count >= capacity { forget(&buckets, at: time) }
            buckets[key] = bucket
            return true
        }
    }

    private func filled(_ bucket: Bucket, at time: Int64) -> Double {
        min(perMinute, bucket.tokens + Double(max(0, time - bucket.at)) * perMinute / 60_000)
    }

    /// Drops the half of the buckets that hold their keys back least.
    private func forget(_ buckets: inout [[UInt8]: Bucket], at time: Int64) {
        let levels = buckets.values.map { filled($0, at: time) }.sorted()
        let middle = levels[levels.count / 2]
        buckets = buckets.filter { filled($0.value, at: time) < middle }
        if buckets.count >= capacity { buckets = [:] }
    }
}
