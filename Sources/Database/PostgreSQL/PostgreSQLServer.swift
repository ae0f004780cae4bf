/// What a server must be like for the books to be safe and to read alike on both engines.
struct PostgreSQLServer {
    private let connection: PostgreSQLConnection

    init(_ connection: PostgreSQLConnection) { self.connection = connection }

    /// - Parameter refusesUnsafe: refuse a server that loses answered transactions in a power cut.
    /// - Throws: `DatabaseError` (`cannotOpen`) with what to do.
    func check(refusesUnsafe: Bool) throws(DatabaseError) {
        guard connection.serverVersion >= 130_000 else {
            throw DatabaseError(.cannotOpen, "The server is older than PostgreSQL 13.", hint: "Upgrade it.")
        }
        let create = "createdb --template=template0 --encoding=UTF8 --locale=C NAME"
        guard connection.parameter("server_encoding") == "UTF8" else {
            throw DatabaseError(.cannotOpen, "The database is not encoded in UTF-8.", hint: "Make it with: \(create)")
        }
        let collation = try value("SELECT datcollate FROM pg_database WHERE datname = current_database()")
        guard ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(collation) else {
            throw DatabaseError(
                .cannotOpen, "The database sorts texts by the rules of “\(collation)”, and not by their bytes.",
                hint: "Make it with: \(create)")
        }
        guard refusesUnsafe else { return }
        for setting in ["fsync", "full_page_writes"] where try value("SELECT current_setting('\(setting)')") != "on" {
            throw DatabaseError(
                .cannotOpen, "The server's setting \(setting) is off, so a power cut would lose answered orders.",
                hint: "Set \(setting) = on in postgresql.conf.")
        }
    }

    private func value(_ sql: String) throws(DatabaseError) -> String {
        guard case .text(let text)? = try connection.run(sql, []).rows.first?[0] else { return "" }
        return text
    }
}
