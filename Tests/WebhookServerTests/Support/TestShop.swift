import Catalog
import Cryptography
import Foundation
import Fulfilment
import Logging
import Operations
import Payments
import ServiceLifecycle
import Storefront
import Synchronization
import TestSupport
import Testing
import Transport

@testable import WebhookServer

/// A shop of one product in a folder of its own, with the real theme, database and daemon, for one test.
final class TestShop: Sendable {
    let folder: String
    let port: Int
    let installation: Installation
    let http = HTTPClient.live(threads: 64)
    let log = LogLines()
    let kept = SuiteLogs()
    let time = ShiftedClock()
    private let group: ServiceGroup
    private let running: Task<Void, any Error>
    private let daemon: Daemon

    var url: String { "http://127.0.0.1:\(port)" }
    var engine: Engine { installation.engine }

    /// - Parameters:
    ///   - smtp: port of a mail server; nil: one where nobody listens.
    ///   - keys: how many keys are in stock: `KEY-0001-SECRET` and on.
    ///   - settings: further lines of `shop.yaml`.
    ///   - gateways: what stands under `gateways:`.
    ///   - level: what is logged.
    init(
        smtp: Int? = nil, keys: Int = 3,
        settings: String = "limits: {checkouts_per_minute: 0, open_holds_per_address: 0, open_holds_per_mail: 0}",
        proxies: String = "[]", limits: ServerLimits = ServerLimits(), gateways: String = "test: {kind: sandbox}",
        environment: [String: String] = [:], level: Logger.Level = .trace
    ) async throws {
        port = FreePort.next()
        folder = try Self.write(port: port, smtp: smtp ?? 1, settings: settings, proxies: proxies, gateways: gateways)
        installation = try await Installation.open(folder: folder, environment: environment, clock: time.clock)
        if keys > 0 {
            let lines = (1...keys).map { "KEY-\(String($0 + 10_000).dropFirst())-SECRET" }
            _ = try await installation.run(.importKeys(KeyImport(sku: "lamp", lines: lines)))
            kept.forbid("key", lines)
        }
        kept.forbid("secret", environment.values.flatMap { $0.split(separator: "\n").map(String.init) }.filter { !$0.hasPrefix("-----") })
        kept.forbid(
            "master key",
            try String(contentsOfFile: "\(folder)/secrets/master.key", encoding: .utf8).split(separator: "\n").map(String.init))
        let log = log
        let logger = Logger(label: "test") { _ in
            var handler = LineLogHandler(form: .text, now: { 0 }, write: { log.add($0) })
            handler.logLevel = level
            return handler
        }
        let (ready, isReady) = AsyncStream<Int>.makeStream()
        daemon = try await Daemon.make(
            installation, storefront: Self.storefront(folder), host: "127.0.0.1", port: port, limits: limits, logger: logger
        ) { isReady.yield($0) }
        group = daemon.group(logger: logger)
        running = Task { [group] in
            do {
                try await group.run()
            } catch {
                isReady.finish()
                throw error
            }
        }
        for await _ in ready { return }
        try await running.value
        throw Peer.Failure(description: "the daemon ended before it listened")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Ends the daemon as SIGTERM does, and waits for it.
    func stop() async throws {
        await group.triggerGracefulShutdown()
        try await running.value
        await installation.close()
        if let file = kept.log { try log.text.write(toFile: file, atomically: true, encoding: .utf8) }
    }

    func beginToStop() async { await group.triggerGracefulShutdown() }
    func reload() async throws { try await daemon.reloader.reload("test") }

    static func storefront(_ folder: String) -> Daemon.Storefront {
        Daemon.Storefront(
            load: {
                let site = try Site.load(
                    folder: folder, baseThemes: [Peer.root.appending(path: "templates").path], now: Int64(Date().timeIntervalSince1970))
                let files = site.theme.assets.outputs.map { Face.File(path: $0.path, content: $0.content) }
                let style = files.first { $0.path.hasSuffix(".css") }.map { ($0.path, "sha384-x") }
                let face = Face(
                    editions: site.catalogue.shop.languages.map {
                        Face.Edition(language: $0, templates: site.theme.templates($0), texts: site.theme.texts($0))
                    }, files: files, style: style, icon: nil)
                return (site.catalogue, face)
            }, publish: { _ in })
    }

    /// Writes the folder; returns its path.
    static func write(
        port: Int, smtp: Int = 1, settings: String = "", proxies: String = "[]", gateways: String = "test: {kind: sandbox}",
        url: String? = nil
    ) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "keyfront-\(UUID().uuidString)").path
        for sub in ["content/products", "secrets", "data"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(sub)", withIntermediateDirectories: true)
        }
        let shop = """
            name: Lamp Shop
            url: https://shop.example
            languages: [en, zh-CN]
            currency: CNY
            webhook:
              url: \(url ?? "http://127.0.0.1:\(port)")
              listen: 127.0.0.1:\(port)
              database: sqlite:data/keyfront.db
              trusted_proxies: \(proxies)
            secrets:
              master_key_file: secrets/master.key
            mail:
              from: "Lamp Shop <keys@shop.example>"
              smtp: smtp://127.0.0.1:\(smtp)
            gateways:
              \(gateways)
            promoters:
              levels: ["10%", "5%"]
            \(settings)

            """
        try shop.write(toFile: "\(folder)/shop.yaml", atomically: true, encoding: .utf8)
        try product(price: "100.00").write(toFile: "\(folder)/content/products/lamp.md", atomically: true, encoding: .utf8)
        _ = try MasterKey.create(file: "\(folder)/secrets/master.key")
        return folder
    }

    static func product(price: String) -> String {
        """
        ---
        title: Lamp <licence>
        summary: "A lamp."
        price: "\(price)"
        ---

        Shines.

        """
    }
}

/// Ports below those that the system hands out by itself.
enum FreePort {
    private static let last = Mutex(21_000 + Int(ProcessInfo.processInfo.processIdentifier) % 9_000)

    static func next() -> Int {
        last.withLock { port in
            repeat { port = port < 31_000 ? port + 1 : 21_000 } while !isFree(port)
            return port
        }
    }

    private static func isFree(_ port: Int) -> Bool { (try? RawConnection(port: port)) == nil }
}

/// The system's time, some seconds ahead.
final class ShiftedClock: Sendable {
    private let offset = Mutex<Int64>(0)
    func advance(by seconds: Int64) { offset.withLock { $0 += seconds } }
    var now: Int64 { Int64(Date().timeIntervalSince1970) + offset.withLock { $0 } }
    var clock: Clock { Clock { self.now } }
}

/// What was logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
    var text: String { lines.withLock { $0.joined() } }
}

extension LogLines {
    var logger: Logger {
        Logger(label: "test") { [self] _ in LineLogHandler(form: .text, now: { 0 }, write: { self.add($0) }) }
    }
}
