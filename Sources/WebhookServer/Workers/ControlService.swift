import Logging
import Operations
import Payments
import ServiceLifecycle

/// The control socket: what the command line asks of the books goes through this process, the only one that writes them.
struct ControlService: Service {
    let installation: Installation
    let reloader: Reloader
    let wake: @Sendable () -> Void
    let logger: Logger

    func run() async throws {
        let server = try ControlServer(path: installation.place.controlSocket) { command, progress throws(OperationError) in
            if case .reload = command {
                do {
                    try await reloader.reload("command")
                    return .done
                } catch {
                    throw OperationError(.shop, "\(error)")
                }
            }
            let answer = try await installation.run(
                command,
                gateways: { account throws(OperationError) in reloader.state.current.gateways.gateway(named: account) },
                progress: progress)
            // Imported keys fill owed orders, a resend queues a mail: either way there may be something to send.
            wake()
            return answer
        }
        try? await gracefulShutdown()
        await server.stop()
    }
}
