import Cryptography
import Foundation

/// What is done to whole database files: made private, flushed, measured, copied.
enum SQLiteFiles {
    /// Makes a new file that only its owner may read.
    /// - Returns: its descriptor, open for writing.
    /// - Throws: `DatabaseError` (`cannotOpen`).
    static func create(_ path: String) throws(DatabaseError) -> CInt {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("\(path) cannot be made", errno) }
        return descriptor
    }

    /// Waits until a file's content is on the disk.
    static func sync(_ path: String) throws(DatabaseError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("\(path) cannot be opened", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("\(path) cannot be written to disk", errno, .inputOutput) }
    }

    /// Waits until the names in a file's folder are on the disk.
    static func syncFolder(of path: String) throws(DatabaseError) {
        let folder = (path as NSString).deletingLastPathComponent
        try sync(folder.isEmpty ? "." : folder)
    }

    /// A file's size and digest.
    static func measure(_ path: String) throws(DatabaseError) -> DatabaseCopy {
        try read(path) { _ in }
    }

    /// Copies a file to a new, private one, and measures it on the way.
    static func copy(_ source: String, to target: String) throws(DatabaseError) -> DatabaseCopy {
        let descriptor = try create(target)
        defer { close(descriptor) }
        let copy = try read(source) { piece in
            var rest = piece
            while !rest.isEmpty {
                let count = write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure("\(target) cannot be written", errno, errno == ENOSPC ? .full : .inputOutput) }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
        guard fsync(descriptor) == 0 else { throw failure("\(target) cannot be written to disk", errno, .inputOutput) }
        return copy
    }

    private static func read(_ path: String, _ piece: (UnsafeRawBufferPointer) throws -> Void) throws(DatabaseError) -> DatabaseCopy {
        var bytes: Int64 = 0
        do {
            let digest = try FileDigest.sha256(path) { part in
                bytes += Int64(part.count)
                try piece(part)
            }
            return DatabaseCopy(bytes: bytes, sha256: digest)
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(.cannotOpen, "\(error)", hint: "Check the path and its permissions.")
        }
    }

    static func failure(_ what: String, _ code: CInt, _ kind: DatabaseError.Code = .cannotOpen) -> DatabaseError {
        DatabaseError(kind, "\(what): \(String(cString: strerror(code))).", hint: "Check the path and its permissions.")
    }
}
