import NIOCore

/// Closes a connection at a set time unless the work is done before.
struct Deadline: Sendable {
    private let task: Scheduled<Void>

    init(seconds: Int, closing channel: any Channel) {
        task = channel.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) { channel.close(promise: nil) }
    }

    func cancel() { task.cancel() }
}
