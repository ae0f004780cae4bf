/// Which engine reads a statement, and how its hints are opened.
///
/// `/*+pg FOR UPDATE SKIP LOCKED*/` is a comment to SQLite; for PostgreSQL the markers go and the words stay.
enum Dialect: String, Sendable {
    case sqlite
    case pg

    /// The text this engine is given: its own hints opened, the other's left as comments.
    func text(_ sql: String) -> String {
        let marker = "/*+\(rawValue) "
        guard sql.contains("/*+") else { return sql }
        var result = ""
        var rest = sql[...]
        while let open = rest.firstRange(of: marker), let close = rest[open.upperBound...].firstRange(of: "*/") {
            result += rest[..<open.lowerBound]
            result += rest[open.upperBound..<close.lowerBound]
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}
