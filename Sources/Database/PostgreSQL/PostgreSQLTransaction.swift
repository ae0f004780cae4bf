import Cryptography

/// One piece of work's view of an open transaction on a connection. It remembers the first error, as the server does.
final class PostgreSQLTransaction: Transaction {
    private let connection: PostgreSQLConnection
    /// The first error of a statement, which ends the work.
    private(set) var failure: DatabaseError?

    init(_ connection: PostgreSQLConnection) { self.connection = connection }

    func query(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> [Row] {
        try attempt { () throws(DatabaseError) in try connection.run(sql, arguments).rows }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> Int {
        try attempt { () throws(DatabaseError) in try connection.run(sql, arguments).changed }
    }

    func run(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) {
        try attempt { () throws(DatabaseError) in try connection.enqueue(sql, arguments) }
    }

    func exclude(_ subject: String, _ key: String) throws(DatabaseError) {
        try run("SELECT slot FROM mutex WHERE slot = $1 FOR NO KEY UPDATE", [.integer(Mutexes.slot(subject, key))])
    }

    private func attempt<T>(_ body: () throws(DatabaseError) -> T) throws(DatabaseError) -> T {
        if let failure { throw failure }
        do {
            return try body()
        } catch {
            failure = error
            throw error
        }
    }
}

/// The rows of the table `mutex`: each stands for many names, so that there is nothing to add or to clean.
enum Mutexes {
    /// How many rows there are: 8 ranges of 128.
    static let count: Int64 = 1024

    /// The row of a name: its subject decides the range, so that names of two subjects seldom share one.
    static func slot(_ subject: String, _ key: String) -> Int64 {
        let range = Int64(Digest.sha256(Array(subject.utf8))[0] & 7)
        return range << 7 | Int64(Digest.sha256(Array(key.utf8))[0] & 127)
    }
}
