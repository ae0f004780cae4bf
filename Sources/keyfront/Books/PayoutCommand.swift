import ArgumentParser
import Foundation
import Operations

/// `keyfront payout`: what promoters are paid.
struct PayoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payout", abstract: "What promoters are paid: make payouts, list them, export them for the bank, settle them.",
        discussion: """
            “run” books a payout for every promoter who may be paid at least promoters.minimum_payout. “export” prints them with
            addresses for your bank or PayPal. When the money has left, “settle” says so; “settle --failed” books it back.
            """,
        subcommands: [PayoutRunCommand.self, PayoutListCommand.self, PayoutExportCommand.self, PayoutSettleCommand.self])
}

/// `keyfront payout run`.
struct PayoutRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Books a payout for every promoter who may be paid enough.",
        discussion: "A second run finds nothing: what is booked is no longer available.")

    @Option(help: "Pay from so much on, decimal text, instead of promoters.minimum_payout.")
    var minimum: String?

    @Flag(help: "Only say what would be booked.")
    var dryRun = false

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .payoutRun(let made) = try await options.run(.runPayouts(minimum: minimum, rehearsal: dryRun)) else {
            throw UnexpectedAnswer()
        }
        try options.show(made) {
            let lines = made.payouts.table(empty: "Nobody is to be paid.")
            guard !made.run.isEmpty else { return lines }
            return lines + ["", "Run \(made.run). For the bank: keyfront payout export --run \(made.run)"]
        }
    }
}

/// `keyfront payout list`.
struct PayoutListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Payouts and what became of them.")

    @OptionGroup var choice: PayoutChoice
    @OptionGroup var options: ShopOptions

    func run() async throws {
        let payouts = try await choice.all(options, addresses: false)
        try options.show(payouts) { payouts.table(empty: "There are no such payouts.") }
    }
}

/// `keyfront payout export`.
struct PayoutExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Payouts with the promoters' addresses, as CSV or with --json an object a line. Audited.")

    @OptionGroup var choice: PayoutChoice
    @OptionGroup var options: ShopOptions

    func run() async throws {
        let payouts = try await choice.all(options, addresses: true)
        if !options.json { Console.print("id,promoter,address,amount,currency,state,reference") }
        for payout in payouts {
            if options.json {
                try Console.print(json: payout)
            } else {
                Console.print(
                    CSV.line([
                        payout.id, payout.promoter, payout.address ?? "", payout.amount, payout.currency, payout.state, payout.reference,
                    ]))
            }
        }
    }
}

/// `keyfront payout settle`.
struct PayoutSettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle", abstract: "Says that payouts were paid, or with --failed that they did not arrive.",
        discussion: "Name payouts, or all open ones of a run with --run. Saying the same twice changes nothing.")

    @Argument(help: "Payouts, as “payout list” names them.")
    var payouts: [String] = []

    @Option(help: "All open payouts of this run.")
    var run: String?

    @Option(help: "What your bank calls the payment.")
    var reference: String = ""

    @Flag(help: "The money did not arrive: it is booked back, and part of the next run.")
    var failed = false

    @OptionGroup var options: ShopOptions

    func validate() throws {
        if payouts.isEmpty == (run == nil) { throw ValidationError("name payouts, or a run with --run") }
    }

    func run() async throws {
        var ids = payouts
        if let run { ids = try await PayoutChoice(state: "open", run: run).all(options, addresses: false).map(\.id) }
        let command = Command.settlePayouts(ids: ids, state: failed ? "failed" : "paid", reference: reference)
        guard case .payouts(let settled) = try await options.run(command) else { throw UnexpectedAnswer() }
        try options.show(settled) { settled.table(empty: "There is no open payout in this run.") }
    }
}

/// Which payouts.
struct PayoutChoice: ParsableArguments {
    @Option(help: "open, paid or failed.")
    var state: String?

    @Option(help: "Of this run.")
    var run: String?

    init() {}

    init(state: String?, run: String?) {
        self.state = state
        self.run = run
    }

    /// All of them, a page at a time.
    func all(_ options: ShopOptions, addresses: Bool) async throws -> [PayoutAnswer] {
        let (state, run) = (state, run)
        return try await Desk.open(folder: options.absoluteFolder, environment: ProcessInfo.processInfo.environment) {
            ask throws(OperationError) in
            var found: [PayoutAnswer] = []
            while true {
                let command = Command.payouts(state: state, run: run, after: found.last?.id ?? "", addresses: addresses)
                guard case .payouts(let page) = try await ask(command, nil) else {
                    throw OperationError(.control, "the daemon's answer does not fit the command")
                }
                found += page
                if page.count < Installation.payoutPage { return found }
            }
        }
    }
}

extension [PayoutAnswer] {
    fileprivate func table(empty: String) -> [String] {
        var table = Table("PAYOUT", "PROMOTER", "AMOUNT", "CURRENCY", "STATE", "MADE", "SETTLED", "REFERENCE")
        for payout in self {
            table.add(
                payout.id, payout.promoter, payout.amount, payout.currency, payout.state, Cell.time(payout.createdAt),
                Cell.time(payout.settledAt), payout.reference.isEmpty ? "-" : payout.reference)
        }
        return table.lines(empty: empty)
    }
}
