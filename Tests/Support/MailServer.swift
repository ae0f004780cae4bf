import Foundation
import Testing

/// A real SMTP server (`Tests/Peers/smtp_peer.py`, aiosmtpd) that parses what it receives with Python's own `email` package.
package final class MailServer {
    /// Where it listens on 127.0.0.1.
    package let port: Int
    private let process = Process()
    /// Never written to: its end tells the server that we are gone.
    private let life = Pipe()
    private let folder: TemporaryFolder
    private let lines: URL

    /// One mail as Python reads it.
    package struct Mail: Decodable {
        package struct Part: Decodable {
            package let type: String
            package let charset: String?
            package let text: String
        }
        package let recipients: [String]
        package let headers: [[String]]
        package let parts: [Part]
        package let defects: [String]

        package var recipient: String { recipients.joined(separator: ",") }

        package func header(_ name: String) -> String? { headers.first { $0.first == name }?.last }
    }

    private struct Event: Decodable {
        let event: String
        let port: Int?
    }

    package init() async throws {
        folder = try TemporaryFolder()
        lines = folder.url.appendingPathComponent("events")
        try Data().write(to: lines)
        process.executableURL = URL(fileURLWithPath: Program.python)
        process.arguments = [Program.root.appendingPathComponent("Tests/Peers/smtp_peer.py").path]
        process.standardOutput = try FileHandle(forWritingTo: lines)
        process.standardInput = life
        try process.run()
        var found: Int?
        for _ in 0..<200 where found == nil {
            try await Task.sleep(for: .milliseconds(50))
            found = try Self.rows(lines).map { try JSONDecoder().decode(Event.self, from: $0) }.first { $0.event == "listening" }?.port
        }
        port = try #require(found, "the SMTP server did not start within 10 seconds")
    }

    /// Everything received so far, in order.
    package func received() throws -> [Mail] {
        try Self.rows(lines).compactMap { row in
            try JSONDecoder().decode(Event.self, from: row).event == "mail" ? try JSONDecoder().decode(Mail.self, from: row) : nil
        }
    }

    /// Waits up to ten seconds until `count` mails have come.
    package func wait(for count: Int) async throws {
        for _ in 0..<200 {
            if try received().count >= count { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("\(try received().count) of \(count) mails came within 10 seconds")
    }

    private static func rows(_ file: URL) throws -> [Data] {
        let data = try Data(contentsOf: file)
        guard let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        return data[..<end].split(separator: UInt8(ascii: "\n")).map { Data($0) }
    }

    deinit {
        try? life.fileHandleForWriting.close()
        process.terminate()
    }
}
