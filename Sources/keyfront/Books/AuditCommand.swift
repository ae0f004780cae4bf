import ArgumentParser
import Operations

/// `keyfront audit`: who did what.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit log: who did what, each row bound to those before it.",
        subcommands: [AuditVerifyCommand.self, AuditListCommand.self])
}

/// `keyfront audit verify`.
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks that no row was changed or dropped, and prints the log's signed end. Exits with 1 if one was.",
        discussion: "Keep the signed end elsewhere: it proves later that nothing before it was changed.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        guard case .audit(let report) = try await options.run(.verifyAudit) else { throw UnexpectedAnswer() }
        try options.show(report) {
            if let broken = report.firstBroken { return ["The audit log is broken at row \(broken)."] }
            return [
                "The audit log is whole: \(report.rows) rows.",
                "head       \(report.head.number) \(report.head.hash)",
                "signature  \(report.head.signature)",
                "key        \(report.head.publicKey)",
            ]
        }
        if !report.ok { throw ExitCode(1) }
    }
}

/// `keyfront audit list`.
struct AuditListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The newest rows of the audit log, the last one at the end.")

    @Option(help: "Only rows about this order, batch, promoter or message.")
    var subject: String?

    @Option(help: "At most so many.")
    var limit = 100

    @OptionGroup var options: ShopOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be 1 or more") }
    }

    func run() async throws {
        guard case .auditRows(let rows) = try await options.run(.auditTail(subject: subject, limit: limit)) else {
            throw UnexpectedAnswer()
        }
        try options.show(rows) {
            var table = Table("ROW", "TIME (UTC)", "ACTOR", "ACTION", "SUBJECT", "DETAIL")
            for row in rows { table.add(String(row.number), Cell.time(row.at), row.actor, row.action, row.subject, row.detail) }
            return table.lines(empty: "There are no such rows.")
        }
    }
}
