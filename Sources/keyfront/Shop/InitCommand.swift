import ArgumentParser
import Cryptography
import Foundation

/// `keyfront init DIR`: a new shop, ready to build.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Lays out a new shop: shop.yaml, content, templates, and a master key of its own.")

    @Argument(help: "The new shop's folder; it must be empty or not there yet.")
    var folder: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() throws {
        let starter = try Starter.find(environment: ProcessInfo.processInfo.environment, executable: Executable.path)
        let target = URL(fileURLWithPath: folder).standardizedFileURL.path
        try starter.copy(to: target)
        let key = try ShopSecrets.make(shop: target)
        if json {
            try Console.print(json: ["folder": target, "masterKeyFile": key])
            return
        }
        Console.print(
            """
            A shop is in \(folder).
              master key   \(key)  — keep a copy away from this machine: without it no key in stock can be read
              next         keyfront build --shop \(folder)
                           keyfront serve --shop \(folder)
                           keyfront-webhook --shop \(folder)
            """)
    }
}

/// The secrets a shop begins with.
enum ShopSecrets {
    /// Makes `secrets/master.key` (mode 0600, in a folder with mode 0700) and gives its path.
    static func make(shop: String) throws -> String {
        let folder = "\(shop)/secrets"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let key = "\(folder)/master.key"
        try MasterKey.create(file: key)
        return key
    }
}
