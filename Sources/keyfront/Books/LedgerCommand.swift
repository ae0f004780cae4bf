import ArgumentParser
import Foundation
import Operations

/// `keyfront ledger`: the books.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The books: balances, their proof, and every transfer.",
        subcommands: [LedgerBalancesCommand.self, LedgerVerifyCommand.self, LedgerExportCommand.self])
}

/// `keyfront ledger balances`.
struct LedgerBalancesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balances", abstract: "Every account that is not at zero: credits minus debits.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .balances(let balances) = try await options.run(.balances) else { throw UnexpectedAnswer() }
        try options.show(balances) {
            var table = Table("ACCOUNT", "BALANCE", "CURRENCY")
            for balance in balances { table.add(balance.account, Cell.decimal(balance.minor, balance.currency), balance.currency) }
            return table.lines(empty: "The books are empty.")
        }
    }
}

/// `keyfront ledger verify`.
struct LedgerVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks the books against their rules, I1 to I9. Exits with 1 if one is broken.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .ledger(let report) = try await options.run(.verifyLedger) else { throw UnexpectedAnswer() }
        try options.show(report) {
            let scope = "\(report.transfers) transfers, \(report.orders) orders, \(report.promoters) promoters"
            return [report.ok ? "The books are right: \(scope)." : "The books are wrong in \(report.findings.count) places: \(scope)."]
        }
        for finding in report.findings where !options.json { Console.note("\(finding.rule): \(finding.message)") }
        if !report.ok { throw ExitCode(1) }
    }
}

/// `keyfront ledger export`.
struct LedgerExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Every transfer as CSV, or with --json an object a line.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        let json = options.json
        var heading = json ? nil : "id,at,kind,order,level,debit,credit,amountMinor,currency,cause,resolves,rate,baseMinor"
        try await Desk.pages(folder: options.absoluteFolder, environment: ProcessInfo.processInfo.environment) { transfers in
            // Once the books are open, so that a refusal prints nothing.
            if let line = heading.take() { Console.print(line) }
            for transfer in transfers {
                if json { try Console.print(json: transfer) } else { Console.print(transfer.csv) }
            }
        }
    }
}

extension TransferAnswer {
    /// The order of the heading that `ledger export` prints.
    fileprivate var csv: String {
        CSV.line([
            id, String(at), kind, order, String(level), debit, credit, String(amountMinor), currency, cause, resolves ?? "", String(rate),
            String(baseMinor),
        ])
    }
}
