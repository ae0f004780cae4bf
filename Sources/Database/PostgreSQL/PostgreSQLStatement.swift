import CPostgreSQL

/// A statement that is prepared on one connection, for one set of parameter types.
struct PostgreSQLStatement {
    /// Its name on the server.
    let name: String
    /// The text, as the caller gave it.
    let sql: String
    /// The type of each parameter: what was given, or what the server made of a NULL.
    let types: [Oid]
    let columns: ColumnNames
    /// The type of each column.
    let columnTypes: [Oid]

    /// Whether these values may be sent to it.
    func takes(_ arguments: [SQLValue]) -> Bool {
        guard arguments.count == types.count else { return false }
        for (argument, type) in zip(arguments, types) where argument != .null && PostgreSQLType.of(argument) != type { return false }
        return true
    }
}

/// The types that are sent and received, by their fixed numbers (the server's pg_type.dat), all in binary form.
enum PostgreSQLType {
    static let bytea: Oid = 17
    static let name: Oid = 19
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let unknown: Oid = 705
    static let varchar: Oid = 1043
    static let numeric: Oid = 1700

    /// The type that a value is sent as; 0: the server decides.
    static func of(_ value: SQLValue) -> Oid {
        switch value {
        case .null: 0
        case .integer: int8
        case .text: text
        case .blob: bytea
        }
    }
}
