import CPostgreSQL
import Foundation

/// Where the server is and how to enter: a connection string that libpq reads, checked, and kept out of every message.
///
/// `postgres://user@host1:5432,host2:5432/name?sslmode=verify-full`: several hosts, TLS and all other options are libpq's
/// own (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING); so are `PGPASSWORD` and `PGPASSFILE`.
struct PostgreSQLAddress: Sendable {
    private let url: String
    private let password: String

    /// Whether a database's name is an address of PostgreSQL.
    static func names(_ url: String) -> Bool { url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") }

    /// - Throws: `DatabaseError` (`cannotOpen`): libpq cannot read it. The text is not shown: a password may stand anywhere in it.
    init(_ url: String) throws(DatabaseError) {
        guard !url.utf8.contains(0), let options = Self.parse(url) else { throw Self.unreadable }
        let hosts = (options["host"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
        let ports = (options["port"] ?? "").split(separator: ",")
        // A password with an `@` or a `:` that is not written as %40 or %3A ends up in these.
        guard !hosts.contains(where: { $0.contains("@") }), ports.allSatisfy({ UInt16($0) != nil }) else { throw Self.unreadable }
        self.url = url
        password = options["password"] ?? ""
    }

    private static let unreadable = DatabaseError(
        .cannotOpen, "The address of the database cannot be read.",
        hint: "Write postgres://user@host:5432/name, and each of @ : / ? # % in a password as %40 %3A %2F %3F %23 %25.")

    /// Opens a connection, blocking the thread. It may have failed: ask `PQstatus`, and finish it either way.
    ///
    /// What stands before the address may be changed by it, what stands after it may not: a standby is never written to.
    func connect() -> OpaquePointer? {
        let parameters = [
            ("fallback_application_name", "keyfront"), ("connect_timeout", "5"), ("tcp_user_timeout", "10000"),
            ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"), ("dbname", url),
            ("client_encoding", "UTF8"), ("target_session_attrs", "read-write"),
        ]
        let keywords = parameters.map { strdup($0.0) } + [nil]
        let values = parameters.map { strdup($0.1) } + [nil]
        defer { for text in keywords + values { free(text) } }
        return PQconnectdbParams(keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
    }

    /// What libpq says of a connection, without the password.
    func message(_ connection: OpaquePointer?) -> String {
        let text = PQerrorMessage(connection).map { String(cString: $0) } ?? "out of memory"
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "; ")
        return password.isEmpty ? lines : lines.replacing(password, with: "•••")
    }

    private static func parse(_ url: String) -> [String: String]? {
        var message: UnsafeMutablePointer<CChar>?
        defer { PQfreemem(message) }
        guard let options = PQconninfoParse(url, &message) else { return nil }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }
}
