/// What the writer has done since the database was opened.
package struct DatabaseStatistics: Sendable, Hashable {
    /// Upper bounds of the batch-size buckets.
    package static let sizeBounds = [1, 2, 4, 8, 16, 32, 64, 128]
    /// Upper bounds of the commit-time buckets, in seconds.
    package static let secondsBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

    /// Batches committed.
    package var batches = 0
    /// Pieces of work that were committed.
    package var committed = 0
    /// Pieces of work that failed and were rolled back alone.
    package var failed = 0
    /// Committed batches by size, one count a bound (not cumulative); the last also counts what is larger.
    package var sizes = [Int](repeating: 0, count: sizeBounds.count)
    /// Committed batches by the time that COMMIT took, one count a bound and one above the last.
    package var commits = [Int](repeating: 0, count: secondsBounds.count + 1)
    /// The sum of the time that COMMIT took, in seconds.
    package var commitSeconds = 0.0
    /// Pieces of work that wait now.
    package var waiting = 0

    /// Counts one committed batch.
    mutating func count(committed: Int, failed: Int, seconds: Double) {
        batches += 1
        self.committed += committed
        self.failed += failed
        commitSeconds += seconds
        sizes[Self.sizeBounds.firstIndex { committed + failed <= $0 } ?? sizes.count - 1] += 1
        commits[Self.secondsBounds.firstIndex { seconds <= $0 } ?? commits.count - 1] += 1
    }
}
