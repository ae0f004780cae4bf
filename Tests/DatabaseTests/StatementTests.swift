import Testing

@testable import Database

@Suite("Statements")
struct StatementTests {
    let folder: TemporaryFolder
    let database: Database

    init() async throws {
        folder = try TemporaryFolder()
        database = try await folder.open()
    }

    @Test("Every type comes back as it went in, an empty blob as empty and not as NULL")
    func types() async throws {
        let values: [SQLValue] = [
            .null, .integer(.min), .integer(.max), .text(""), .text("é 卡密 \u{1F511}"), .blob([]), .blob([0, 255, 0]),
        ]
        let row = try await database.read { transaction in
            try transaction.first("SELECT $1 AS a, $2 AS b, $3 AS c, $4 AS d, $5 AS e, $6 AS f, $7 AS g", values)
        }
        #expect(row?.values == values)
        #expect(row?.names == ["a", "b", "c", "d", "e", "f", "g"])
    }

    @Test("Parameters are bound by their number, not by the order of appearance")
    func numbered() async throws {
        let row = try await database.read { try $0.first("SELECT $2 AS second, $1 AS first, $2 AS again", [1, "two"]) }
        #expect(row?.values == ["two", 1, "two"])
    }

    @Test("Eleven parameters and more keep their numbers")
    func many() async throws {
        let list = (1...12).reversed().map { "$\($0) AS c\($0)" }.joined(separator: ", ")
        let row = try await database.read { try $0.first("SELECT \(list)", (1...12).map { .integer(Int64($0)) }) }
        #expect(row?.values == (1...12).reversed().map { .integer(Int64($0)) })
    }

    @Test(
        "A text whose parameters are not $1 to $n, or that is not one statement, is refused",
        arguments: [
            "SELECT $1, $3", "SELECT ?, ?", "SELECT :a, $2", "SELECT ?1, $2", "SELECT @1, $2", "SELECT $0, $1", "SELECT $1, $2; SELECT 1",
            "", "-- nothing",
        ])
    func refusedTexts(sql: String) async {
        await expect(.misuse) { try await database.read { try $0.query(sql, [1, 2]) } }
    }

    @Test("Too few and too many values are refused")
    func count() async {
        await expect(.misuse) { try await database.read { try $0.query("SELECT $1, $2", [1]) } }
        await expect(.misuse) { try await database.read { try $0.query("SELECT $1, $2", [1, 2, 3]) } }
    }

    @Test("A NUL in a text is refused, because PostgreSQL could not store it")
    func nul() async {
        await expect(.misuse) { try await database.write { try $0.execute("SELECT $1", ["a\0b"]) } }
    }

    @Test("A floating-point result is refused")
    func float() async {
        await expect(.misuse) { try await database.read { try $0.query("SELECT 1.5 AS price") } }
    }

    @Test("Execute counts the rows it changed, and none for a reading statement")
    func changes() async throws {
        try await database.write { transaction in
            for id in 1...3 { try transaction.insert(Int64(id)) }
            #expect(try transaction.execute("UPDATE account SET balance = $1 WHERE id > $2", [5, 1]) == 2)
            #expect(try transaction.execute("SELECT id FROM account") == 0)
            #expect(try transaction.execute("INSERT INTO account VALUES ($1, $2, 0, NULL) ON CONFLICT DO NOTHING", [1, "x"]) == 0)
        }
    }

    @Test("RETURNING gives the rows back, all of them")
    func returning() async throws {
        let rows = try await database.write { transaction in
            for id in 1...3 { try transaction.insert(Int64(id)) }
            return try transaction.query("UPDATE account SET balance = 9 RETURNING id, balance")
        }
        #expect(Set(rows.map { $0.values }) == [[1, 9], [2, 9], [3, 9]])
    }

    @Test("A missing column, a NULL and a wrong type say so by name, without the value")
    func columns() async throws {
        let row = try #require(try await database.read { try $0.first("SELECT 'KEY-1' AS secret, NULL AS none") })
        #expect(throws: DatabaseError.self) { try row.int("secret") }
        #expect(throws: DatabaseError.self) { try row.text("none") }
        #expect(try row.optionalText("none") == nil)
        do {
            _ = try row.value("secrets")
            Issue.record("A missing column was found.")
        } catch {
            #expect(error.message == "The result has no column “secrets”; it has secret, none.")
        }
        do {
            _ = try row.int("secret")
        } catch {
            #expect(!"\(error)".contains("KEY-1"))
        }
    }

    @Test("An error shows the statement and never the values")
    func hiddenValues() async throws {
        try await database.write { try $0.insert(1) }
        do {
            try await database.write {
                try $0.execute("INSERT INTO account (id, name, balance) VALUES ($1, $2, 0)", [1, "KEY-SECRET"])
            }
            Issue.record("A repeated id was accepted.")
        } catch let error as DatabaseError {
            #expect(error.code == .constraint)
            #expect("\(error)".contains("VALUES ($1, $2, 0)"))
            #expect(!"\(error)".contains("KEY-SECRET"))
        }
    }

    @Test("Foreign keys are enforced")
    func foreignKeys() async {
        await expect(.constraint) { try await database.write { try $0.execute("INSERT INTO owner VALUES (7, 'nobody')") } }
    }
}

/// Expects a `DatabaseError` of one code.
func expect<T>(
    _ code: DatabaseError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> T
) async {
    do {
        _ = try await body()
        Issue.record("Nothing was thrown where \(code.rawValue) is wanted.", sourceLocation: sourceLocation)
    } catch {
        #expect((error as? DatabaseError)?.code == code, "\(error)", sourceLocation: sourceLocation)
    }
}
