import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Operations

@Suite("The control socket")
struct ControlTests {
    @Test("While the daemon runs the command line goes through it; afterwards it opens the books itself")
    func desk() async throws {
        let shop = try TestShop()
        let daemon = try await shop.open()
        let asked = Counter()
        let server = try ControlServer(path: shop.socket) { command, progress throws(OperationError) in
            asked.add()
            return try await daemon.run(command, progress: progress)
        }
        _ = try await shop.run(.importKeys(KeyImport(sku: "alpha", lines: ["KEY-1", "KEY-2"])))
        await expect(.notFound) { try await shop.run(.order(id: "nope12")) }
        #expect(asked.count == 2)
        await server.stop()
        #expect(!FileManager.default.fileExists(atPath: shop.socket))
        await daemon.close()
        guard case .stock(let levels) = try await shop.run(.stockLevels) else { throw Unexpected() }
        #expect(levels.map(\.free) == [2])
        #expect(asked.count == 2)
    }

    @Test("Only its owner may open the socket, from its first moment")
    func mode() throws {
        let folder = try TestShop()
        let server = try ControlServer(path: "\(folder.folder)/control.sock") { _, _ in .done }
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.folder)/control.sock")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        withExtendedLifetime(server) {}
    }

    @Test("A hundred thousand lines go through in one command, with progress, and refusals come back whole")
    func large() async throws {
        let shop = try TestShop()
        let seen = Counter()
        let server = try ControlServer(path: "\(shop.folder)/control.sock") { command, progress throws(OperationError) in
            guard case .importKeys(let keys) = command else { return .done }
            progress(1)
            progress(keys.lines.count)
            throw OperationError(.conflict, "no", hint: "hint of \(keys.lines.count)", cause: "cause")
        }
        let client = try #require(try ControlClient.connect(path: "\(shop.folder)/control.sock"))
        let lines = (0..<100_000).map { "KEY-\($0)-é-卡密" }
        do {
            _ = try await client.run(.importKeys(KeyImport(sku: "alpha", lines: lines))) { seen.add($0) }
            Issue.record("A refusal was lost.")
        } catch {
            #expect(error == OperationError(.conflict, "no", hint: "hint of 100000", cause: "cause"))
        }
        #expect(seen.count == 100_001)
        #expect(try await client.run(.ping) == .done)
        await server.stop()
    }

    @Test("Stopping waits for the command that is being done, answers it, and takes no other")
    func stopping() async throws {
        let shop = try TestShop()
        let begun = DispatchSemaphore(value: 0)
        let (gate, opening) = AsyncStream<Void>.makeStream()
        let path = "\(shop.folder)/control.sock"
        let server = try ControlServer(path: path) { command, _ in
            begun.signal()
            for await _ in gate { break }
            return .balances([])
        }
        let client = try #require(try ControlClient.connect(path: path))
        async let answer = client.run(.balances)
        try await onThread { begun.wait() }
        async let stopped: Void = server.stop()
        while FileManager.default.fileExists(atPath: path) { await Task.yield() }
        #expect(try ControlClient.connect(path: path) == nil)
        opening.yield()
        #expect(try await answer == .balances([]))
        await stopped
        await expect(.control) { try await client.run(.ping) }
    }

    @Test("A client that does not read holds up no end")
    func deaf() async throws {
        let shop = try TestShop()
        let path = "\(shop.folder)/control.sock"
        let begun = DispatchSemaphore(value: 0)
        let server = try ControlServer(path: path, sendSeconds: 1) { _, progress in
            begun.signal()
            for number in 0..<100_000 { progress(number) }
            return .done
        }
        let client = try await onThread {
            let socket = try UnixSocket.connect(path)
            #expect(socket.send(Array("{\"ping\":{}}\n".utf8)))
            begun.wait()
            return socket
        }
        await server.stop()
        withExtendedLifetime(client) {}
    }

    @Test("A line that is no command is refused, and the next one is heard")
    func garbage() async throws {
        let shop = try TestShop()
        let path = "\(shop.folder)/control.sock"
        let server = try ControlServer(path: path) { _, _ in .done }
        let replies = try await onThread {
            let socket = try UnixSocket.connect(path)
            return try ["{\"secret\": \"KEY-1\"}\n", "\n", "{\"ping\":{}}\n"].map { line in
                #expect(socket.send(Array(line.utf8)))
                return String(decoding: try #require(socket.line(limit: 1 << 20)), as: UTF8.self)
            }
        }
        #expect(replies[0].contains("refusal") && !replies[0].contains("KEY-1"))
        #expect(replies[1].contains("refusal"))
        #expect(replies[2] == "{\"answer\":{\"_0\":{\"done\":{}}}}")
        await server.stop()
    }

    @Test("What a killed daemon left behind is nobody, and is replaced by the next one")
    func stale() async throws {
        let shop = try TestShop()
        let path = "\(shop.folder)/control.sock"
        // Listening without accepting, then gone without `unlink`: what kill -9 leaves.
        _ = try UnixSocket.listen(path)
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(try ControlClient.connect(path: path) == nil)
        let server = try ControlServer(path: path) { _, _ in .done }
        let client = try #require(try ControlClient.connect(path: path))
        #expect(try await client.run(.ping) == .done)
        await server.stop()
    }

    @Test("A path longer than an address can hold works all the same")
    func longPath() async throws {
        let shop = try TestShop(name: String(repeating: "long-", count: 30) + UUID().uuidString)
        let daemon = try await shop.open()
        let server = try ControlServer(path: shop.socket) { command, _ throws(OperationError) in try await daemon.run(command) }
        #expect(shop.socket.utf8.count > 150)
        #expect(try await shop.run(.balances) == .balances([]))
        await server.stop()
        await daemon.close()
    }

    @Test("A database that is in use by a process without a socket is refused, with its number")
    func locked() async throws {
        let shop = try TestShop()
        let other = try await shop.open()
        do {
            try await Desk.open(folder: shop.folder, environment: [:], attempts: 2) { run throws(OperationError) in
                _ = try await run(.balances, nil)
            }
            Issue.record("The books were opened twice.")
        } catch {
            #expect(error.code == .locked)
            #expect(error.message.contains("\(ProcessInfo.processInfo.processIdentifier)"))
        }
        await other.close()
    }
}

/// A number that several threads add to.
final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add(_ amount: Int = 1) { value.withLock { $0 += amount } }
}

/// Blocks a thread of its own, none of Swift's concurrency.
func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
}
