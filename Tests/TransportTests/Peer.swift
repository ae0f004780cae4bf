import Foundation
import Synchronization
import Testing

/// A Python program under Tests/Peers that plays the other side, and reports events as lines of JSON.
///
/// The interpreter is `.venv/bin/python3` of the package (`make setup` makes it), or the one that KEYFRONT_PYTHON names.
final class Peer: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let port: Int
    private let process: Running
    private let output: Output

    init(_ script: String, _ arguments: [String] = []) async throws {
        let python = ProcessInfo.processInfo.environment["KEYFRONT_PYTHON"] ?? Self.root.appending(path: ".venv/bin/python3").path
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(description: "\(python) is missing: run `make setup`, or set KEYFRONT_PYTHON")
        }
        let output = Output()
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [Self.root.appending(path: "Tests/Peers/\(script)").path] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        // Never written to: its end tells the program that we are gone, however we went.
        let life = Pipe()
        process.standardInput = life
        try process.run()
        let reader = pipe.fileHandleForReading
        Thread.detachNewThread {
            // Not `availableData`, which ends the program when a signal interrupts it.
            var chunk = [UInt8](repeating: 0, count: 64 * 1024)
            while true {
                let count = read(reader.fileDescriptor, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                output.append(Data(chunk[..<count]))
            }
        }
        self.output = output
        self.process = Running(process, life)
        port = try await #require(output.next()["port"] as? Int)
    }

    /// The next event, waited for.
    func next() async throws -> [String: Any] { try await output.next() }

    /// Events not yet taken.
    var waiting: Int { output.count }

    /// The package: two folders above this file's.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

/// Ends the program with its owner. Unchecked, because `Process` is not `Sendable`; nothing but the last owner touches it.
private final class Running: @unchecked Sendable {
    private let process: Process
    private let life: Pipe

    init(_ process: Process, _ life: Pipe) {
        self.process = process
        self.life = life
    }

    deinit { try? life.fileHandleForWriting.close() }
}

private final class Output: Sendable {
    private let buffer = Mutex<(bytes: Data, lines: [Data])>((Data(), []))

    func append(_ data: Data) {
        buffer.withLock { state in
            state.bytes.append(data)
            while let end = state.bytes.firstIndex(of: 0x0A) {
                state.lines.append(Data(state.bytes[state.bytes.startIndex..<end]))
                state.bytes = Data(state.bytes[(end + 1)...])
            }
        }
    }

    var count: Int { buffer.withLock { $0.lines.count } }

    func next() async throws -> [String: Any] {
        for _ in 0..<6000 {
            if let line = buffer.withLock({ $0.lines.isEmpty ? nil : $0.lines.removeFirst() }) {
                return try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Peer.Failure(description: "the peer reported nothing")
    }
}

/// A certificate for `localhost`, signed by itself, and its key, in one PEM file made for one test.
final class TestCertificate {
    let path: String

    init(name: String = "localhost") throws {
        let folder = FileManager.default.temporaryDirectory
        path = folder.appending(path: "keyfront-\(UUID().uuidString).pem").path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)", "-keyout", path, "-out", path + ".crt",
        ]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl could not make a certificate")
        let pair = try Data(contentsOf: URL(filePath: path)) + Data(contentsOf: URL(filePath: path + ".crt"))
        try pair.write(to: URL(filePath: path))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        try? FileManager.default.removeItem(atPath: path + ".crt")
    }
}
