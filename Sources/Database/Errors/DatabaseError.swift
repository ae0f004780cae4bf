/// What went wrong in the database: what, in which statement, and what to do.
///
/// Values never appear in it: the statement is the text with its `$n`, and the engines' own
/// messages name tables and columns only.
package struct DatabaseError: Error, Sendable {
    /// The kinds a caller may tell apart.
    package enum Code: String, Sendable, CaseIterable {
        /// The queue of writes is full. Nothing was done; try again later (HTTP 503).
        case busy
        /// A unique, foreign-key, check or not-null rule refused the statement.
        case constraint
        /// COMMIT failed: the work may or may not be durable. The database accepts no further work.
        case unknownOutcome = "unknown_outcome"
        /// Reading or writing the file failed. Nothing of this work was committed.
        case inputOutput = "input_output"
        /// No room is left on the device. Nothing of this work was committed.
        case full
        /// The file is damaged, or is no database.
        case corrupt
        /// Another process has the database open.
        case locked
        /// The database was migrated by a newer version of the program.
        case newer
        /// A migration that was applied differs from the one in the program.
        case migration
        /// The database was closed, or stopped after an error.
        case closed
        /// The server cannot be reached, or stopped in the middle. Nothing of this work was committed; try again later.
        case unreachable
        /// The database could not be opened.
        case cannotOpen = "cannot_open"
        /// The program asked for something that cannot be: a wrong parameter, column or type.
        case misuse
        /// The engine refused the statement for any other reason.
        case statement
    }

    /// What kind of error.
    package let code: Code
    /// One sentence: what is wrong.
    package let message: String
    /// What to do about it, if there is something to do.
    package let hint: String?
    /// The text of the statement, without values.
    package let statement: String?
    /// The engine's own code: SQLite's extended result code as a number, or PostgreSQL's SQLSTATE.
    package let engineCode: String?

    package init(_ code: Code, _ message: String, hint: String? = nil, statement: String? = nil, engineCode: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.statement = statement
        self.engineCode = engineCode
    }
}

extension DatabaseError: CustomStringConvertible {
    /// The message, the engine's code, the hint and the statement, a line each.
    package var description: String {
        var text = "database: \(message)"
        if let engineCode { text += " [\(engineCode)]" }
        if let hint { text += "\n  hint: \(hint)" }
        if let statement { text += "\n  statement: \(statement.split(whereSeparator: \.isWhitespace).joined(separator: " "))" }
        return text
    }
}
