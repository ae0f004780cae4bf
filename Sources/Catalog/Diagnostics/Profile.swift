import Glibc
import Synchronization

/// Where a build's time goes, summed over all threads.
package final class Profile: Sendable {
    package enum Phase: Int, Sendable, CaseIterable {
        case read, frontMatter, markdown, models, templates, write

        package var name: String {
            switch self {
            case .read: "read files"
            case .frontMatter: "front matter"
            case .markdown: "Markdown"
            case .models: "page models"
            case .templates: "templates"
            case .write: "write files"
            }
        }
    }

    /// How often something was done, and how many nanoseconds it took in all.
    package struct Share: Sendable {
        package var count = 0
        package var nanoseconds: UInt64 = 0
    }

    private struct State {
        var phases = [Share](repeating: Share(), count: Phase.allCases.count)
        var templates: [String: Share] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Runs `body` and adds the time it takes to a phase.
    package func measure<Result, Failure: Error>(_ phase: Phase, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let start = Self.clock()
        defer { add(phase, Self.clock() - start) }
        return try body()
    }

    /// Runs `body`, which renders a template, and adds the time it takes to the templates and to this one.
    package func measure<Result, Failure: Error>(
        template name: String, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = Self.clock()
        defer {
            let time = Self.clock() - start
            add(.templates, time)
            state.withLock {
                $0.templates[name, default: Share()].count += 1
                $0.templates[name, default: Share()].nanoseconds += time
            }
        }
        return try body()
    }

    package subscript(phase: Phase) -> Share { state.withLock { $0.phases[phase.rawValue] } }

    /// Every template that was rendered, the one that took most first.
    package var templates: [(name: String, share: Share)] {
        state.withLock { $0.templates }.map { (name: $0, share: $1) }
            .sorted { ($1.share.nanoseconds, $0.name) < ($0.share.nanoseconds, $1.name) }
    }

    private func add(_ phase: Phase, _ time: UInt64) {
        state.withLock {
            $0.phases[phase.rawValue].count += 1
            $0.phases[phase.rawValue].nanoseconds += time
        }
    }

    private static func clock() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

extension Optional where Wrapped == Profile {
    /// As ``Profile/measure(_:_:)``; without a profile it only runs `body`.
    package func measure<Result, Failure: Error>(_ phase: Profile.Phase, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        guard let self else { return try body() }
        return try self.measure(phase, body)
    }
}
