import Foundation
import Synchronization

/// A TCP listener on 127.0.0.1 that gives every connection a thread of its own.
///
/// For the demo's mail sink and mail viewer: a few connections, blocking reads, no dependency.
final class LoopbackListener: Sendable {
    /// The port it listens on.
    let port: Int
    private let descriptor: Int32
    private let closed = Mutex(false)

    /// Binds 127.0.0.1 at `port` (0: any free one) and serves each connection with `serve` until ``close()``.
    ///
    /// - Throws: ``DemoError`` when the port is taken.
    init(port: Int, name: String, serve: @escaping @Sendable (LoopbackConnection) -> Void) throws(DemoError) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw DemoError("no socket for the \(name): \(String(cString: strerror(errno)))") }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard Foundation.bind(descriptor, generic, size) == 0, listen(descriptor, 64) == 0 else { return false }
                return getsockname(descriptor, generic, &size) == 0
            }
        }
        guard bound else {
            let reason = String(cString: strerror(errno))
            Foundation.close(descriptor)
            throw DemoError("the \(name) cannot listen on 127.0.0.1:\(port): \(reason)", hint: "choose other ports with --port")
        }
        self.descriptor = descriptor
        self.port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in accept(serve) }
    }

    /// Stops accepting; connections that are open end by themselves.
    func close() {
        let first = closed.withLock { closed in
            defer { closed = true }
            return !closed
        }
        guard first else { return }
        shutdown(descriptor, Int32(SHUT_RDWR))
        Foundation.close(descriptor)
    }

    private func accept(_ serve: @escaping @Sendable (LoopbackConnection) -> Void) {
        while true {
            let client = Foundation.accept(descriptor, nil, nil)
            if client < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            Thread.detachNewThread {
                let connection = LoopbackConnection(descriptor: client)
                serve(connection)
                connection.close()
            }
        }
    }
}

/// One accepted connection, read line by line.
final class LoopbackConnection {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// A line longer than this ends the connection.
    private let longestLine = 64 * 1024

    init(descriptor: Int32) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// The next line without its line end; nil at the end of the stream, after a minute's silence, or for an endless line.
    func readLine() -> [UInt8]? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                var line = Array(buffer[..<end])
                buffer.removeFirst(end + 1)
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                return line
            }
            guard buffer.count < longestLine else { return nil }
            var chunk = [UInt8](repeating: 0, count: 16 * 1024)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            buffer.append(contentsOf: chunk[..<count])
        }
    }

    /// Sends all of the text; an error shows at the next read.
    func send(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func close() {
        Foundation.close(descriptor)
    }
}
