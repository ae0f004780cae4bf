import Foundation
import Synchronization

/// The database's file on disk: its folder, its mode, and the lock that keeps a second process out.
///
/// The lock is a file of its own, because closing any descriptor of the database file drops SQLite's POSIX
/// locks on it (https://www.sqlite.org/howtocorrupt.html §2.2). It is held until `unlock` or the last reference goes.
final class SQLiteFile: Sendable {
    /// The absolute or relative path of the database.
    let path: String
    private let lock: Mutex<CInt?>

    /// Creates folder (mode 0700) and file (mode 0600) where missing, and takes the lock.
    /// - Throws: `DatabaseError`: `locked` naming the process that holds it, `cannotOpen`.
    init(_ path: String) throws(DatabaseError) {
        self.path = path
        try Self.createFolder(of: path)
        lock = Mutex(try Self.takeLock(path + ".lock"))
        try Self.createFile(path)
    }

    deinit { unlock() }

    /// Lets another process open the database.
    func unlock() {
        lock.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }

    static func createFolder(of path: String) throws(DatabaseError) {
        let folder = (path as NSString).deletingLastPathComponent
        guard !folder.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DatabaseError(.cannotOpen, "The folder \(folder) of the database cannot be created.", hint: "Check its permissions.")
        }
    }

    /// Takes the lock and leaves this process's number in the file for the next one's message.
    static func takeLock(_ path: String) throws(DatabaseError) -> CInt {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("The lock file \(path) cannot be opened", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var buffer = [UInt8](repeating: 0, count: 32)
            let count = read(descriptor, &buffer, buffer.count)
            close(descriptor)
            let holder = String(decoding: buffer.prefix(max(0, count)).prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self)
            throw DatabaseError(
                .locked, "The database is in use by \(holder.isEmpty ? "another process" : "process \(holder)").",
                hint: "Only one process may write it. Stop that one, or let it do the work.")
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.count, 0) == text.count else {
            let code = errno
            close(descriptor)
            throw failure("The lock file \(path) cannot be written", code)
        }
        return descriptor
    }

    /// Creates the file before SQLite does, because SQLite gives its log and shared memory the same mode,
    /// and makes its name durable.
    private static func createFile(_ path: String) throws(DatabaseError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            try SQLiteFiles.syncFolder(of: path)
        } else if errno != EEXIST {
            throw failure("The database \(path) cannot be created", errno)
        } else if chmod(path, 0o600) != 0 {
            throw failure("The mode of \(path) cannot be set to 0600", errno)
        }
    }

    private static func failure(_ what: String, _ code: CInt) -> DatabaseError {
        DatabaseError(.cannotOpen, "\(what): \(String(cString: strerror(code))).", hint: "Check the path and its permissions.")
    }
}
