import Dispatch
import Synchronization

/// `items` mapped on all cores, in pieces of `grain`; the answers are in the order of the items.
func parallelMap<T: Sendable, R: Sendable>(_ items: [T], grain: Int = 16, _ body: @Sendable (T) -> R) -> [R] {
    guard items.count > grain else { return items.map(body) }
    let pieces = (items.count + grain - 1) / grain
    let done = Mutex([[R]?](repeating: nil, count: pieces))
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
        let answers = items[(piece * grain)..<min(items.count, (piece + 1) * grain)].map(body)
        done.withLock { $0[piece] = answers }
    }
    return done.withLock { pieces in pieces.flatMap { $0 ?? [] } }
}
