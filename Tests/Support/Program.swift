package import Foundation

/// The programs under test and the folders they come from.
package enum Program {
    /// The package's root.
    package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Where the tests' own build put `keyfront` and `keyfront-webhook`.
    package static let folder: URL = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent()
    }()

    package static let python =
        ProcessInfo.processInfo.environment["KEYFRONT_PYTHON"] ?? root.appendingPathComponent(".venv/bin/python3").path

    /// What a program printed and how it ended.
    package struct Ending {
        package let status: Int32
        package let output: String
        package let errors: String

        /// Standard output as JSON.
        package func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try JSONDecoder().decode(type, from: Data(output.utf8))
        }
    }

    /// Runs `keyfront` to its end.
    package static func keyfront(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws -> Ending {
        try await run(folder.appendingPathComponent("keyfront").path, arguments, input: input, environment: environment)
    }

    /// Runs one of `Tests/Peers` to its end.
    package static func peer(_ name: String, _ arguments: [String] = [], input: String = "") async throws -> Ending {
        try await run(python, [root.appendingPathComponent("Tests/Peers/\(name).py").path] + arguments, input: input)
    }

    /// Runs a program to its end on a thread of its own; output goes through files, so that no pipe fills up.
    package static func run(_ program: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]) async throws
        -> Ending
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try runBlocking(program, arguments, input: input, environment: environment) })
            }
        }
    }

    private static func runBlocking(
        _ program: String, _ arguments: [String], input: String, environment: [String: String]
    ) throws -> Ending {
        let folder = try TemporaryFolder()
        let files = ["in", "out", "err"].map { folder.url.appendingPathComponent($0) }
        try Data(input.utf8).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Ending(
            status: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
            errors: try String(contentsOf: files[2], encoding: .utf8))
    }
}

/// A folder that is gone when its owner is.
package final class TemporaryFolder: Sendable {
    package let url: URL
    package var path: String { url.path }

    package init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-test-\(UUID().uuidString)").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
