import Dispatch
import Synchronization

/// Runs `body` for 0 ..< count on at most `jobs` threads and returns the results in order.
///
/// The result does not depend on `jobs`. When several calls throw, the error of the lowest index is
/// thrown, so a failing build always names the same page; calls after a failure may be left out.
///
/// It blocks the calling thread: not for a Swift concurrency thread.
package func parallelMap<Result: Sendable>(
    _ count: Int, jobs: Int, _ body: @Sendable (Int) throws(SiteError) -> Result
) throws(SiteError) -> [Result] {
    try parallelMap(count, jobs: jobs, with: {}) { (_, index) throws(SiteError) in try body(index) }
}

/// As ``parallelMap(_:jobs:_:)``, with something that each thread makes for itself and keeps from call to call: a buffer.
func parallelMap<Result: Sendable, Tool>(
    _ count: Int, jobs: Int, with tool: @Sendable () -> Tool, _ body: @Sendable (inout Tool, Int) throws(SiteError) -> Result
) throws(SiteError) -> [Result] {
    let width = max(1, min(jobs, count))
    if width == 1 {
        var own = tool()
        var results: [Result] = []
        results.reserveCapacity(count)
        for index in 0..<count { results.append(try body(&own, index)) }
        return results
    }
    let next = Atomic<Int>(0)
    let lowestFailure = Atomic<Int>(Int.max)
    let harvest = Mutex(Harvest<Result>(count))
    let stride = max(1, min(64, count / (width * 4)))
    DispatchQueue.concurrentPerform(iterations: width) { _ in
        var own = tool()
        while true {
            let first = next.add(stride, ordering: .relaxed).oldValue
            guard first < count, first < lowestFailure.load(ordering: .relaxed) else { return }
            var done: [Result] = []
            done.reserveCapacity(stride)
            var failed: (index: Int, error: SiteError)?
            for index in first..<min(first + stride, count) {
                do throws(SiteError) {
                    done.append(try body(&own, index))
                } catch {
                    failed = (index, error)
                    lowestFailure.min(index, ordering: .relaxed)
                    break
                }
            }
            harvest.withLock { harvest in
                for (offset, result) in done.enumerated() { harvest.slots[first + offset] = result }
                if let failed, failed.index < (harvest.failure?.index ?? Int.max) { harvest.failure = failed }
            }
        }
    }
    let (slots, failure) = harvest.withLock { ($0.slots, $0.failure) }
    if let failure { throw failure.error }
    return slots.compactMap { $0 }
}

/// What the threads have brought in so far.
private struct Harvest<Result> {
    var slots: [Result?]
    var failure: (index: Int, error: SiteError)?

    init(_ count: Int) {
        slots = Array(repeating: nil, count: count)
    }
}
