/// What a statement's text tells before the server sees it: its parameters, and whether it is one statement.
///
/// SQLite says both; PostgreSQL does not mind a parameter that is left out.
struct PostgreSQLText {
    /// The numbers after `$`.
    private(set) var parameters = Set<Int>()
    /// Something follows a semicolon.
    private(set) var isSeveral = false
    /// There is anything but blanks and comments.
    private(set) var isStatement = false

    init(_ sql: String) {
        let bytes = Array(sql.utf8)
        var index = 0
        var ended = false
        func at(_ position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "-") where at(index + 1) == byte:
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
                continue
            case UInt8(ascii: "/") where at(index + 1) == UInt8(ascii: "*"):
                index += 2
                while index < bytes.count, !(bytes[index] == UInt8(ascii: "*") && at(index + 1) == UInt8(ascii: "/")) { index += 1 }
                index += 2
                continue
            case UInt8(ascii: ";"): ended = true
            case 0...0x20: break
            default:
                isStatement = true
                if ended { isSeveral = true }
                if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                    index += 1
                    while index < bytes.count, bytes[index] != byte { index += 1 }
                } else if byte == UInt8(ascii: "$") {
                    var number: Int?
                    while case 0x30...0x39 = at(index + 1), number ?? 0 < 100_000 {
                        number = (number ?? 0) * 10 + Int(bytes[index + 1] - 0x30)
                        index += 1
                    }
                    parameters.insert(number ?? 0)
                }
            }
            index += 1
        }
    }

    /// - Throws: `DatabaseError` (`misuse`): not one statement, or its parameters are not `$1…$n`, or n values were not given.
    static func check(_ sql: String, values: Int) throws(DatabaseError) {
        let text = PostgreSQLText(sql)
        guard text.isStatement, !text.isSeveral else {
            throw DatabaseError(.misuse, "The text must hold exactly one statement.", statement: sql)
        }
        guard text.parameters.sorted() == Array(0..<text.parameters.count).map({ $0 + 1 }) else {
            throw DatabaseError(.misuse, "The parameters must be $1 to $n, none left out.", statement: sql)
        }
        guard text.parameters.count == values else {
            throw DatabaseError(
                .misuse, "The statement takes \(text.parameters.count) values and was given \(values).", statement: sql)
        }
    }
}
