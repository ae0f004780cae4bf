/// Why the daemon does not start, or ends by itself.
package struct DaemonError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A setting that cannot work.
        case configuration
        /// The address to listen at is taken or not ours.
        case listen
        /// The database failed while running.
        case database
    }

    package let code: Code
    /// One sentence, without any secret.
    package let message: String
    package let hint: String?

    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    package var description: String { hint.map { "\(message)\n  hint: \($0)" } ?? message }
}
