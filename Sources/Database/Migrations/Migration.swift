/// One step of the schema, forward only.
///
/// Once released, neither its number, its name nor its text may change: the database remembers the digest.
package struct Migration: Sendable, Hashable {
    /// 1, 2, 3 … without gaps.
    package let number: Int
    /// A few words: what it adds.
    package let name: String
    /// One or more statements, each ended by a semicolon, in the common dialect (`Transaction`), without parameters.
    package let sql: String

    package init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }
}
