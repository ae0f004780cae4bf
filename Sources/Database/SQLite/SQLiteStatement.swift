import GRDBSQLite

/// A prepared statement, kept for the life of its connection and used by that connection's thread alone.
final class SQLiteStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private let sql: String
    /// For SQLite's parameter i (from 0) the argument it takes: `$2,$1` numbers by first appearance.
    private let order: [Int]
    private let columns: ColumnNames
    private let changesRows: Bool

    /// Prepares the text.
    /// - Throws: `DatabaseError`: `statement` for a text that SQLite refuses, `misuse` for parameters that
    ///   are not exactly `$1…$n`, for no statement, or for more than one.
    init(_ sql: String, on connection: OpaquePointer) throws(DatabaseError) {
        var prepared: OpaquePointer?
        var text = Dialect.sqlite.text(sql)
        let (code, restIsEmpty) = text.withUTF8 { bytes -> (CInt, Bool) in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    connection, characters.baseAddress, CInt(characters.count), UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail)
                guard let start = characters.baseAddress, let tail else { return (code, true) }
                return (code, bytes[(tail - start)...].allSatisfy { $0 <= 0x20 || $0 == UInt8(ascii: ";") })
            }
        }
        guard code == SQLITE_OK else { throw .sqlite(code, connection, statement: sql) }
        guard let prepared, restIsEmpty else {
            sqlite3_finalize(prepared)
            throw DatabaseError(.misuse, "The text must hold exactly one statement.", statement: sql)
        }
        let count = sqlite3_bind_parameter_count(prepared)
        let order = (0..<count).map { index -> Int in
            let name = sqlite3_bind_parameter_name(prepared, index + 1).map { String(cString: $0) } ?? ""
            return name.hasPrefix("$") ? (Int(name.dropFirst()) ?? 0) - 1 : -1
        }
        guard order.sorted() == Array(0..<Int(count)) else {
            sqlite3_finalize(prepared)
            throw DatabaseError(.misuse, "The parameters must be $1 to $n, none left out.", statement: sql)
        }
        self.sql = sql
        self.connection = connection
        self.order = order
        handle = prepared
        changesRows = sqlite3_stmt_readonly(prepared) == 0
        columns = ColumnNames(
            (0..<sqlite3_column_count(prepared)).map { index in
                sqlite3_column_name(prepared, index).map { String(cString: $0) } ?? ""
            })
    }

    /// Gives the statement back to SQLite; it is not used after.
    func finalize() { sqlite3_finalize(handle) }

    /// Runs the statement to its end.
    /// - Returns: the rows, in order.
    func rows(_ arguments: [SQLValue]) throws(DatabaseError) -> [Row] {
        try bind(arguments)
        defer { reset() }
        var rows: [Row] = []
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { return rows }
            guard code == SQLITE_ROW else { throw .sqlite(sqlite3_extended_errcode(connection), connection, statement: sql) }
            rows.append(Row(columns: columns, values: try values()))
        }
    }

    /// Runs the statement to its end and leaves its rows unread.
    /// - Returns: how many rows it inserted, updated or deleted.
    func run(_ arguments: [SQLValue]) throws(DatabaseError) -> Int {
        try bind(arguments)
        defer { reset() }
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { return changesRows ? Int(sqlite3_changes64(connection)) : 0 }
            guard code == SQLITE_ROW else { throw .sqlite(sqlite3_extended_errcode(connection), connection, statement: sql) }
        }
    }

    private func reset() {
        sqlite3_reset(handle)
        if !order.isEmpty { sqlite3_clear_bindings(handle) }
    }

    private func bind(_ arguments: [SQLValue]) throws(DatabaseError) {
        guard arguments.count == order.count else {
            throw DatabaseError(.misuse, "The statement takes \(order.count) values and was given \(arguments.count).", statement: sql)
        }
        for (position, source) in order.enumerated() {
            if case .text(let text) = arguments[source], text.utf8.contains(0) {
                reset()
                throw DatabaseError(.misuse, "The text for $\(source + 1) holds U+0000, which PostgreSQL cannot store.", statement: sql)
            }
            let code = bind(arguments[source], at: CInt(position + 1))
            guard code == SQLITE_OK else {
                reset()
                throw .sqlite(code, connection, statement: sql)
            }
        }
    }

    private func bind(_ value: SQLValue, at index: CInt) -> CInt {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let value): return sqlite3_bind_int64(handle, index, value)
        case .text(var value):
            return value.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_bind_text64(
                        handle, index, characters.baseAddress, UInt64(characters.count), Self.copied, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let value):
            // A null pointer would bind NULL, so an empty blob has a call of its own.
            if value.isEmpty { return sqlite3_bind_zeroblob(handle, index, 0) }
            return value.withUnsafeBytes { sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), Self.copied) }
        }
    }

    /// SQLITE_TRANSIENT, which is a cast that the importer leaves out: SQLite copies the bytes at once.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func values() throws(DatabaseError) -> [SQLValue] {
        let count = columns.names.count
        var values: [SQLValue] = []
        values.reserveCapacity(count)
        for index in 0..<CInt(count) { values.append(try value(at: index)) }
        return values
    }

    private func value(at index: CInt) throws(DatabaseError) -> SQLValue {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(handle, index) else { return .text("") }
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            guard let start = sqlite3_column_blob(handle, index) else { return .blob([]) }
            return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))))
        default:
            throw DatabaseError(
                .misuse, "The column “\(columns.names[Int(index)])” is a floating-point number.",
                hint: "Use BIGINT and integer arithmetic.", statement: sql)
        }
    }
}
