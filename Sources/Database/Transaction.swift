/// A transaction that is open: the only way to run statements.
///
/// Two engines implement it, SQLite and PostgreSQL, with one SQL text:
/// - Parameters are `$1…$n`, each used at least once, none left out. They are bound by number, wherever
///   and however often they stand in the text.
/// - A comment `/*+pg …*/` is read by PostgreSQL alone, `/*+sqlite …*/` by SQLite alone.
/// - One statement a call. No `BEGIN`, `COMMIT`, `ROLLBACK` or `SAVEPOINT`.
/// - A statement that fails ends the work: PostgreSQL ignores whatever follows, so here too every later
///   statement throws the first error again, and the work is rolled back even if its author swallowed it.
///   To act on a duplicate, say `ON CONFLICT … DO NOTHING` and look at the rows.
///
/// - Names and texts compare and sort by their bytes on both.
///
/// A transaction is used on the thread that made it and not kept after the body returns.
package protocol Transaction {
    /// Runs a statement and returns all its rows.
    /// - Throws: `DatabaseError`: `constraint`, `misuse`, `statement`, `inputOutput`, `full`, `corrupt`.
    func query(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> [Row]

    /// Runs a statement and returns the number of rows it inserted, updated or deleted.
    /// - Throws: as `query`.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> Int

    /// Runs a statement of which nothing is asked but that it succeeds.
    ///
    /// PostgreSQL is sent it together with the next statement that is asked for something, or with the COMMIT, and saves a
    /// journey; its error then comes with that one. Order is kept.
    /// - Throws: as `query`.
    func run(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError)

    /// From the next statement on, no other transaction is past this call with the same subject and key until this one ends.
    ///
    /// For what no row stands for yet. SQLite has one writer and does nothing. On PostgreSQL different keys may share a row and
    /// then wait for each other as well. Take several in one order everywhere, and rows after them.
    /// - Parameters:
    ///   - subject: what the key is a key of: a word of the program's own.
    ///   - key: any text.
    func exclude(_ subject: String, _ key: String) throws(DatabaseError)
}

extension Transaction {
    /// Runs a statement without parameters and returns all its rows.
    package func query(_ sql: String) throws(DatabaseError) -> [Row] { try query(sql, []) }

    /// Runs a statement without parameters and returns the number of changed rows.
    @discardableResult
    package func execute(_ sql: String) throws(DatabaseError) -> Int { try execute(sql, []) }

    /// The first row, nil if there is none. The statement runs to its end all the same.
    package func first(_ sql: String, _ arguments: [SQLValue] = []) throws(DatabaseError) -> Row? {
        try query(sql, arguments).first
    }
}
