import ArgumentParser
import Foundation
import Operations

extension ShopOptions {
    /// Does a command on this shop's books: through the daemon when it runs, else here.
    func run(_ command: Operations.Command, progress: (@Sendable (Int) -> Void)? = nil) async throws -> Answer {
        try await Desk.run(
            command, folder: absoluteFolder, environment: ProcessInfo.processInfo.environment, progress: progress)
    }

    /// Prints a result: one line of JSON, or lines for people.
    func show(_ value: some Encodable, _ lines: () -> [String]) throws {
        if json { return try Console.print(json: value) }
        for line in lines() { Console.print(line) }
    }
}

/// The daemon answered another thing than it was asked for.
struct UnexpectedAnswer: Error, CustomStringConvertible {
    var description: String {
        "the daemon's answer does not fit the command\n  hint: run the same version of keyfront and keyfront-webhook"
    }
}
