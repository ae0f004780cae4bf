import ArgumentParser
import Payments

/// `keyfront notice`: recorded payment notices.
struct NoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Looks into payment notices.", subcommands: [Verify.self])

    /// `keyfront notice verify`: judges recorded notices as the daemon would.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Judges one recorded notice, or a list of them in order, as the daemon would.",
            discussion: "Nothing is stored and nothing is sent: configuration, books and clock are those that the case describes.")

        @Option(name: .customLong("case"), help: "The recorded notice as JSON, or - for standard input.")
        var source: String

        @OptionGroup var options: ShopOptions

        func run() throws {
            for result in NoticeCase.judge(try NoticeCase.read(try InputFile.read(source))) {
                Console.print(options.json ? result.json : result.text)
            }
        }
    }
}
