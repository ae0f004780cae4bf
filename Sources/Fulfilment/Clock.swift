internal import Foundation

/// Where the time comes from, so that a test can say what time it is.
package struct Clock: Sendable {
    /// Unix seconds.
    package var now: @Sendable () -> Int64

    package init(now: @escaping @Sendable () -> Int64) { self.now = now }

    /// The computer's clock.
    package static let system = Clock { Int64(Date().timeIntervalSince1970) }
}
