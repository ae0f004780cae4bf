import Foundation
import TestSupport

/// A gateway of `Tests/Peers/gateways`, which speaks through its own SDK. Commands go to it one at a time.
final class Simulator {
    /// What the gateway says when it is ready.
    struct Greeting: Decodable {
        /// Its account as it stands in `shop.yaml`.
        let account: String
        /// The environment variables that the account names.
        let secrets: [String: String]
        /// The ways in which `forge` can forge.
        let forgeries: [String]
        /// What `tell` can tell that is no payment yet, or not of all, and the state that the order is in after it.
        let stages: [String: String]
    }

    /// What the shop replied to a notice.
    struct Reply: Decodable, Equatable, Sendable {
        let status: Int
        let body: String
    }

    /// A call of the shop's or the buyer's, and what the SDK had against it: nothing, when all is well.
    struct Call: Decodable, Equatable {
        let call: String
        let problem: String
    }

    private struct Answer: Decodable {
        let replies: [Reply]?
        let calls: [Call]?
        let transaction: String?
        let bill: Int64?
        let problem: String?
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let greeting: Greeting
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ kind: PeerKind) async throws {
        process.executableURL = URL(fileURLWithPath: Program.python)
        process.arguments = ["-m", "gateways.\(kind.program)"] + (kind.variant.map { [$0] } ?? [])
        process.currentDirectoryURL = Program.root.appendingPathComponent("Tests/Peers")
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        greeting = try JSONDecoder().decode(Greeting.self, from: await Self.line(from: output.fileHandleForReading.fileDescriptor))
    }

    /// Has the gateway do something; gives the shop's replies to the notices that it sent.
    @discardableResult
    func perform(_ name: String, _ arguments: [String: any Sendable] = [:]) async throws -> [Reply] {
        try await ask(name, arguments).replies ?? []
    }

    /// What it calls the payment of an order, and what it asks of the buyer, in minor units.
    func payment(of order: String) async throws -> (transaction: String, bill: Int64) {
        let answer = try await ask("payment", ["order": order])
        guard let transaction = answer.transaction, let bill = answer.bill else { throw Failure(description: "there is no such payment") }
        return (transaction, bill)
    }

    /// Every call so far.
    func calls() async throws -> [Call] {
        try await ask("calls", [:]).calls ?? []
    }

    private func ask(_ name: String, _ arguments: [String: any Sendable]) async throws -> Answer {
        let command = arguments.merging(["do": name]) { $1 }
        try input.fileHandleForWriting.write(contentsOf: try JSONSerialization.data(withJSONObject: command) + Data("\n".utf8))
        let line = try await Self.line(from: output.fileHandleForReading.fileDescriptor)
        let answer = try JSONDecoder().decode(Answer.self, from: line)
        if let problem = answer.problem { throw Failure(description: "\(name): \(problem)") }
        return answer
    }

    /// One line, read on a thread of its own. The gateway says one line at a time, so nothing is left over.
    private static func line(from descriptor: Int32) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                var line = Data()
                var byte: UInt8 = 0
                while read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
                if byte == UInt8(ascii: "\n") {
                    continuation.resume(returning: line)
                } else {
                    continuation.resume(throwing: Failure(description: "the gateway ended without an answer"))
                }
            }
        }
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
    }
}
