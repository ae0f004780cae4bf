import Logging
import ServiceLifecycle

/// Ends the program when the database can no longer be trusted: after a failed commit the outcome is unknown, and starting again,
/// with the gateways' repeats, settles it.
struct FailureWatch: Service {
    /// Returns what failed; nil when it will never be known.
    let failure: @Sendable () async -> String?
    let logger: Logger

    func run() async throws {
        guard let reason = await cancelWhenGracefulShutdown(failure) else {
            // It will never be known, or the program is about to end.
            try? await gracefulShutdown()
            return
        }
        logger.critical("the database failed: ending, to be started again", metadata: ["reason": "\(reason)"])
        throw DaemonError(
            .database, "the database failed: \(reason)", hint: "start the daemon again; gateways repeat what was not answered")
    }
}
