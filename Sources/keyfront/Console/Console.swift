import ArgumentParser
import Foundation
import Operations

/// The two streams of a command: results go to standard output, everything about them to standard error.
enum Console {
    /// Writes one line to standard output.
    static func print(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// Writes one line to standard error.
    static func note(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    /// Writes bytes as they are to standard output.
    static func print(bytes: [UInt8]) {
        write(bytes, to: STDOUT_FILENO)
    }

    /// Encodes a value as one line of JSON with sorted keys, so that equal results are equal bytes.
    static func print(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// As `print(json:)`, to standard error.
    static func note(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        note(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Shows how far long work has come; silent unless standard error is a terminal.
    static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        write("\r\u{1B}[2K" + text, to: STDERR_FILENO)
    }

    /// Clears what ``progress(_:)`` has shown.
    static func endProgress() {
        guard isatty(STDERR_FILENO) == 1 else { return }
        write("\r\u{1B}[2K", to: STDERR_FILENO)
    }

    /// Ends the process: help and version with 0, a usage error with 2, anything refused with 1. With `--json`
    /// what is wrong is one JSON object as well.
    static func exit(with error: any Error) -> Never {
        if let code = error as? ExitCode {
            Foundation.exit(code.rawValue)
        }
        let code = Keyfront.exitCode(for: error)
        if code == .success {
            write(Keyfront.fullMessage(for: error) + "\n", to: STDOUT_FILENO)
            Foundation.exit(0)
        }
        let isUsage = code == .validationFailure || (error as? OperationError)?.code == .invalid
        if CommandLine.arguments.contains("--json") {
            try? note(json: CommandError(error, isUsage: code == .validationFailure))
            Foundation.exit(isUsage ? 2 : 1)
        }
        if code == .validationFailure {
            write(Keyfront.fullMessage(for: error) + "\n", to: STDERR_FILENO)
            Foundation.exit(2)
        }
        note(message(of: error))
        Foundation.exit(isUsage ? 2 : 1)
    }

    /// The text of an error: diagnostics print themselves, anything else gets `error: ` before it.
    private static func message(of error: any Error) -> String {
        let text = "\(error)"
        return text.contains("error: ") ? text : "error: \(text)"
    }

    private static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
