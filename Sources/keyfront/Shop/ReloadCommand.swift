import ArgumentParser
import Foundation
import Operations

/// `keyfront reload`: the running daemon reads the shop's files again.
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Has the running daemon read shop.yaml and content again; a broken one is refused, the old one serves on.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        let place = try ShopPlace(folder: options.absoluteFolder, environment: ProcessInfo.processInfo.environment)
        guard let daemon = try ControlClient.connect(path: place.controlSocket) else { throw NoDaemon() }
        _ = try await daemon.run(.reload)
        if options.json { try Console.print(json: ["reloaded": true]) } else { Console.print("The catalogue is read.") }
    }
}

/// There is nobody to tell.
struct NoDaemon: Error, CustomStringConvertible {
    var description: String { "no daemon runs for this shop\n  hint: keyfront-webhook reads the catalogue when it starts" }
}
