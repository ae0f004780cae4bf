package import Catalog
import Cryptography
package import Logging
package import Operations
import Payments
import Transport

extension Daemon {
    /// What the theme and the site are to the daemon: whoever starts it knows how to read and publish them.
    package struct Storefront: Sendable {
        /// Reads catalogue and theme together; throws every mistake in them. Blocks.
        package var load: @Sendable () throws -> (catalogue: Catalogue, face: Face)
        /// Publishes the pages of one promoter; throws when it is to be tried again.
        package var publish: @Sendable (_ token: String) async throws -> Void

        package init(
            load: @escaping @Sendable () throws -> (catalogue: Catalogue, face: Face),
            publish: @escaping @Sendable (String) async throws -> Void
        ) {
            self.load = load
            self.publish = publish
        }
    }

    /// Makes the daemon of an open installation.
    ///
    /// Refuses what would be unsafe: a gateway without its secrets, a sandbox that strangers could reach, a mail server that would
    /// get passwords in the clear.
    /// - Parameters:
    ///   - host: where to listen, with `port`; 0 takes any free port.
    ///   - pace: between two looks at what gateways are to be asked.
    ///   - onListening: is told the port once connections are taken.
    /// Throws `OperationError`, `TransportError`, or what `storefront.load` throws.
    package static func make(
        _ installation: Installation, storefront: Storefront, host: String, port: Int, limits: ServerLimits = ServerLimits(),
        pace: Duration = .seconds(10), logger: Logger, onListening: @escaping @Sendable (Int) async -> Void
    ) async throws -> Daemon {
        let http = HTTPClient.live()
        let (shop, place) = (installation.shop, installation.place)
        let sandboxKey = installation.keyring.subkey("sandbox")
        let load: @Sendable () async throws -> Reloaded = {
            let (catalogue, face) = try await onOwnThread(storefront.load)
            let gateways = try GatewaySet(
                accounts: catalogue.shop.gateways, webhookURL: catalogue.shop.webhook.url, listenHost: host, secrets: place.secrets,
                sandboxKey: sandboxKey, http: http)
            return Reloaded(catalogue: catalogue, setup: Setup(gateways: gateways, face: face))
        }
        let first = try await load()
        let mail = try shop.mail.map { settings in
            let from = try Mailbox(parsing: settings.from)
            return try SMTPClient(
                url: settings.smtp, password: try installation.smtpPassword(), connections: 8, helloName: from.address.domain)
        }
        if mail == nil { logger.warning("the shop sends no mail", metadata: ["hint": "write mail: in shop.yaml"]) }
        if shop.webhook.trustedProxies.isEmpty, isLoopback("https://\(host.contains(":") ? "[\(host)]" : host)"),
            !isLoopback(shop.webhook.url)
        {
            logger.warning(
                "limits count the proxy as one visitor",
                metadata: ["hint": "list it in webhook.trusted_proxies", "file": "shop.yaml"])
        }
        let outlets = Outlets(
            mail: { message, from, to throws(TransportError) in
                guard let mail else { throw TransportError(.configuration, "the shop has no mail settings") }
                try await mail.send(message, from: from, to: to)
            }, promoterPage: storefront.publish)
        return Daemon(
            Parts(
                engine: installation.engine, setup: first.setup, outlets: outlets, http: http, clock: installation.clock, load: load,
                failure: { await installation.databaseFailure() },
                services: { reloader, wake in
                    [ControlService(installation: installation, reloader: reloader, wake: wake, logger: logger)]
                }), host: host, port: port, limits: limits, pace: pace, logger: logger, onListening: onListening)
    }

    private static func isLoopback(_ url: String) -> Bool { WebAddress(url)?.isLoopback == true }
}
