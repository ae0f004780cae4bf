import ArgumentParser
import Operations

/// `keyfront stock import`: keys in, a line each.
struct StockImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Puts keys into the stock, a line each.",
        discussion: """
            The whole stock is checked for equal keys, whatever SKU or batch has them. Lines that are refused are named by \
            their number and the reason, never by their text; the others are imported. Paid orders that wait for keys get \
            them at once. Exits with 1 if a line was refused.
            """)

    @Argument(help: "What the keys are for.")
    var sku: String

    @Argument(help: "A text file, or - for standard input.")
    var file: String

    @Option(help: "A name for this batch.")
    var batch: String?

    @Option(help: "What the whole batch cost, in the shop's currency: 120.50")
    var cost: String?

    @Option(help: "When the keys end: Unix seconds or 2027-01-31T00:00:00Z.")
    var expires: Moment?

    @Option(help: "Where the keys come from.")
    var source: String?

    @OptionGroup var options: ShopOptions

    func run() async throws {
        let lines = KeyLines.read(try InputFile.read(file))
        guard !lines.isEmpty else { throw NoKeys() }
        let count = lines.count
        let command = Command.importKeys(
            KeyImport(sku: sku, lines: lines, note: batch, source: source, cost: cost, expiresAt: expires?.seconds))
        defer { Console.endProgress() }
        let answer = try await options.run(command) { done in Console.progress("\(done) of \(count) lines") }
        Console.endProgress()
        guard case .imported(let report) = answer else { throw UnexpectedAnswer() }
        try options.show(report) { Self.summary(report, ends: expires?.seconds) }
        for refused in report.refused where !options.json {
            Console.note("line \(refused.line): \(Self.reason(refused.reason))")
        }
        if !report.refused.isEmpty { throw ExitCode(1) }
    }

    private static func summary(_ report: ImportAnswer, ends: Int64?) -> [String] {
        var line = "\(report.imported) keys imported for \(report.sku)"
        if !report.batch.isEmpty { line += ", batch \(report.batch)" }
        if !report.refused.isEmpty { line += "; \(report.refused.count) lines refused" }
        if report.fulfilled > 0 { line += "; \(report.fulfilled) waiting orders fulfilled" }
        if let ends, report.imported > 0 { line += "; what is unsold on \(Cell.time(ends)) UTC lapses" }
        return [line]
    }

    private static func reason(_ word: String) -> String {
        switch word {
        case "empty": "the line is empty"
        case "too_long": "the key is longer than 4096 bytes"
        case "malformed": "the line is not plain UTF-8 text"
        case "not_a_link": "this product needs an https:// link"
        case "repeated": "the same key stands in an earlier line"
        case "in_stock": "the stock has this key already"
        default: word
        }
    }
}

/// There is nothing to import.
struct NoKeys: Error, CustomStringConvertible {
    var description: String { "the input holds no keys\n  hint: write one key a line" }
}
