import Catalog
import Foundation
import Fulfilment
import Operations
import Payments
import Testing
import Transport

@testable import WebhookServer

@Suite("Starting, reloading, stopping")
struct LifecycleTests {
    @Test("A request under way when the end is asked for is answered; new connections are not taken")
    func draining() async throws {
        let shop = try await TestShop()
        let slow = try RawConnection(port: shop.port)
        let body = "sku=lamp&quantity=1&email=a%40b.example&gateway=test"
        slow.send(
            "POST /checkout HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        )
        try await Task.sleep(for: .milliseconds(300))
        await shop.beginToStop()
        try await Task.sleep(for: .milliseconds(300))
        slow.send(body)
        #expect(await slow.received()?.hasPrefix("HTTP/1.1 303 ") == true)
        try await shop.stop()
        #expect(throws: Peer.Failure.self) { try RawConnection(port: shop.port) }
    }

    @Test("A new catalogue is taken up; a broken one is refused and the old one serves on")
    func reload() async throws {
        let shop = try await TestShop()
        let file = "\(shop.folder)/content/products/lamp.md"
        try TestShop.product(price: "70.00").write(toFile: file, atomically: true, encoding: .utf8)
        try await shop.reload()
        #expect(shop.engine.catalogue.variant(sku: "lamp")?.variant.price.minor == 7000)
        try TestShop.product(price: "seven").write(toFile: file, atomically: true, encoding: .utf8)
        await #expect(throws: (any Error).self) { try await shop.reload() }
        #expect(shop.engine.catalogue.variant(sku: "lamp")?.variant.price.minor == 7000)
        #expect(shop.log.text.contains("refused") && shop.log.text.contains("lamp.md:"))
        _ = try await shop.buy()
        try await shop.stop()
    }

    @Test("The control socket works on the books while the daemon runs, and what it imports is delivered")
    func control() async throws {
        let shop = try await TestShop(keys: 1)
        let client = try #require(try ControlClient.connect(path: shop.installation.place.controlSocket))
        _ = try await client.run(.importKeys(KeyImport(sku: "lamp", lines: ["A-SECOND-KEY"])))
        #expect(try await shop.engine.levels().first { $0.sku == "lamp" }?.free == 2)
        let mode = try FileManager.default.attributesOfItem(atPath: shop.installation.place.controlSocket)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try await shop.stop()
        #expect(!FileManager.default.fileExists(atPath: shop.installation.place.controlSocket))
    }

    @Test("A key file that others can read refuses to start, and the message says which and what to do")
    func looseKeyFile() async throws {
        let folder = try TestShop.write(port: 1)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(folder)/secrets/master.key")
        let error = await #expect(throws: OperationError.self) { try await Installation.open(folder: folder, environment: [:]) }
        #expect(error?.code == .masterKey)
        #expect(error?.description.contains("master.key") == true)
        #expect(error?.hint != nil)
    }

    @Test("An address that is taken is said so, with its port")
    func takenAddress() async throws {
        let first = try await TestShop()
        let folder = try TestShop.write(port: first.port)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let installation = try await Installation.open(folder: folder, environment: [:])
        let logger = LogLines().logger
        let second = try await Daemon.make(
            installation, storefront: TestShop.storefront(folder), host: "127.0.0.1", port: first.port, logger: logger
        ) { _ in }
        let error = await #expect(throws: DaemonError.self) { try await second.run(logger: logger) }
        #expect(error?.code == .listen)
        #expect(error?.message.contains(":\(first.port)") == true)
        await installation.close()
        try await first.stop()
    }

    @Test(
        "A gateway without its secret, and a sandbox that strangers could reach, refuse to start",
        arguments: [
            ("card: {kind: stripe, secret_key: KF_NO_KEY, webhook_secrets: [KF_NO_SECRET]}", nil, "KF_NO_SECRET"),
            ("test: {kind: sandbox}", "https://pay.shop.example", "sandbox"),
        ])
    func unsafeGateways(_ gateways: String, _ url: String?, _ word: String) async throws {
        let folder = try TestShop.write(port: 1, gateways: gateways, url: url)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let installation = try await Installation.open(folder: folder, environment: [:])
        let log = LogLines()
        let error = await #expect(throws: (any Error).self) {
            try await Daemon.make(
                installation, storefront: TestShop.storefront(folder), host: "127.0.0.1", port: 0, logger: log.logger
            ) { _ in }
        }
        #expect("\(try #require(error))".contains(word))
        await installation.close()
    }

    @Test(
        "A proxy before the daemon that is not listed is warned of",
        arguments: [("https://pay.shop.example", "[]", true), ("https://pay.shop.example", "[127.0.0.1]", false), (nil, "[]", false)])
    func unlistedProxy(_ url: String?, _ proxies: String, _ isWarned: Bool) async throws {
        let folder = try TestShop.write(
            port: 1, proxies: proxies, gateways: "card: {kind: stripe, secret_key: KF_KEY, webhook_secrets: [KF_SECRET]}", url: url)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let installation = try await Installation.open(
            folder: folder, environment: ["KF_KEY": "sk_test_51QmX7rTzK9vLw3Yb8NcJfHd", "KF_SECRET": "whsec_8fQ2LmZ7xR4tVw9KpB3nYc6H"])
        let log = LogLines()
        _ = try await Daemon.make(
            installation, storefront: TestShop.storefront(folder), host: "127.0.0.1", port: 0, logger: log.logger
        ) { _ in }
        #expect(log.text.contains("webhook.trusted_proxies") == isWarned)
        await installation.close()
    }
}
