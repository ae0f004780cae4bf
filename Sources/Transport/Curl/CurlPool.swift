import Dispatch
import Foundation
import Synchronization

/// A few threads, each with one libcurl handle, that take jobs from one queue.
///
/// libcurl's easy interface blocks, and a Swift concurrency thread must not; so a job waits here, runs on a thread of ours, and
/// resumes the caller through a continuation. Threads start when first needed and end with the pool.
final class CurlPool: Sendable {
    private let queue: JobQueue
    private let name: String
    private let limit: Int

    init(name: String, threads: Int) {
        self.name = name
        limit = max(1, threads)
        queue = JobQueue()
    }

    deinit { queue.close() }

    /// Runs `body` on one of the threads. Cancelling the task ends the transfer within about a second.
    func run<T: Sendable>(
        _ body: @escaping @Sendable (CurlHandle, Cancellation) throws(TransportError) -> T
    ) async throws(TransportError) -> T {
        let cancellation = Cancellation()
        let result: Result<T, TransportError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = Job { handle in
                    guard let handle else {
                        return continuation.resume(returning: .failure(TransportError(.temporary, "libcurl could not be started")))
                    }
                    guard !cancellation.isCancelled else {
                        return continuation.resume(returning: .failure(TransportError(.cancelled, "the transfer was cancelled")))
                    }
                    do throws(TransportError) {
                        continuation.resume(returning: .success(try body(handle, cancellation)))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
                if queue.add(job, limit: limit) { startThread() }
            }
        } onCancel: {
            cancellation.cancel()
        }
        return try result.get()
    }

    private func startThread() {
        let queue = queue
        let thread = Thread {
            let handle = CurlHandle()
            while let job = queue.next() { job.run(handle) }
        }
        thread.name = name
        thread.stackSize = 512 * 1024
        thread.start()
    }
}

/// Set once, from any thread; libcurl's progress callback looks at it.
final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)
    var isCancelled: Bool { flag.load(ordering: .relaxed) }
    func cancel() { flag.store(true, ordering: .relaxed) }
}

private struct Job: Sendable {
    let run: @Sendable (CurlHandle?) -> Void
}

/// Jobs in order of arrival. The semaphore counts what a thread may take: a job, or, when there is none, its leave.
private final class JobQueue: Sendable {
    private struct State {
        var jobs: [Job] = []
        var head = 0
        var idle = 0
        var threads = 0
    }

    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)

    /// Adds a job; true when the caller is to start one more thread for it.
    func add(_ job: Job, limit: Int) -> Bool {
        let startsThread = state.withLock { state in
            state.jobs.append(job)
            let waiting = state.jobs.count - state.head
            guard waiting > state.idle, state.threads < limit else { return false }
            state.threads += 1
            return true
        }
        available.signal()
        return startsThread
    }

    /// The next job, or nil when the pool is gone. Blocks.
    func next() -> Job? {
        state.withLock { $0.idle += 1 }
        available.wait()
        return state.withLock { state in
            state.idle -= 1
            guard state.head < state.jobs.count else { return nil }
            let job = state.jobs[state.head]
            state.head += 1
            if state.head > 64, state.head * 2 > state.jobs.count {
                state.jobs.removeFirst(state.head)
                state.head = 0
            }
            return job
        }
    }

    func close() {
        let threads = state.withLock { $0.threads }
        for _ in 0..<threads { available.signal() }
    }
}
