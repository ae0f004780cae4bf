import Foundation

/// What is kept of a run of the suite for its last step, `Tests/Peers/log_scan.py`: the log of every daemon, at its finest level, and
/// beside it everything that must be in none of them. `make test` names the folder in `KEYFRONT_TEST_LOGS`; without it nothing is kept.
package final class SuiteLogs: Sendable {
    package static let folder = ProcessInfo.processInfo.environment["KEYFRONT_TEST_LOGS"].flatMap { $0.isEmpty ? nil : $0 }
    private let name = UUID().uuidString

    package init() {}

    /// The file for a daemon's log; nil when nothing is kept.
    package var log: String? { Self.folder.map { "\($0)/\(name).log" } }

    /// Writes down what must be in no log.
    /// - Parameters:
    ///   - kind: what it is, for whoever reads that it was found.
    ///   - texts: short ones would be found anywhere, so those of less than six bytes are left out.
    package func forbid(_ kind: String, _ texts: [String]) {
        guard let folder = Self.folder else { return }
        let rows = texts.filter { $0.utf8.count >= 6 }.compactMap { text in try? JSONEncoder().encode([kind, text]) }
        guard !rows.isEmpty else { return }
        let path = "\(folder)/\(name).secrets"
        if !FileManager.default.fileExists(atPath: path) { try? Data().write(to: URL(fileURLWithPath: path)) }
        guard let file = FileHandle(forWritingAtPath: path) else { return }
        defer { try? file.close() }
        _ = try? file.seekToEnd()
        try? file.write(contentsOf: Data(rows.joined(separator: Data("\n".utf8))) + Data("\n".utf8))
    }
}
