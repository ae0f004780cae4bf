internal import Foundation

/// How PostgreSQL is used. The standard is right for a daemon; tests turn the rest.
package struct PostgreSQLSettings: Sendable {
    /// What a transaction may see of others while it runs.
    package enum Isolation: String, Sendable {
        /// What the statements are written for: rows are locked where it matters.
        case readCommitted = "READ COMMITTED"
        /// Stricter, and slower: conflicts abort and are run again.
        case serializable = "SERIALIZABLE"
    }

    /// Something that goes wrong, on purpose, where a transaction is about to be committed.
    package enum Fault: Sendable, CaseIterable {
        /// The server says 40001.
        case conflict
        /// The connection breaks before the server hears of the COMMIT.
        case requestLost
        /// The connection breaks after the server has committed, before it is heard.
        case replyLost
        /// The connection breaks at the same time: nobody knows.
        case cut
    }

    /// Connections that write, at most; each is opened when there is work that no other is free for.
    package var writers = 8
    /// Connections that read, at most.
    package var readers = 2
    package var isolation = Isolation.readCommitted
    /// How long a piece of work goes on trying while the server cannot be reached or others are in its way.
    package var patience: Duration = .seconds(20)
    /// Refuses a server whose answered transactions a power cut loses (`fsync` or `full_page_writes` off).
    package var refusesUnsafeServer = true
    /// Unix seconds, for the marks of writers.
    package var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
    /// Asked before each COMMIT; nil: all goes well.
    package var fault: (@Sendable () -> Fault?)?

    package init() {}
}
