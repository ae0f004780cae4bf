import UnixSignals

/// Ctrl-C and `kill`, as something to wait for.
enum Interruption {
    /// Returns at the first SIGINT or SIGTERM.
    static func wait() async {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return }
    }
}
