import Cryptography
import Foundation
import GRDB

/// A whole copy of a database in one file.
package struct DatabaseCopy: Sendable, Hashable {
    package var bytes: Int64
    /// SHA-256 of the file, 32 bytes.
    package var sha256: [UInt8]

    package init(bytes: Int64, sha256: [UInt8]) {
        self.bytes = bytes
        self.sha256 = sha256
    }
}

/// Copies a database to a file while work goes on, on a connection of its own.
///
/// `VACUUM INTO` (https://www.sqlite.org/lang_vacuum.html#vacuuminto) reads one snapshot, so the copy is the books as they were
/// at one moment. It appears under its name only when it is whole, checked and on the disk.
enum SQLiteBackup {
    /// - Parameters:
    ///   - source: the database's file, open in this process.
    ///   - target: does not exist yet; its folder does.
    /// - Throws: `DatabaseError`: `cannotOpen`, `inputOutput`, `full`, `corrupt`.
    static func run(_ source: String, to target: String) throws(DatabaseError) -> DatabaseCopy {
        guard access(target, F_OK) != 0 else {
            throw DatabaseError(.cannotOpen, "\(target) is there already.", hint: "A backup never replaces a file: name another folder.")
        }
        let draft = target + ".part"
        unlink(draft)
        do throws(DatabaseError) {
            // Made by us beforehand: VACUUM INTO takes an empty file, and this one nobody else may read.
            close(try SQLiteFiles.create(draft))
            let reader = try SQLiteOpening.reader(source, 100)
            try SQLiteOpening.use(reader) { connection throws(DatabaseError) in
                defer { connection.close() }
                _ = try connection.statement("VACUUM INTO $1").run([.text(draft)])
            }
            try? reader.close()
            try check(draft)
            try SQLiteFiles.sync(draft)
            let copy = try SQLiteFiles.measure(draft)
            guard rename(draft, target) == 0 else { throw SQLiteFiles.failure("The backup \(target) cannot be named", errno) }
            try SQLiteFiles.syncFolder(of: target)
            return copy
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// Has SQLite read the whole file: every page, row and index.
    /// - Throws: `DatabaseError` (`corrupt`) with the first thing that is wrong.
    static func check(_ path: String) throws(DatabaseError) {
        let copy = try SQLiteOpening.reader(path, 101)
        let answer = try SQLiteOpening.use(copy) { connection throws(DatabaseError) in
            defer { connection.close() }
            return try connection.value("PRAGMA integrity_check(1)")
        }
        try? copy.close()
        guard answer == .text("ok") else {
            throw DatabaseError(.corrupt, "The copy \(path) is damaged.", hint: "Check the disk, and use another copy.")
        }
    }
}
