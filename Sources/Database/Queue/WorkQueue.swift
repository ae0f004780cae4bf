import Dispatch
import Synchronization

/// A bounded queue between callers on any thread and the threads that own connections.
///
/// Submitting never blocks: a full queue refuses. Taking blocks the owner's thread until there is work.
final class WorkQueue: Sendable {
    private struct State {
        var items: [Work] = []
        var head = 0
        var waiting = 0
        var refusal: DatabaseError?

        var count: Int { items.count - head }
    }

    private let state = Mutex(State())
    private let arrival = DispatchSemaphore(value: 0)
    private let capacity: Int

    /// - Parameter capacity: how many pieces of work may wait.
    init(capacity: Int) { self.capacity = capacity }

    /// How many pieces of work wait.
    var depth: Int { state.withLock { $0.count } }

    /// Whether a thread waits for work.
    var hasIdleThread: Bool { state.withLock { $0.waiting > 0 } }

    /// Why work is refused, nil while the queue is open.
    var refusal: DatabaseError? { state.withLock { $0.refusal } }

    /// Adds a piece of work.
    /// - Returns: nil, or why it was refused: `busy` when full, or the reason given to `refuse`.
    func submit(_ work: Work) -> DatabaseError? {
        let (refused, wake) = state.withLock { state -> (DatabaseError?, Bool) in
            if let refusal = state.refusal { return (refusal, false) }
            guard state.count < capacity else {
                return (DatabaseError(.busy, "\(capacity) transactions are waiting already.", hint: "Try again in a moment."), false)
            }
            state.items.append(work)
            guard state.waiting > 0 else { return (nil, false) }
            state.waiting -= 1
            return (nil, true)
        }
        if wake { arrival.signal() }
        return refused
    }

    /// Takes what waits, at most `limit`, blocking the thread while nothing does.
    /// - Returns: at least one piece of work, or nothing once the queue refuses work and is empty.
    func take(_ limit: Int) -> [Work] {
        while true {
            let taken = state.withLock { state -> [Work]? in
                let count = min(limit, state.count)
                if count == 0 {
                    if state.refusal != nil { return [] }
                    state.waiting += 1
                    return nil
                }
                let batch = Array(state.items[state.head..<state.head + count])
                state.head += count
                if state.head == state.items.count {
                    state.items.removeAll(keepingCapacity: true)
                    state.head = 0
                } else if state.head > 1024 {
                    state.items.removeFirst(state.head)
                    state.head = 0
                }
                return batch
            }
            if let taken { return taken }
            arrival.wait()
        }
    }

    /// Refuses all further work with this error. What waits is still taken. The first reason stays.
    func refuse(_ reason: DatabaseError) {
        let sleepers = state.withLock { state -> Int in
            if state.refusal == nil { state.refusal = reason }
            defer { state.waiting = 0 }
            return state.waiting
        }
        for _ in 0..<sleepers { arrival.signal() }
    }
}
