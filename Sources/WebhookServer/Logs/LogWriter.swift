import Dispatch
package import Foundation
import Synchronization

/// Writes lines to standard error from a thread of its own: a reader that stands still must not hold up a request.
///
/// At most 1 MiB waits; what comes beyond it is dropped, and how much was is written once there is room.
package final class LogWriter: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var dropped = 0
        var writing = false
    }

    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)
    private let output: FileHandle
    private static let limit = 1 << 20

    package static let standardError = LogWriter(.standardError)

    package init(_ output: FileHandle) {
        self.output = output
        Thread.detachNewThread { [self] in
            while true {
                available.wait()
                drain()
            }
        }
    }

    /// Queues one line; never waits.
    package func write(_ line: [UInt8]) {
        state.withLock { state in
            guard state.waiting.count + line.count <= Self.limit else {
                state.dropped += 1
                return
            }
            state.waiting += line
        }
        available.signal()
    }

    /// Waits, for two seconds at most, until all is written: for the end of the program.
    package func flush() {
        for _ in 0..<400 {
            if state.withLock({ $0.waiting.isEmpty && !$0.writing }) { return }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    private func drain() {
        let (bytes, dropped) = state.withLock { state in
            defer {
                state.writing = !state.waiting.isEmpty
                state.waiting = []
                state.dropped = 0
            }
            return (state.waiting, state.dropped)
        }
        guard !bytes.isEmpty else { return }
        try? output.write(contentsOf: Data(bytes))
        if dropped > 0 { try? output.write(contentsOf: Data("(\(dropped) log lines dropped)\n".utf8)) }
        state.withLock { $0.writing = false }
    }
}
