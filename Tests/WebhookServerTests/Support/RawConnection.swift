import Foundation
import Testing

/// A TCP connection to 127.0.0.1 that sends what it is told, as slowly as it is told: for clients that misbehave.
final class RawConnection: Sendable {
    private let descriptor: CInt

    init(port: Int) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // Closed by `deinit`, which runs after this throw too: to close twice would close what another thread has just opened.
        guard result == 0 else { throw Peer.Failure(description: "nobody listens") }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
    }

    /// All that arrives until the server closes; nil when it does not within 30 seconds. Waits on a thread of its own.
    func received() async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4096)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    if count > 0 {
                        bytes += buffer[..<count]
                        continue
                    }
                    let isOver = count == 0 || errno == ECONNRESET
                    return continuation.resume(returning: isOver ? String(decoding: bytes, as: UTF8.self) : nil)
                }
            }
        }
    }
}
