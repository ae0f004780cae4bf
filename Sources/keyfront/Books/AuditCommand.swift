import ArgumentParser
import Operations

/// `keyfront audit`: who did what.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit log: who did what, each row bound to those before it.",
        subcommands: [AuditVerifyCommand.self])
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
