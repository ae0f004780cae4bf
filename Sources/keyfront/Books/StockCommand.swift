import ArgumentParser

/// `keyfront stock`: keys in and out.
struct StockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "Keys: put them in, count them, take them out.",
        subcommands: [
            StockImportCommand.self, StockListCommand.self, StockBatchesCommand.self, StockRecallCommand.self, StockExportCommand.self,
        ])
}
