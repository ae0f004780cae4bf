import ArgumentParser

/// The root of the command line: `keyfront <command>`.
struct Keyfront: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keyfront",
        abstract: "A shop for virtual goods: Markdown in, static pages out, keys by mail.",
        version: "0.1.0",
        subcommands: [
            InitCommand.self, BuildCommand.self, ServeCommand.self, DemoCommand.self, CheckCommand.self,
            TemplateCommand.self, StockCommand.self, PromoterCommand.self, OrderCommand.self, NoticeCommand.self,
            LedgerCommand.self, PayoutCommand.self, AuditCommand.self, BackupCommand.self, RestoreCommand.self, ReloadCommand.self,
            DoctorCommand.self,
        ])
}

/// Runs one command and turns its end into an exit code: 0 well, 1 refused or found wrong, 2 usage.
@main
enum Main {
    static func main() async {
        do {
            var command = try parsed()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Console.exit(with: error)
        }
    }

    private static func parsed() throws -> any ParsableCommand {
        try Keyfront.parseAsRoot()
    }
}
