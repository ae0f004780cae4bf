import CPostgreSQL

/// The values of one call, laid out for libpq in binary form: integers big-endian, texts and blobs as their bytes.
///
/// Binary, because a blob as text is twice as long and everything else would be parsed twice.
struct PostgreSQLValues {
    private var bytes: [UInt8] = []
    private var places: [(start: Int, length: Int)?] = []

    /// - Throws: `DatabaseError` (`misuse`): U+0000 in a text.
    init(_ values: [SQLValue], statement: String) throws(DatabaseError) {
        places.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            let start = bytes.count
            switch value {
            case .null:
                places.append(nil)
                continue
            case .integer(let value): withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
            case .text(let value):
                guard !value.utf8.contains(0) else {
                    throw DatabaseError(
                        .misuse, "The text for $\(index + 1) holds U+0000, which PostgreSQL cannot store.", statement: statement)
                }
                bytes.append(contentsOf: value.utf8)
            case .blob(let value): bytes.append(contentsOf: value)
            }
            places.append((start, bytes.count - start))
        }
        // So that an empty value has an address, which a NULL has not.
        bytes.append(0)
    }

    /// Calls libpq with pointers, lengths and formats that last as long as the call.
    func send(_ body: ([UnsafePointer<CChar>?], [CInt], [CInt]) -> CInt) -> CInt {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                let pointers = places.map { place in place.flatMap { place in characters.baseAddress.map { $0 + place.start } } }
                return body(pointers, places.map { CInt($0?.length ?? 0) }, [CInt](repeating: 1, count: places.count))
            }
        }
    }
}

/// The rows of a result, in binary form.
struct PostgreSQLRows {
    let result: OpaquePointer
    let statement: PostgreSQLStatement

    /// - Throws: `DatabaseError` (`misuse`) for a column of another type, or a number that is no BIGINT.
    func read() throws(DatabaseError) -> [Row] {
        var rows: [Row] = []
        let count = PQntuples(result)
        rows.reserveCapacity(Int(count))
        for row in 0..<count {
            var values: [SQLValue] = []
            values.reserveCapacity(statement.columnTypes.count)
            for column in statement.columnTypes.indices { values.append(try value(row, column)) }
            rows.append(Row(columns: statement.columns, values: values))
        }
        return rows
    }

    private func value(_ row: CInt, _ column: Int) throws(DatabaseError) -> SQLValue {
        guard PQgetisnull(result, row, CInt(column)) == 0, let start = PQgetvalue(result, row, CInt(column)) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, CInt(column))))
        switch statement.columnTypes[column] {
        case PostgreSQLType.int8 where bytes.count == 8: return .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        case PostgreSQLType.int4 where bytes.count == 4: return .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
        case PostgreSQLType.int2 where bytes.count == 2: return .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
        case PostgreSQLType.text, PostgreSQLType.varchar, PostgreSQLType.name, PostgreSQLType.unknown:
            return .text(String(decoding: bytes, as: UTF8.self))
        case PostgreSQLType.bytea: return .blob([UInt8](bytes))
        case PostgreSQLType.numeric:
            // The sum of BIGINTs is of this type.
            if let value = Self.integer(numeric: bytes) { return .integer(value) }
        default: break
        }
        throw DatabaseError(
            .misuse, "The column “\(statement.columns.names[column])” is no BIGINT, TEXT or BLOB.",
            hint: "Use integer arithmetic, or CAST (… AS BIGINT).", statement: statement.sql)
    }

    /// A `numeric` without a fraction: count, weight, sign and scale, then digits to the base of 10,000 (the server's numeric.c).
    static func integer(numeric bytes: UnsafeRawBufferPointer) -> Int64? {
        guard bytes.count >= 8, bytes.count.isMultiple(of: 2) else { return nil }
        let words = stride(from: 0, to: bytes.count, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        let (count, weight, negative) = (words[0], Int(Int16(truncatingIfNeeded: words[1])), words[2] == 0x4000)
        guard words.count == 4 + count, words[2] == 0 || negative, words[3] == 0, count == 0 || count <= weight + 1 else { return nil }
        var value: Int64 = 0
        for place in 0..<max(0, count == 0 ? 0 : weight + 1) {
            let digit = place < count ? Int64(words[4 + place]) : 0
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, more) = negative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
            if overflow || more { return nil }
            value = sum
        }
        return value
    }
}
