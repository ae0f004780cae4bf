import ArgumentParser
import Operations

/// `keyfront stock list`: how much there is.
struct StockListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "How much there is of each SKU.")

    @Flag(help: "Only what runs low or is owed.")
    var low = false

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .stock(let all) = try await options.run(.stockLevels) else { throw UnexpectedAnswer() }
        let levels = low ? all.filter { $0.low || $0.owed > 0 } : all
        try options.show(levels) {
            var table = Table("SKU", "FREE", "HELD", "SOLD", "SHARED", "RECALLED", "LAPSED", "OWED", "")
            for level in levels {
                table.add(
                    level.sku, String(level.free), String(level.held), String(level.sold), String(level.shared), String(level.recalled),
                    String(level.lapsed), String(level.owed), level.owed > 0 ? "owed" : level.low ? "low" : "")
            }
            return table.lines(empty: low ? "Nothing runs low." : "Nothing is for sale and nothing is in stock.")
        }
    }
}

/// `keyfront stock batches`: what was imported, and what became of it.
struct StockBatchesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batches", abstract: "The imported batches, newest first, and what became of their keys.",
        discussion: "Keys of a batch that has ended are sold no more; they count as lapsed.")

    @Option(help: "Only those of this SKU.")
    var sku: String?

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .batches(let all) = try await options.run(.batches) else { throw UnexpectedAnswer() }
        let batches = all.filter { sku == nil || $0.sku == sku }
        try options.show(batches) {
            var table = Table(
                "BATCH", "NAME", "SKU", "IMPORTED (UTC)", "ENDS (UTC)", "FREE", "HELD", "SOLD", "SHARED", "RECALLED", "LAPSED")
            for batch in batches {
                table.add(
                    batch.batch, batch.name ?? "", batch.sku, Cell.time(batch.createdAt), Cell.time(batch.expiresAt), String(batch.free),
                    String(batch.held), String(batch.sold), String(batch.shared), String(batch.recalled), String(batch.lapsed))
            }
            return table.lines(empty: "Nothing was imported.")
        }
    }
}

/// `keyfront stock recall`: withdraws a batch.
struct StockRecallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall", abstract: "Withdraws what is left of a batch: it is never handed out again.")

    @Argument(help: "The batch's id, or the name it was imported under.")
    var batch: String

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .recalled(let answer) = try await options.run(.recall(batch: batch)) else { throw UnexpectedAnswer() }
        try options.show(answer) { ["\(answer.recalled) keys of batch \(answer.batch) withdrawn"] }
    }
}

/// `keyfront stock export`: unsold keys in plain text.
struct StockExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Prints the keys of a SKU that were not handed out, in plain text. Audited.")

    @Argument(help: "The SKU.")
    var sku: String

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .keys(let answer) = try await options.run(.exportKeys(sku: sku)) else { throw UnexpectedAnswer() }
        try options.show(answer) { answer.keys }
    }
}
