import Catalog
import Foundation
package import Fulfilment
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ServiceLifecycle
package import Transport
import UnixSignals

/// Everything the daemon runs, put together: the HTTP server and its workers, as services of one group.
package struct Daemon: Sendable {
    /// What the daemon is made of. Nothing is looked up: tests hand in their own.
    package struct Parts: Sendable {
        package var engine: Engine
        package var setup: Setup
        package var outlets: Outlets
        /// How the sandbox's notices travel.
        package var http: HTTPClient
        package var clock: Clock
        /// Reads catalogue, theme and gateways again; throws when something in them is wrong.
        package var load: @Sendable () async throws -> Reloaded
        /// Returns what failed once the database can no longer be trusted; nil when that is never known.
        package var failure: @Sendable () async -> String?
        /// Further services, such as the control socket. They get the reloader and the bell that wakes the outbox.
        package var services: @Sendable (_ reloader: Reloader, _ wake: @escaping @Sendable () -> Void) -> [any Service]

        package init(
            engine: Engine, setup: Setup, outlets: Outlets, http: HTTPClient, clock: Clock = .system,
            load: @escaping @Sendable () async throws -> Reloaded, failure: @escaping @Sendable () async -> String? = { nil },
            services: @escaping @Sendable (Reloader, @escaping @Sendable () -> Void) -> [any Service] = { _, _ in [] }
        ) {
            self.engine = engine
            self.setup = setup
            self.outlets = outlets
            self.http = http
            self.clock = clock
            self.load = load
            self.failure = failure
            self.services = services
        }
    }

    /// The services in the order in which they start; they stop in the opposite one, the server first.
    package let services: [any Service]
    package let reloader: Reloader
    /// Tells the outbox worker that there may be something to send.
    package let wake: @Sendable () -> Void
    private let address: String

    /// - Parameters:
    ///   - host: where to listen, with `port`; 0 takes any free port.
    ///   - mails: how many mails are sent at once.
    ///   - pace: between two looks at what gateways are to be asked.
    ///   - onListening: is told the port once connections are taken.
    package init(
        _ parts: Parts, host: String, port: Int, limits: ServerLimits = ServerLimits(), mails: Int = 8, pace: Duration = .seconds(10),
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        address = "\(host):\(port)"
        let (engine, bell, counters) = (parts.engine, Bell(), ServerCounters())
        let shop = engine.catalogue.shop
        let state = ShopState(parts.setup)
        let wake: @Sendable () -> Void = { bell.ring() }
        let reloader = Reloader(engine: engine, state: state, load: parts.load, logger: logger)
        let proxies = TrustedProxies(shop.webhook.trustedProxies)
        let questions = Questions(now: Self.milliseconds)
        let routes = Routes(
            engine: engine, state: state, limits: limits,
            limiters: RequestLimiters(
                checkoutsPerMinute: shop.limits.checkoutsPerMinute, guessesPerMinute: limits.guessesPerMinute, now: Self.milliseconds),
            clock: parts.clock, logger: logger, counters: counters,
            courier: SandboxCourier(http: parts.http, clock: parts.clock, logger: logger),
            opener: CheckoutOpener(breaker: CircuitBreaker(now: Self.milliseconds)), questions: questions, wake: wake)
        let server = Self.server(
            Responder(routes: routes, limits: limits, proxies: proxies), host: host, port: port, limits: limits, logger: logger,
            onListening: onListening)
        let delivery = Delivery(engine: engine, state: state, outlets: parts.outlets, logger: logger)
        self.reloader = reloader
        self.wake = wake
        services =
            [
                FailureWatch(failure: parts.failure, logger: logger),
                OutboxWorker(engine: engine, bell: bell, delivery: delivery, counters: counters, logger: logger, width: max(1, mails)),
                Ticker(
                    engine: engine, clock: parts.clock, counters: counters, bell: bell, reload: { try? await reloader.reload($0) },
                    logger: logger),
                Reconciler(
                    engine: engine, state: state, questions: questions, counters: counters, wake: wake, logger: logger, clock: parts.clock,
                    period: pace),
                ReloadOnSignal(reloader: reloader),
            ] + parts.services(reloader, wake) + [server]
    }

    /// Runs all services until SIGTERM or SIGINT, and returns when what was under way is done.
    ///
    /// Throws `DaemonError`: the address cannot be listened at, or the database failed; or what a service threw.
    package func run(logger: Logger) async throws {
        do {
            try await group(logger: logger).run()
        } catch let error as IOError {
            throw DaemonError(
                .listen, "the daemon cannot listen at \(address): \(String(cString: strerror(error.errnoCode)))",
                hint: "is another program there? see webhook.listen in shop.yaml, or use --listen")
        }
    }

    /// The group of all services: SIGTERM and SIGINT end it after what is under way.
    package func group(logger: Logger) -> ServiceGroup {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        var configuration = ServiceGroupConfiguration(
            services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(60)
        return ServiceGroup(configuration: configuration)
    }

    private static func server(
        _ responder: Responder, host: String, port: Int, limits: ServerLimits, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> some Service {
        let gate = ConnectionGate(total: limits.connections, perAddress: limits.connectionsPerAddress, proxies: responder.proxies)
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(gate: gate, stalledSeconds: limits.stalledSeconds)],
            idleTimeout: .seconds(Int64(limits.idleSeconds)),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes, maxHeaderFieldCount: limits.headerCount))
        return Application(
            responder: responder, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), backlog: 1024),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) }, logger: quiet)
    }

    /// Milliseconds of a clock that only goes forward.
    private static let start = ContinuousClock.now
    @Sendable private static func milliseconds() -> Int64 {
        let passed = start.duration(to: .now).components
        return passed.seconds * 1000 + passed.attoseconds / 1_000_000_000_000_000
    }
}
