import ArgumentParser
import Catalog
import Foundation
import Logging
import Operations
import ServiceLifecycle
import WebhookServer

/// The daemon: takes checkouts and payment notices, hands out keys, mails them, books commissions.
struct KeyfrontWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keyfront-webhook",
        abstract: "Takes checkouts and payment notices for one shop, hands out keys and mails them.",
        discussion: """
            SIGTERM finishes what is under way and exits 0. SIGHUP reads the catalogue again; a broken one is refused.
            Log lines go to standard error; KEYFRONT_LOG=json makes each a JSON object, KEYFRONT_LOG_LEVEL=debug says more.
            """)

    @Option(name: .long, help: "The shop folder.")
    var shop = "."

    @Option(name: .long, help: "HOST:PORT to listen at instead of webhook.listen; port 0 takes any free one.")
    var listen: String?

    func validate() throws {
        if let listen, ListenAddress(listen) == nil {
            throw ValidationError("“\(listen)” is not HOST:PORT; write for instance 127.0.0.1:8080")
        }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let logger = Self.logger(environment)
        do {
            try await serve(environment, logger)
        } catch {
            LogWriter.standardError.flush()
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            throw ExitCode(1)
        }
        LogWriter.standardError.flush()
    }

    private func serve(_ environment: [String: String], _ logger: Logger) async throws {
        let installation = try await Installation.open(folder: shop, environment: environment)
        do {
            let settings = installation.shop.webhook
            let address = listen.flatMap(ListenAddress.init) ?? ListenAddress(host: settings.host, port: settings.port)
            let daemon = try await Daemon.make(
                installation, storefront: .files(folder: shop), host: address.host, port: address.port, logger: logger
            ) { port in
                logger.notice("listening on http://\(ListenAddress(host: address.host, port: port))")
            }
            try await daemon.run(logger: logger)
            await installation.close()
            logger.notice("stopped")
        } catch {
            await installation.close()
            throw error
        }
    }

    private static func logger(_ environment: [String: String]) -> Logger {
        let form: LineLogHandler.Form = environment["KEYFRONT_LOG"] == "json" ? .json : .text
        var handler = LineLogHandler(
            form: form, now: { Int64(Date().timeIntervalSince1970) }, write: { LogWriter.standardError.write($0) })
        handler.logLevel = environment["KEYFRONT_LOG_LEVEL"].flatMap(Logger.Level.init(rawValue:)) ?? .info
        return Logger(label: "keyfront") { [handler] _ in handler }
    }
}
