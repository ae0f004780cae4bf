import ArgumentParser
import Operations

/// `keyfront promoter`: who shares links.
struct PromoterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promoter", abstract: "Promoters: who shares links, and what they earned.",
        subcommands: [
            PromoterAddCommand.self, PromoterListCommand.self, PromoterShowCommand.self, PromoterExportCommand.self,
        ])
}

/// `keyfront promoter add`.
struct PromoterAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Makes an address a promoter, and mails the link. One who is already stays as they are.")

    @Argument(help: "The mail address.")
    var address: String

    @Option(help: "The id of the promoter above.")
    var parent: String?

    @Option(help: "The language of the mail, one of the shop's.")
    var language: String?

    @OptionGroup var options: ShopOptions

    func run() async throws {
        let command = Command.addPromoter(address: address, parent: parent, language: language)
        guard case .promoter(let promoter) = try await options.run(command) else { throw UnexpectedAnswer() }
        try options.show(promoter) { promoter.lines }
    }
}

/// `keyfront promoter list`.
struct PromoterListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All promoters and their balances.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .promoters(let promoters) = try await options.run(.promoters) else { throw UnexpectedAnswer() }
        try options.show(promoters) {
            var table = Table("ID", "TOKEN", "PARENT", "PENDING", "AVAILABLE", "PAID", "CURRENCY", "")
            for promoter in promoters {
                table.add(
                    promoter.id, promoter.token, promoter.parent ?? "-", promoter.amount(promoter.pendingMinor),
                    promoter.amount(promoter.availableMinor), promoter.amount(promoter.paidMinor), promoter.currency,
                    promoter.active ? "" : "inactive")
            }
            return table.lines(empty: "There are no promoters yet.")
        }
    }
}

/// `keyfront promoter show`.
struct PromoterShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "One promoter and their balance.")

    @Argument(help: "The mail address, or the id.")
    var name: String

    @Flag(help: "Print the secret link of their own page instead. Audited.")
    var link = false

    @OptionGroup var options: ShopOptions

    func run() async throws {
        if link {
            guard case .link(let answer) = try await options.run(.promoterLink(name: name)) else { throw UnexpectedAnswer() }
            return try options.show(answer) { [answer.link] }
        }
        guard case .promoter(let promoter) = try await options.run(.promoter(name: name)) else { throw UnexpectedAnswer() }
        try options.show(promoter) { promoter.lines }
    }
}

/// `keyfront promoter export`.
struct PromoterExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "All promoters as CSV, or with --json an object a line. No addresses.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .promoters(let promoters) = try await options.run(.promoters) else { throw UnexpectedAnswer() }
        if options.json {
            for promoter in promoters { try Console.print(json: promoter) }
            return
        }
        Console.print("id,token,parent,pendingMinor,availableMinor,paidMinor,currency")
        for promoter in promoters {
            Console.print(
                [
                    promoter.id, promoter.token, promoter.parent ?? "", String(promoter.pendingMinor), String(promoter.availableMinor),
                    String(promoter.paidMinor), promoter.currency,
                ].joined(separator: ","))
        }
    }
}

extension PromoterAnswer {
    fileprivate func amount(_ minor: Int64) -> String { Cell.decimal(minor, currency) }

    fileprivate var lines: [String] {
        [
            "promoter   \(id)\(active ? "" : " (inactive)")",
            "token      \(token)",
            "parent     \(parent ?? "-")",
            "pending    \(Cell.amount(pendingMinor, currency))",
            "available  \(Cell.amount(availableMinor, currency))",
            "paid       \(Cell.amount(paidMinor, currency))",
        ]
    }
}
