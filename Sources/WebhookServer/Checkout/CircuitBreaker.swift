import Synchronization

/// Keeps buyers from waiting on a gateway that does not answer: after so many failures in a row an account is not called for a while,
/// then by one call at a time until one succeeds. Its memory is one entry an account.
final class CircuitBreaker: Sendable {
    private struct Circuit {
        var failures = 0
        /// Milliseconds; until then it is open.
        var openUntil: Int64 = 0
    }

    private let limit: Int
    private let pause: Int64
    private let now: @Sendable () -> Int64
    private let circuits = Mutex<[String: Circuit]>([:])

    /// - Parameters:
    ///   - limit: failures in a row that open it.
    ///   - pause: milliseconds that it stays open.
    ///   - now: milliseconds of a clock that only goes forward.
    init(limit: Int = 5, pause: Int64 = 30_000, now: @escaping @Sendable () -> Int64) {
        self.limit = max(1, limit)
        self.pause = pause
        self.now = now
    }

    /// Whether the account may be called. Of those who ask when the pause is over, one may; the others wait for what it finds.
    func admits(_ account: String) -> Bool {
        let time = now()
        return circuits.withLock { circuits in
            guard var circuit = circuits[account], circuit.failures >= limit else { return true }
            guard time >= circuit.openUntil else { return false }
            circuit.openUntil = time + pause
            circuits[account] = circuit
            return true
        }
    }

    /// The account answered, be it with a refusal.
    func succeeded(_ account: String) {
        circuits.withLock { $0[account] = nil }
    }

    /// The account did not answer. Returns whether that opened it.
    func failed(_ account: String) -> Bool {
        let time = now()
        return circuits.withLock { circuits in
            var circuit = circuits[account] ?? Circuit()
            circuit.failures = min(circuit.failures + 1, limit)
            if circuit.failures >= limit { circuit.openUntil = time + pause }
            circuits[account] = circuit
            return circuit.failures == limit
        }
    }
}
