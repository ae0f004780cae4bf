import Cryptography
import Foundation

@testable import Operations

/// A shop folder for one test, gone when the test ends.
final class TestShop: Sendable {
    let folder: String

    /// - Parameter gateways: the text after `gateways:`.
    init(gateways: String = "{test: {kind: sandbox}}", name: String = UUID().uuidString) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-\(name)").path
        try write(
            "shop.yaml",
            """
            name: Test Shop
            url: http://127.0.0.1:8000
            languages: [en, zh-CN]
            currency: CNY
            webhook: {url: "http://127.0.0.1:8080", listen: "127.0.0.1:8080", database: "sqlite:data/books.db"}
            mail: {from: "Test <keys@shop.example>", smtp: "smtp://127.0.0.1:1025", password_file: secrets/smtp}
            gateways: \(gateways)
            """)
        try write("content/products/alpha.md", "---\ntitle: Alpha\nprice: \"100.00\"\nsku: alpha\n---\nA thing.\n")
        try FileManager.default.createDirectory(atPath: "\(folder)/secrets", withIntermediateDirectories: true)
        try MasterKey.create(file: "\(folder)/secrets/master.key")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes a file of the shop.
    func write(_ path: String, _ text: String, mode: Int = 0o644) throws {
        let full = "\(folder)/\(path)"
        let parent = (full as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try text.write(toFile: full, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: full)
    }

    func open(_ environment: [String: String] = [:]) async throws -> Installation {
        try await Installation.open(folder: folder, environment: environment)
    }

    /// Does a command as the command line would.
    func run(_ command: Command) async throws -> Answer {
        try await Desk.run(command, folder: folder, environment: [:])
    }

    var socket: String { "\(folder)/data/books.sock" }
}
