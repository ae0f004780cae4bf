import Synchronization

/// What a gateway keeps in mind between notices: values by key, the oldest being forgotten when there are too many.
final class BoundedMemory<Value: Sendable>: Sendable {
    private struct State {
        var values: [[UInt8]: Value] = [:]
        /// The keys by age, a ring once it is full.
        var ages: [[UInt8]] = []
        var oldest = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    func value(_ key: [UInt8]) -> Value? {
        state.withLock { $0.values[key] }
    }

    /// Remembers the value, in place of an earlier one of that key.
    func remember(_ key: [UInt8], _ value: Value) {
        state.withLock { state in
            if state.values.updateValue(value, forKey: key) == nil { makeRoom(for: key, in: &state) }
        }
    }

    /// The value that is remembered; if there is none, `value`, which is remembered from now on.
    func first(_ key: [UInt8], _ value: Value) -> Value {
        state.withLock { state in
            if let earlier = state.values[key] { return earlier }
            state.values[key] = value
            makeRoom(for: key, in: &state)
            return value
        }
    }

    private func makeRoom(for key: [UInt8], in state: inout State) {
        guard state.ages.count >= limit else {
            state.ages.append(key)
            return
        }
        state.values.removeValue(forKey: state.ages[state.oldest])
        state.ages[state.oldest] = key
        state.oldest = (state.oldest + 1) % limit
    }
}
