import Dispatch
import Glibc
import Synchronization

/// Serves a published site on loopback, for `keyfront serve` and `keyfront demo`.
///
/// GET and HEAD, HTTP/1.1 with connections kept open, `index.html` in folders, the site's own
/// `404.html`, entity tags. It is a preview and not a web server for the world: it listens on
/// 127.0.0.1 alone, on threads of its own, at most ``connectionLimit`` connections at once.
package final class StaticServer: Sendable {
    /// Connections served at once; one more waits in the kernel's queue.
    package static let connectionLimit = 64

    /// The port it listens on.
    package let port: Int

    private let listener: Int32
    private let root: String
    private let base: String
    private let preview: Preview?
    private let stopped = Atomic<Bool>(false)
    private let open = Mutex<Set<Int32>>([])
    private let slots = DispatchSemaphore(value: connectionLimit)

    /// Starts listening and serving.
    ///
    /// - Parameters:
    ///   - root: the published folder.
    ///   - port: 0 lets the system choose; see ``port``.
    ///   - base: the path of the shop's URL, for a shop that does not live at its host's root.
    ///   - preview: what is shown instead of `root` and `base`, for pages that follow the merchant's edits.
    /// - Throws: ``SiteError`` `listen` when the port is taken or not allowed.
    package init(root: String, port: Int, base: String = "", preview: Preview? = nil) throws(SiteError) {
        guard (0...65535).contains(port) else {
            throw SiteError(.listen, "\(port) is not a port", hint: "give a number from 1 to 65535, or 0")
        }
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw Files.failure("cannot make a socket", root, code: .listen) }
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) }
        }
        guard bound == 0, listen(listener, 128) == 0 else {
            let reason = String(cString: strerror(errno))
            close(listener)
            throw SiteError(.listen, "cannot listen on 127.0.0.1:\(port): \(reason)", hint: "choose another port with --port, or 0 for any")
        }
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        self.port = Int(in_port_t(bigEndian: address.sin_port))
        self.listener = listener
        self.root = root
        self.base = base
        self.preview = preview
        Self.detach { [self] in accept() }
    }

    /// Stops listening, and cuts the connections that are open. May be called twice.
    package func stop() {
        guard !stopped.exchange(true, ordering: .sequentiallyConsistent) else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
    }

    /// Connections may take long: each has a thread of its own, never one of a shared pool.
    private static func detach(_ body: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "keyfront.static", qos: .userInitiated).async(execute: body)
    }

    private func accept() {
        while !stopped.load(ordering: .relaxed) {
            slots.wait()
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0, !stopped.load(ordering: .relaxed) else {
                if connection >= 0 { close(connection) }
                slots.signal()
                if errno == EMFILE || errno == ENFILE { usleep(50_000) }
                continue
            }
            open.withLock { _ = $0.insert(connection) }
            Self.detach { [self] in
                serve(connection)
                open.withLock {
                    $0.remove(connection)
                    close(connection)
                }
                slots.signal()
            }
        }
        close(listener)
    }

    private func serve(_ connection: Int32) {
        var limit = timeval(tv_sec: 15, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var on: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var buffer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while true {
            while let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = RequestHead(buffer[..<end.lowerBound])
                buffer.removeSubrange(..<end.upperBound)
                if let preview, head?.method == "GET", head?.names == [Preview.folder, "events"] {
                    return preview.stream(to: { self.send($0, on: connection) }, connection: connection)
                }
                let showing = preview?.showing
                let files = PublishedFiles(root: showing?.root ?? root, base: showing?.base ?? base, preview: showing)
                let reply = files.reply(to: head)
                guard send(reply, on: connection), head?.keepsOpen == true else { return }
            }
            guard buffer.count < 16_384 else { return }
            let got = recv(connection, &chunk, chunk.count, 0)
            guard got > 0 else { return }
            buffer += chunk[..<got]
        }
    }

    private func send(_ bytes: [UInt8], on connection: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress?.advanced(by: done), bytes.count - done, Int32(MSG_NOSIGNAL))
            }
            guard put > 0 else { return false }
            done += put
        }
        return true
    }
}
