import Glibc

/// Speaks to a server on loopback in raw bytes, so that requests a well-behaved client would not send can be sent.
enum LoopbackClient {
    /// Sends text and returns all that comes back until the server closes.
    static func exchange(_ request: String, port: Int) -> String {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return "" }
        _ = Array(request.utf8).withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let got = recv(connection, &chunk, chunk.count, 0)
            guard got > 0 else { break }
            received += chunk[..<got]
        }
        return String(decoding: received, as: UTF8.self)
    }

    /// One request on a connection of its own.
    static func get(_ target: String, method: String = "GET", headers: String = "", port: Int) -> String {
        exchange("\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(headers)Connection: close\r\n\r\n", port: port)
    }
}
