import CPostgreSQL
import Foundation

/// A connection to a server, used by one thread for its whole life, with its prepared statements.
///
/// It is always in libpq's pipeline mode (https://www.postgresql.org/docs/15/libpq-pipeline-mode.html): what is enqueued
/// travels together with the next statement whose answer is waited for.
final class PostgreSQLConnection {
    private let handle: OpaquePointer
    private var statements: [String: [PostgreSQLStatement]] = [:]
    private var prepared = 0
    /// What was sent and not answered yet.
    private var pending: [PostgreSQLStatement] = []
    /// The connection broke, or the server ended it: it is of no more use.
    private(set) var isLost = false

    /// So many statements travel together at most, so that neither side's buffer fills up.
    private static let pipelineLimit = 64

    /// Connects, blocking the thread.
    /// - Throws: `DatabaseError` (`unreachable`).
    init(_ address: PostgreSQLAddress) throws(DatabaseError) {
        guard let handle = address.connect() else { throw DatabaseError(.unreachable, "libpq is out of memory.") }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = address.message(handle)
            PQfinish(handle)
            throw DatabaseError(
                .unreachable, "The database cannot be reached: \(message).", hint: "Check its address and whether it runs.")
        }
        keyfront_pq_silence(handle)
        PQenterPipelineMode(handle)
        self.handle = handle
    }

    deinit { PQfinish(handle) }

    /// A setting that the server reports, `server_encoding` for one.
    func parameter(_ name: String) -> String? { PQparameterStatus(handle, name).map { String(cString: $0) } }

    /// The server's version: 150020 is 15.20.
    var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// Whether a transaction is open, as far as the server has answered.
    var inTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Breaks the connection, as a network does.
    /// - Returns: what a caller is told.
    func cut() -> DatabaseError {
        _ = shutdown(PQsocket(handle), CInt(SHUT_RDWR))
        return lost()
    }

    /// Waits until something was answered, and leaves it unread.
    func awaitAnswer() {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, 10_000)
    }

    /// Sends a statement with the next one whose answer is waited for.
    /// - Throws: `DatabaseError` of this statement as far as it can be known now, or of an earlier one.
    func enqueue(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) {
        let statement = try statement(sql, arguments)
        if pending.count >= Self.pipelineLimit { _ = try answers() }
        let sent = try PostgreSQLValues(arguments, statement: sql).send { values, lengths, formats in
            PQsendQueryPrepared(handle, statement.name, CInt(arguments.count), values, lengths, formats, 1)
        }
        guard sent == 1 else { throw lost() }
        pending.append(statement)
    }

    /// Runs a statement, after everything that was enqueued.
    /// - Returns: its rows, and how many it inserted, updated or deleted.
    /// - Throws: `DatabaseError`: the first error of it and those before it.
    func run(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> (rows: [Row], changed: Int) {
        try enqueue(sql, arguments)
        return try answers()
    }

    /// Waits for the answers of all that was enqueued.
    /// - Returns: the last one's.
    /// - Throws: `DatabaseError`: the first error.
    @discardableResult
    func answers() throws(DatabaseError) -> (rows: [Row], changed: Int) {
        guard !pending.isEmpty else { return ([], 0) }
        try synchronise()
        return try collect()
    }

    /// Marks the end of what belongs together and sends it off.
    func synchronise() throws(DatabaseError) {
        guard !isLost, PQpipelineSync(handle) == 1 else { throw lost() }
    }

    /// Reads the answers up to the mark.
    func collect() throws(DatabaseError) -> (rows: [Row], changed: Int) {
        let expected = pending
        pending.removeAll(keepingCapacity: true)
        var failure: DatabaseError?
        var answer: (rows: [Row], changed: Int) = ([], 0)
        for (index, statement) in expected.enumerated() {
            guard let result = PQgetResult(handle) else { throw lost() }
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK where index == expected.count - 1:
                do {
                    answer = (try PostgreSQLRows(result: result, statement: statement).read(), Self.changed(result))
                } catch {
                    failure = failure ?? error
                }
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                answer = ([], Self.changed(result))
            case PGRES_PIPELINE_ABORTED:
                // After an error the server skips what follows, and that error is the one to tell.
                failure = failure ?? DatabaseError(.statement, "The statement was skipped.", statement: statement.sql)
            default:
                failure = failure ?? .postgreSQL(result, statement: statement.sql)
            }
            if PQstatus(handle) == CONNECTION_BAD { throw lost(failure) }
            while let rest = PQgetResult(handle) { PQclear(rest) }
        }
        try endOfPipeline()
        if let failure { throw failure }
        return answer
    }

    /// Runs a text of several statements without parameters, with nothing pending, as a migration is.
    func script(_ sql: String) throws(DatabaseError) {
        try answers()
        guard !isLost, PQexitPipelineMode(handle) == 1 else { throw lost() }
        defer { PQenterPipelineMode(handle) }
        guard let result = PQexec(handle, Dialect.pg.text(sql)) else { throw lost() }
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY { return }
        let failure = DatabaseError.postgreSQL(result, statement: nil)
        throw PQstatus(handle) == CONNECTION_BAD ? lost(failure) : failure
    }

    /// Ends an open transaction without a trace. A connection that cannot do that is lost, and the server does it then.
    /// - Returns: the error of something that was still under way.
    @discardableResult
    func rollBack() -> DatabaseError? {
        var late: DatabaseError?
        do { try answers() } catch { late = error }
        if !isLost, inTransaction { _ = try? run("ROLLBACK", []) }
        return late
    }

    /// What a caller is told when the connection broke; from now on it is lost.
    func lost(_ cause: DatabaseError? = nil) -> DatabaseError {
        isLost = true
        pending = []
        guard let cause, cause.code == .unreachable else { return .connectionLost }
        return cause
    }

    // MARK: - Prepared statements

    /// The prepared statement for a text and values of such types, prepared at its first use.
    /// The texts are the program's own, so they are few, and none is ever dropped.
    private func statement(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> PostgreSQLStatement {
        if let known = statements[sql]?.first(where: { $0.takes(arguments) }) { return known }
        try PostgreSQLText.check(sql, values: arguments.count)
        try answers()
        let statement = try prepare(sql, arguments.map(PostgreSQLType.of))
        guard statement.takes(arguments) else {
            throw DatabaseError(.misuse, "The server wants other types than BIGINT, TEXT and BLOB here.", statement: sql)
        }
        statements[sql, default: []].append(statement)
        return statement
    }

    private func prepare(_ sql: String, _ types: [Oid]) throws(DatabaseError) -> PostgreSQLStatement {
        prepared += 1
        let name = "k\(prepared)"
        guard !isLost, PQsendPrepare(handle, name, Dialect.pg.text(sql), CInt(types.count), types) == 1,
            PQsendDescribePrepared(handle, name) == 1, PQpipelineSync(handle) == 1
        else { throw lost() }
        var failure: DatabaseError?
        var description: PostgreSQLStatement?
        for _ in 0..<2 {
            guard let result = PQgetResult(handle) else { throw lost() }
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_COMMAND_OK {
                description = Self.description(result, name: name, sql: sql)
            } else if failure == nil {
                failure = .postgreSQL(result, statement: sql)
            }
            if PQstatus(handle) == CONNECTION_BAD { throw lost(failure) }
            while let rest = PQgetResult(handle) { PQclear(rest) }
        }
        try endOfPipeline()
        if let failure { throw failure }
        guard let description else { throw lost() }
        return description
    }

    private static func description(_ result: OpaquePointer, name: String, sql: String) -> PostgreSQLStatement {
        let fields = 0..<PQnfields(result)
        return PostgreSQLStatement(
            name: name, sql: sql, types: (0..<PQnparams(result)).map { PQparamtype(result, $0) },
            columns: ColumnNames(fields.map { index in PQfname(result, index).map { String(cString: $0) } ?? "" }),
            columnTypes: fields.map { PQftype(result, $0) })
    }

    private func endOfPipeline() throws(DatabaseError) {
        guard let mark = PQgetResult(handle) else { throw lost() }
        defer { PQclear(mark) }
        guard PQresultStatus(mark) == PGRES_PIPELINE_SYNC else { throw lost() }
    }

    /// The count in the command's tag, `UPDATE 3`; what only reads changes nothing.
    private static func changed(_ result: OpaquePointer) -> Int {
        guard let tag = PQcmdStatus(result), tag.pointee != CChar(UInt8(ascii: "S")), let count = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: count)) ?? 0
    }
}
