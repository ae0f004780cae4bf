import GRDBSQLite

extension DatabaseError {
    /// The error that SQLite reports on this connection for a result code.
    ///
    /// - Parameters:
    ///   - code: the extended result code (https://www.sqlite.org/rescode.html).
    ///   - connection: where its message is; nil for the generic text of the code.
    ///   - statement: the text of the statement.
    static func sqlite(_ code: CInt, _ connection: OpaquePointer?, statement: String? = nil) -> DatabaseError {
        let text = (connection.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)).map { String(cString: $0) } ?? "unknown error"
        let (kind, hint): (Code, String?) =
            switch code & 0xff {
            case SQLITE_CONSTRAINT: (.constraint, nil)
            case SQLITE_IOERR: (.inputOutput, "Check the disk and the system log, then start again.")
            case SQLITE_FULL: (.full, "Free some space on the device that holds the database.")
            case SQLITE_CORRUPT, SQLITE_NOTADB: (.corrupt, "Restore the last backup.")
            case SQLITE_BUSY, SQLITE_LOCKED: (.locked, "Close the other program that has the database open.")
            case SQLITE_CANTOPEN, SQLITE_PERM: (.cannotOpen, "Check the path and the permissions of the database and its folder.")
            case SQLITE_READONLY: (.misuse, "Write in a `write` transaction; check that the file is writable.")
            case SQLITE_MISUSE, SQLITE_RANGE: (.misuse, nil)
            default: (.statement, nil)
            }
        return DatabaseError(kind, "\(text).", hint: hint, statement: statement, engineCode: String(code))
    }

    /// Whether the connection cannot be trusted any more: a failed read or write, or a damaged file.
    var endsTheDatabase: Bool {
        switch code {
        case .inputOutput, .corrupt, .unknownOutcome: true
        default: false
        }
    }
}
