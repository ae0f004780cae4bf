/// One row of a result: values by position or by column name.
///
/// The names are shared by all rows of a statement; a row itself is one array.
package struct Row: Sendable {
    let columns: ColumnNames
    /// The values in the order of the select list.
    package let values: [SQLValue]

    /// The column names in the order of the select list.
    package var names: [String] { columns.names }

    /// The value at a position, from 0; `.null` outside the row.
    package subscript(_ index: Int) -> SQLValue {
        values.indices.contains(index) ? values[index] : .null
    }

    /// The value of a named column.
    /// - Throws: `DatabaseError` (`misuse`) if the result has no such column.
    package func value(_ name: String) throws(DatabaseError) -> SQLValue {
        guard let index = columns.index(name) else {
            throw DatabaseError(.misuse, "The result has no column “\(name)”; it has \(names.joined(separator: ", ")).")
        }
        return values[index]
    }

    /// A BIGINT that is not NULL.
    /// - Throws: `DatabaseError` (`misuse`) if the column is missing, NULL, or of another type.
    package func int(_ name: String) throws(DatabaseError) -> Int64 {
        guard let value = try optionalInt(name) else { throw wrongType(name, .null, "BIGINT") }
        return value
    }

    /// A BIGINT, nil if NULL.
    package func optionalInt(_ name: String) throws(DatabaseError) -> Int64? {
        switch try value(name) {
        case .integer(let value): return value
        case .null: return nil
        case let other: throw wrongType(name, other, "BIGINT")
        }
    }

    /// A BIGINT read as a flag: true unless 0.
    package func flag(_ name: String) throws(DatabaseError) -> Bool { try int(name) != 0 }

    /// A TEXT that is not NULL.
    /// - Throws: `DatabaseError` (`misuse`) if the column is missing, NULL, or of another type.
    package func text(_ name: String) throws(DatabaseError) -> String {
        guard let value = try optionalText(name) else { throw wrongType(name, .null, "TEXT") }
        return value
    }

    /// A TEXT, nil if NULL.
    package func optionalText(_ name: String) throws(DatabaseError) -> String? {
        switch try value(name) {
        case .text(let value): return value
        case .null: return nil
        case let other: throw wrongType(name, other, "TEXT")
        }
    }

    /// A BLOB that is not NULL.
    /// - Throws: `DatabaseError` (`misuse`) if the column is missing, NULL, or of another type.
    package func blob(_ name: String) throws(DatabaseError) -> [UInt8] {
        guard let value = try optionalBlob(name) else { throw wrongType(name, .null, "BLOB") }
        return value
    }

    /// A BLOB, nil if NULL.
    package func optionalBlob(_ name: String) throws(DatabaseError) -> [UInt8]? {
        switch try value(name) {
        case .blob(let value): return value
        case .null: return nil
        case let other: throw wrongType(name, other, "BLOB")
        }
    }

    private func wrongType(_ name: String, _ value: SQLValue, _ wanted: String) -> DatabaseError {
        DatabaseError(.misuse, "The column “\(name)” holds \(value.typeName) where \(wanted) is wanted.")
    }
}

/// The names of a statement's columns, made once for each prepared statement.
final class ColumnNames: Sendable {
    let names: [String]

    init(_ names: [String]) { self.names = names }

    /// The position of a name. A select list is short, so a scan beats a dictionary.
    func index(_ name: String) -> Int? { names.firstIndex(of: name) }
}
