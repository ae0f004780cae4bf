import Synchronization

/// Counts by label, for `/metrics`. The labels are ours (routes, codes, accounts), so there are few.
final class Tally: Sendable {
    private let counts = Mutex<[[String]: Int]>([:])

    func add(_ labels: String..., amount: Int = 1) {
        counts.withLock { $0[labels, default: 0] += amount }
    }

    /// Sorted by label.
    var all: [(labels: [String], count: Int)] {
        counts.withLock { counts in
            counts.map { ($0.key, $0.value) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
        }
    }
}
