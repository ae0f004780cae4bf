import Foundation
import TestSupport
import Testing

@Suite("The last step of the suite: no log has a secret in it")
struct LogScanTests {
    private static let body = #"{"type":"payment.paid","data":{"order_id":"KF_1","amount_minor":10000,"currency":"CNY"}}"#
    private static let secrets = [
        ["key", "KEY-0001-SECRET"], ["header stripe-signature", "t=1,v1=5257a869e7ecebeda32affa62cdca3fa"], ["body", body],
    ]

    private func scan(_ log: String, secrets: [[String]] = Self.secrets) async throws -> Program.Ending {
        let folder = try TestSupport.TemporaryFolder()
        try log.write(toFile: "\(folder.path)/one.log", atomically: true, encoding: .utf8)
        let lines = try secrets.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }
        try lines.joined().write(toFile: "\(folder.path)/one.secrets", atomically: true, encoding: .utf8)
        return try await Program.peer("log_scan", [folder.path])
    }

    @Test("An innocent log passes, and says how much was looked through")
    func innocent() async throws {
        let ending = try await scan("info order placed order=KF_1 account=card\nnotice notice booked kind=paid\n")
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output == "1 logs, 2 lines, 5 texts that must not be in them: 0 found\n")
    }

    @Test(
        "One secret in one line is found: a key, a signature, a body as it is, escaped, cut, or wrapped over blanks",
        arguments: [
            "sold KEY-0001-SECRET", #"debug headers="t=1,v1=5257a869e7ecebeda32affa62cdca3fa""#, "debug \(body)",
            "trace body=\"\(body.replacingOccurrences(of: "\"", with: "\\\""))\"", "debug \(body.prefix(60))…",
            "debug …\(body.suffix(50))", body.replacingOccurrences(of: ":", with: ": "),
        ])
    func found(line: String) async throws {
        let ending = try await scan("info order placed\n\(line)\ninfo sent\n")
        #expect(ending.status == 1)
        #expect(ending.errors.contains("one.log"))
        #expect(!ending.output.contains(": 0 found"))
    }

    @Test("Nothing to look through, or nothing to look for, is no pass")
    func nothing() async throws {
        #expect(try await scan("").status == 1)
        #expect(try await scan("info order placed\n", secrets: []).status == 1)
    }
}
