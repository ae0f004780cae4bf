/// One piece of work's view of an open transaction on a connection.
///
/// It remembers the first error: what PostgreSQL does by itself (every later statement is refused) holds here too.
final class SQLiteTransaction: Transaction {
    private let connection: SQLiteConnection
    /// The first error of a statement, which ends the work.
    private(set) var failure: DatabaseError?

    init(_ connection: SQLiteConnection) { self.connection = connection }

    func query(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> [Row] {
        try run { () throws(DatabaseError) in try connection.statement(sql).rows(arguments) }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> Int {
        try run { () throws(DatabaseError) in try connection.statement(sql).run(arguments) }
    }

    func run(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) { _ = try execute(sql, arguments) }

    /// There is one writer, so nobody to keep out.
    func exclude(_ subject: String, _ key: String) {}

    private func run<T>(_ body: () throws(DatabaseError) -> T) throws(DatabaseError) -> T {
        if let failure { throw failure }
        do {
            return try body()
        } catch {
            failure = error
            throw error
        }
    }
}
