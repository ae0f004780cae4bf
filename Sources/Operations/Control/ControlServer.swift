internal import Dispatch
internal import Foundation
internal import Synchronization

/// The daemon's side of the control socket: what the command line asks of the books while the daemon runs.
///
/// Who may open the socket (its owner, mode 0600) may do everything; nothing of it is on the network.
package final class ControlServer: Sendable {
    /// Does a command; `progress` may be called meanwhile.
    package typealias Handler = @Sendable (Command, @escaping @Sendable (Int) -> Void) async throws(OperationError) -> Answer

    private struct State {
        var isStopped = false
        var clients: [ObjectIdentifier: UnixSocket] = [:]
        var waiters: [CheckedContinuation<Void, Never>] = []
        var isAccepting = true

        var isIdle: Bool { clients.isEmpty && !isAccepting }
    }

    /// Clients at once; a further one waits for its turn.
    private static let clientLimit = 16

    private let sendSeconds: Int
    private let path: String
    private let listener: UnixSocket
    private let handler: Handler
    private let state = Mutex(State())
    private let places = DispatchSemaphore(value: clientLimit)

    /// Listens. The database is locked by this process, so a socket that lies there belongs to a daemon that died.
    /// - Parameter sendSeconds: a client that has not read for so long is given up: it must not hold up `stop()`.
    /// - Throws: `OperationError` (`control`): the socket cannot be made.
    package init(path: String, sendSeconds: Int = 30, handler: @escaping Handler) throws(OperationError) {
        // With the books on a server nothing else has made the folder.
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do throws(UnixSocket.Failure) {
            listener = try UnixSocket.listen(path)
        } catch {
            throw OperationError(
                .control, "the control socket \(path) cannot be made: \(String(cString: strerror(error.code)))",
                hint: "check the permissions of its folder")
        }
        self.path = path
        self.sendSeconds = sendSeconds
        self.handler = handler
        thread("control socket") { [self] in accept() }
    }

    /// Takes no more commands, waits for those under way to be answered, and removes the socket.
    package func stop() async {
        let clients = state.withLock { state -> [UnixSocket] in
            state.isStopped = true
            return Array(state.clients.values)
        }
        unlink(path)
        listener.shut()
        for client in clients { client.shut() }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.isIdle { return true }
                state.waiters.append(continuation)
                return false
            }
            if isIdle { continuation.resume() }
        }
    }

    private func accept() {
        while let client = listener.accept(sendSeconds: sendSeconds) {
            places.wait()
            let isWelcome = state.withLock { state in
                if !state.isStopped { state.clients[ObjectIdentifier(client)] = client }
                return !state.isStopped
            }
            guard isWelcome else {
                places.signal()
                break
            }
            thread("control client") { [self] in
                serve(client)
                leave { $0.clients[ObjectIdentifier(client)] = nil }
                places.signal()
            }
        }
        leave { $0.isAccepting = false }
    }

    private func serve(_ client: UnixSocket) {
        while let line = client.line(limit: ControlLine.limit) {
            let replies = ControlReplies()
            Task { [handler] in
                do throws(OperationError) {
                    let command = try ControlLine.decode(Command.self, line)
                    replies.put(.answer(try await handler(command) { replies.put(.progress($0)) }))
                } catch {
                    replies.put(.refusal(error))
                }
            }
            var isOver = false
            var isHeard = true
            while !isOver {
                let reply = replies.take()
                if case .progress = reply {} else { isOver = true }
                // The command goes on to its end even when nobody listens any more.
                if isHeard, let bytes = try? ControlLine.encode(reply) { isHeard = client.send(bytes) }
            }
            if !isHeard || state.withLock({ $0.isStopped }) { return }
        }
    }

    private func leave(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            change(&state)
            guard state.isIdle else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func thread(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.start()
    }
}

/// The replies to one command, from the task that does it to the thread that sends them.
private final class ControlReplies: Sendable {
    private let waiting = Mutex<[ControlReply]>([])
    private let arrival = DispatchSemaphore(value: 0)

    func put(_ reply: ControlReply) {
        waiting.withLock { $0.append(reply) }
        arrival.signal()
    }

    func take() -> ControlReply {
        arrival.wait()
        return waiting.withLock { $0.removeFirst() }
    }
}
