import ArgumentParser
import Operations

/// `keyfront reload`: the running daemon reads the shop's files again.
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Has the running daemon read shop.yaml and content again; a broken one is refused, the old one serves on.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        _ = try await options.run(.reload)
        if !options.json { Console.print("The catalogue is read.") }
    }
}
