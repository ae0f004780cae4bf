import ArgumentParser
import Foundation
import Operations

/// `keyfront backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the books into a folder while the daemon runs.",
        discussion: """
            The copy is the books at one moment, checked and on the disk before it gets its name. Keys in it stay sealed.
            The master key is not part of it: keep that elsewhere, or the copy opens nothing.
            """)

    @Argument(help: "The folder; made when missing.")
    var directory: String

    @OptionGroup var options: ShopOptions

    func run() async throws {
        let folder = URL(filePath: directory).standardizedFileURL.path
        guard case .backup(let notes) = try await options.run(.backup(folder: folder)) else { throw UnexpectedAnswer() }
        try options.show(notes) {
            [
                "\(folder)/\(notes.file): \(notes.bytes) bytes, audit log up to row \(notes.audit.number).",
                "The master key is not in it. Keep a copy of that elsewhere.",
            ]
        }
    }
}

/// `keyfront restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Brings a backup back, once its ledger and audit log are proven.",
        discussion: "No daemon may run. The newest backup of the folder is taken, or the one whose .json file is named.")

    @Argument(help: "The folder of a backup, or its .json file.")
    var directory: String

    @Flag(help: "Take the place of the database that is there; it is kept under another name.")
    var replace = false

    @OptionGroup var options: ShopOptions

    func run() async throws {
        let answer = try await Restoration.run(
            URL(filePath: directory).standardizedFileURL.path, folder: options.absoluteFolder,
            environment: ProcessInfo.processInfo.environment, replaces: replace
        ) { Console.progress($0) }
        Console.endProgress()
        try options.show(answer) {
            var lines = [
                "Restored the books of \(Cell.time(answer.at)): \(answer.orders) orders with transfers, \(answer.transfers) transfers, "
                    + "\(answer.auditRows) audit rows, all proven."
            ]
            if let old = answer.old { lines.append("What was there before is kept: \(old)") }
            return lines
        }
    }
}
