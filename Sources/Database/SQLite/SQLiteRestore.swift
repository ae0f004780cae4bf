import Foundation

/// Puts a copy of a database in its place, in two steps, so that it can be proven in between.
enum SQLiteRestore {
    /// Where a copy waits beside the database whose place it is to take.
    static func staged(_ path: String) -> String { path + ".restoring" }

    /// Copies a file beside the database, checking that it is the one that was made and that SQLite can read all of it.
    /// - Throws: `DatabaseError`: `corrupt` when it is another file or damaged, `cannotOpen`, `inputOutput`, `full`.
    static func stage(_ copy: String, _ known: DatabaseCopy, for path: String) throws(DatabaseError) {
        let target = staged(path)
        discard(target)
        do throws(DatabaseError) {
            try SQLiteFile.createFolder(of: path)
            guard try SQLiteFiles.copy(copy, to: target) == known else {
                throw DatabaseError(
                    .corrupt, "\(copy) is not the file that was backed up.", hint: "Its size or digest differs: use another backup.")
            }
            try SQLiteBackup.check(target)
        } catch {
            discard(target)
            throw error
        }
    }

    /// Gives the staged copy the database's name.
    /// - Parameter old: where a database that is there is moved to; nil: it must not be there.
    /// - Throws: `DatabaseError`: `locked` when a process has it open, `cannotOpen`.
    static func adopt(_ path: String, old: String?) throws(DatabaseError) {
        let lock = try SQLiteFile.takeLock(path + ".lock")
        defer { close(lock) }
        if access(path, F_OK) == 0 {
            guard let old else {
                throw DatabaseError(.cannotOpen, "\(path) is there already.", hint: "--replace keeps it under another name.")
            }
            // The log first: a database without its log is older, a log without its database is nothing.
            for suffix in ["-wal", "-shm", ""] where access(path + suffix, F_OK) == 0 {
                guard rename(path + suffix, old + suffix) == 0 else {
                    throw SQLiteFiles.failure("\(path + suffix) cannot be moved to \(old + suffix)", errno)
                }
            }
        }
        guard rename(staged(path), path) == 0 else { throw SQLiteFiles.failure("\(path) cannot be put in place", errno) }
        discard(staged(path))
        try SQLiteFiles.syncFolder(of: path)
    }

    /// Removes a staged copy and what SQLite left beside it.
    static func discard(_ target: String) {
        for suffix in ["", "-wal", "-shm", ".lock"] { unlink(target + suffix) }
    }
}
