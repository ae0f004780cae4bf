internal import Foundation

/// The command line's side of the control socket.
package final class ControlClient: Sendable {
    private let socket: UnixSocket

    private init(_ socket: UnixSocket) { self.socket = socket }

    /// Connects to the daemon at a path.
    /// - Returns: nil if no daemon listens there.
    /// - Throws: `OperationError` (`control`): there is one, and it belongs to somebody else.
    package static func connect(path: String) throws(OperationError) -> ControlClient? {
        do throws(UnixSocket.Failure) {
            return ControlClient(try UnixSocket.connect(path))
        } catch {
            switch error.code {
            case ENOENT, ENOTDIR, ECONNREFUSED: return nil
            default:
                throw OperationError(
                    .control, "the daemon's control socket \(path) cannot be reached: \(String(cString: strerror(error.code)))",
                    hint: "run this as the user that the daemon runs as")
            }
        }
    }

    /// Has the daemon do a command. One at a time.
    /// - Throws: `OperationError`: what the daemon refused, or `control` when it went away.
    package func run(
        _ command: Command, progress: (@Sendable (Int) -> Void)? = nil
    ) async throws(OperationError) -> Answer {
        let result: Result<Answer, OperationError> = await withCheckedContinuation { continuation in
            let thread = Thread { [socket] in
                continuation.resume(returning: Result { () throws(OperationError) in try Self.exchange(socket, command, progress) })
            }
            thread.name = "control client"
            thread.start()
        }
        return try result.get()
    }

    private static func exchange(
        _ socket: UnixSocket, _ command: Command, _ progress: (@Sendable (Int) -> Void)?
    ) throws(OperationError) -> Answer {
        let request = try ControlLine.encode(command)
        guard request.count <= ControlLine.limit else {
            throw OperationError(.invalid, "this is too much at once", hint: "split the file")
        }
        guard socket.send(request) else { throw gone }
        while let line = socket.line(limit: .max) {
            switch try ControlLine.decode(ControlReply.self, line) {
            case .progress(let done): progress?(done)
            case .answer(let answer): return answer
            case .refusal(let error): throw error
            }
        }
        throw gone
    }

    private static let gone = OperationError(
        .control, "the daemon went away before it answered: the work may or may not be done",
        hint: "look at its log, then at the books, before doing it again")
}
