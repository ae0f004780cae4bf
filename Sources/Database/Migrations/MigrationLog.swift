import Cryptography

/// The table of applied migrations, the same on both engines, and the rules for what is missing.
enum MigrationLog {
    /// A step that the database remembers.
    struct Applied: Sendable {
        let number: Int64
        let name: String
        let digest: [UInt8]
    }

    static let create = "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL)"
    /// Row 0 is no step: PostgreSQL's migrator locks it.
    static let select = "SELECT number, name, digest FROM migration WHERE number > 0 ORDER BY number"
    static let insert = "INSERT INTO migration (number, name, digest) VALUES ($1, $2, $3)"

    static func applied(_ rows: [Row]) throws(DatabaseError) -> [Applied] {
        var applied: [Applied] = []
        for row in rows {
            applied.append(Applied(number: try row.int("number"), name: try row.text("name"), digest: try row.blob("digest")))
        }
        return applied
    }

    /// The values for `insert`.
    static func row(_ migration: Migration) -> [SQLValue] {
        [.integer(Int64(migration.number)), .text(migration.name), .blob(digest(migration))]
    }

    /// The steps to apply, in order.
    /// - Throws: `DatabaseError`: `newer`, or `migration` for a changed step or a list that is not 1, 2, 3 ….
    static func missing(_ migrations: [Migration], _ applied: [Applied]) throws(DatabaseError) -> ArraySlice<Migration> {
        guard migrations.map(\.number) == Array(0..<migrations.count).map({ $0 + 1 }) else {
            throw DatabaseError(.migration, "The program's migrations are not numbered 1, 2, 3 ….")
        }
        guard applied.count <= migrations.count else {
            throw DatabaseError(
                .newer, "The database is at migration \(applied.count), this program knows \(migrations.count).",
                hint: "Use the version of the program that wrote it, or a newer one.")
        }
        for (migration, old) in zip(migrations, applied) where old.number != migration.number || old.digest != digest(migration) {
            throw DatabaseError(
                .migration, "Migration \(old.number) (\(old.name)) in the database is not the one in this program.",
                hint: "Use the version of the program that wrote the database; an applied migration never changes.")
        }
        return migrations[applied.count...]
    }

    private static func digest(_ migration: Migration) -> [UInt8] {
        Digest.sha256(Array("\(migration.number)\n\(migration.name)\n\(migration.sql)".utf8))
    }
}
