/// How often one visitor may do what costs us something.
struct RequestLimiters: Sendable {
    let checkouts: RateLimiter
    /// Look-ups by mail address.
    let lookups: RateLimiter
    /// Links that opened nothing.
    let guesses: RateLimiter

    /// - Parameter now: milliseconds of a clock that only goes forward.
    init(checkoutsPerMinute: Int, guessesPerMinute: Int, now: @escaping @Sendable () -> Int64) {
        checkouts = RateLimiter(perMinute: checkoutsPerMinute, now: now)
        lookups = RateLimiter(perMinute: guessesPerMinute, now: now)
        guesses = RateLimiter(perMinute: guessesPerMinute, now: now)
    }

    /// Throws `tooManyRequests` when this visitor has none left.
    func take(_ limiter: RateLimiter, _ request: Inbound) throws(Problem) {
        guard limiter.admits(request.client?.limitKey ?? []) else { throw Self.refusal }
    }

    /// As `take`, without taking: before a link is tried.
    func check(_ limiter: RateLimiter, _ request: Inbound) throws(Problem) {
        guard limiter.wouldAdmit(request.client?.limitKey ?? []) else { throw Self.refusal }
    }

    private static let refusal = Problem(.tooManyRequests, "too many requests came from this address")
}
