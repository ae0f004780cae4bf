internal import Foundation
internal import Synchronization

/// A connected or listening Unix socket. All calls block: they are made on threads of their own.
final class UnixSocket: Sendable {
    /// Why a call failed: the system's number for it.
    struct Failure: Error { let code: CInt }

    private let descriptor: CInt
    /// What was received after the last line's end. Only the one thread that reads uses it.
    private let rest = Mutex<[UInt8]>([])

    private init(_ descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Connects to the socket at a path.
    static func connect(_ path: String) throws(Failure) -> UnixSocket {
        let socket = try make()
        try withAddress(path) { address, length throws(Failure) in
            guard Foundation.connect(socket.descriptor, address, length) == 0 else { throw Failure(code: errno) }
        }
        return socket
    }

    /// Listens at a path, mode 0600, in place of whatever a daemon that died has left there.
    static func listen(_ path: String) throws(Failure) -> UnixSocket {
        let socket = try make()
        unlink(path)
        try withAddress(path) { address, length throws(Failure) in
            guard bind(socket.descriptor, address, length) == 0 else { throw Failure(code: errno) }
        }
        // Nobody can connect before `listen`, so the mode is right from the first moment.
        guard chmod(path, 0o600) == 0, Foundation.listen(socket.descriptor, 16) == 0 else { throw Failure(code: errno) }
        return socket
    }

    /// Waits for the next client; nil once the socket is shut. A client of another user is turned away.
    /// - Parameter sendSeconds: how long one call of `send` waits for a client that does not read; then it is gone.
    func accept(sendSeconds: Int) -> UnixSocket? {
        while true {
            let client = Foundation.accept(descriptor, nil, nil)
            if client >= 0 {
                let socket = UnixSocket(client)
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                var patience = timeval(tv_sec: sendSeconds, tv_usec: 0)
                setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
                if socket.isOurs { return socket }
                continue
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: usleep(100_000)
            default: return nil
            }
        }
    }

    /// Wakes whoever waits on this socket; nothing is received any more.
    func shut() { _ = shutdown(descriptor, CInt(SHUT_RD)) }

    /// The next line without its end; nil at the end of the stream or when it is too long.
    func line(limit: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        return rest.withLock { rest in
            var searched = 0
            while true {
                if let end = rest[searched...].firstIndex(of: 0x0A) {
                    let line = Array(rest[..<end])
                    rest.removeSubrange(...end)
                    return line
                }
                searched = rest.count
                guard searched <= limit else { return nil }
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return nil }
                rest.append(contentsOf: buffer[..<count])
            }
        }
    }

    /// Sends all bytes; false when the other side is gone, or has not read for too long.
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Whether the other side runs as our user, or as root. The file's mode says so too; this does not depend on it.
    private var isOurs: Bool {
        // `struct ucred` of unix(7): process, user, group. The importer leaves it out.
        var credentials: [UInt32] = [0, 0, 0]
        var length = socklen_t(MemoryLayout<UInt32>.size * credentials.count)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0, length == 12 else { return false }
        return credentials[1] == geteuid() || credentials[1] == 0
    }

    private static func make() throws(Failure) -> UnixSocket {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        return UnixSocket(descriptor)
    }

    /// An address holds 107 bytes of path; a longer one is reached through its open folder.
    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(Failure) -> Void
    ) throws(Failure) {
        var address = sockaddr_un()
        let room = MemoryLayout.size(ofValue: address.sun_path) - 1
        var text = path
        var folder: CInt = -1
        if path.utf8.count > room {
            let parent = (path as NSString).deletingLastPathComponent
            folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { throw Failure(code: errno) }
            text = "/proc/self/fd/\(folder)/\((path as NSString).lastPathComponent)"
        }
        defer { if folder >= 0 { close(folder) } }
        guard text.utf8.count <= room else { throw Failure(code: ENAMETOOLONG) }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: text.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let failure = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Failure? in
                do throws(Failure) {
                    try body(pointer, size)
                    return nil
                } catch {
                    return error
                }
            }
        }
        if let failure { throw failure }
    }
}
