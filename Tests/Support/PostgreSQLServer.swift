import Foundation
import Testing

/// A PostgreSQL server of one test's own, which syncs every commit; gone when it is dropped.
package final class PostgreSQLServer {
    /// Its address, for `KEYFRONT_DATABASE`.
    package let address: String
    private let process = Process()
    private let input = Pipe()

    package init() async throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        // It ends when nobody holds the other end of its input.
        process.arguments = ["\(Program.root.path)/Tests/Peers/postgresql", "bash", "-c", "echo $KEYFRONT_TEST_DATABASE; read -r line"]
        process.environment = ProcessInfo.processInfo.environment.merging(["KEYFRONT_TEST_FSYNC": "on"]) { _, new in new }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line: Data = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: output.fileHandleForReading.availableData) }
        }
        address = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
        try #require(address.hasPrefix("postgres://"), "PostgreSQL did not start")
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
