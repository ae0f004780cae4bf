internal import Database

/// Reads a row's columns in the order of the select list: by position, for rows that are read thousands of times a second.
struct RowReader {
    private let row: Row
    private var position = 0

    init(_ row: Row) { self.row = row }

    mutating func int() throws(DatabaseError) -> Int64 {
        guard let value = try optionalInt() else { throw wrong("BIGINT") }
        return value
    }

    mutating func optionalInt() throws(DatabaseError) -> Int64? {
        switch next() {
        case .integer(let value): return value
        case .null: return nil
        default: throw wrong("BIGINT")
        }
    }

    mutating func text() throws(DatabaseError) -> String {
        guard let value = try optionalText() else { throw wrong("TEXT") }
        return value
    }

    mutating func optionalText() throws(DatabaseError) -> String? {
        switch next() {
        case .text(let value): return value
        case .null: return nil
        default: throw wrong("TEXT")
        }
    }

    mutating func blob() throws(DatabaseError) -> [UInt8] {
        guard let value = try optionalBlob() else { throw wrong("BLOB") }
        return value
    }

    mutating func optionalBlob() throws(DatabaseError) -> [UInt8]? {
        switch next() {
        case .blob(let value): return value
        case .null: return nil
        default: throw wrong("BLOB")
        }
    }

    private mutating func next() -> SQLValue {
        defer { position += 1 }
        return row[position]
    }

    private func wrong(_ type: String) -> DatabaseError {
        DatabaseError(.misuse, "Column \(position) of \(row.names.joined(separator: ", ")) is not \(type).")
    }
}
