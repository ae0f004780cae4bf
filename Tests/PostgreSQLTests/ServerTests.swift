import DatabaseSupport
import Dispatch
import Testing

@testable import Database

@Suite("PostgreSQL: the server and its address")
struct ServerTests {
    @Test("A full queue refuses at once, and what it accepted is done")
    func full() async throws {
        let (database, _) = try await Server.database({ $0.writers = 1 }, queueLimit: 4)
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        async let held: Void = database.write { _ in
            begun.signal()
            gate.wait()
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                begun.wait()
                continuation.resume()
            }
        }
        let accepted = await withTaskGroup(of: Bool.self) { group in
            for id in 1...4 { group.addTask { (try? await database.write { try $0.add(Int64(id), 1) }) != nil } }
            while database.statistics.waiting < 4 { await Task.yield() }
            #expect(await code { try await database.write { try $0.add(5, 1) } }?.code == .busy)
            gate.signal()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        try await held
        #expect(accepted == 4)
        #expect(try await database.read { try $0.query("SELECT id FROM account").count } == 4)
        await database.close()
        #expect(await code { try await database.write { try $0.add(6, 1) } }?.code == .closed)
    }

    @Test("Ten programs that start on an empty database at once leave one schema")
    func migrations() async throws {
        let url = try await TestDatabase.schema(on: Server.url())
        let second = Migration(
            number: 2, name: "second", sql: "ALTER TABLE account ADD COLUMN note TEXT; INSERT INTO account VALUES (1, 1);")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask { await (try await Server.open(url, migrations: [Server.accounts, second])).close() }
            }
            try await group.waitForAll()
        }
        let database = try await Server.open(url, migrations: [Server.accounts, second])
        #expect(try await database.read { try $0.balance(1) } == 1)
        #expect(await code { _ = try await Server.open(url) }?.code == .newer)
        await database.close()
    }

    @Test("An address that cannot be read, and one that leads nowhere, never show the password")
    func secrets() async throws {
        for url in [
            "postgres://keys:s3cret@word@127.0.0.1:1/books", "postgres://keys:s3:cret@127.0.0.1:s3cret/books",
            "postgres://keys:s3cret@127.0.0.1:1/books?s3cret", "postgres://keys:s3cret@127.0.0.1:1/books?connect_timeout=s3cret",
            "postgres://keys:s3cret@127.0.0.1:1/books", "postgres:///books?host=/nowhere/s3cret&password=s3cret",
        ] {
            let error = try #require(await code { _ = try await Server.open(url) })
            #expect(error.code == .cannotOpen || error.code == .unreachable)
            #expect(!"\(error)".contains("s3cret"), "\(error)")
        }
    }

    @Test("The first of several hosts that answers and may be written to is taken")
    func hosts() async throws {
        let url = try await TestDatabase.schema(on: Server.url())
        let several = url.replacing("host=", with: "host=/nowhere,")
        let database = try await Server.open(several)
        try await database.write { try $0.add(1, 1) }
        #expect(try await database.read { try $0.balance(1) } == 1)
        await database.close()
    }

    @Test("A server that would lose answered orders is refused, with the setting to change")
    func unsafe() async throws {
        let url = try Server.url()
        let error = await code { _ = try await Server.open(url) { $0.refusesUnsafeServer = true } }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message == "The server's setting fsync is off, so a power cut would lose answered orders.")
    }

    @Test("A database that does not sort by bytes is refused, with how to make one that does")
    func collation() async throws {
        let server = try Server.url()
        let admin = try await Server.open(server, migrations: [])
        let name = "sorted\(UInt32.random(in: 0 ... .max))"
        let connection = try PostgreSQLConnection(PostgreSQLAddress(server))
        try connection.script("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
        await admin.close()
        let error = await code { _ = try await Server.open(server.replacing("/postgres?", with: "/\(name)?"), migrations: []) }
        #expect(error?.message == "The database is not encoded in UTF-8.")
        #expect(error?.hint == "Make it with: createdb --template=template0 --encoding=UTF8 --locale=C NAME")
        try connection.script("DROP DATABASE \(name)")
    }

    @Test("An error names the rule and never the values, wherever the server would quote them")
    func values() async throws {
        let (database, _) = try await Server.database()
        let statements: [(String, [SQLValue])] = [
            ("INSERT INTO account (id, balance, name) VALUES (1, 1, $1), (1, 2, $1)", ["KEY-1"]),
            ("SELECT CAST ($1 AS BIGINT) AS n FROM (SELECT 1) AS x WHERE CAST ($1 AS TEXT) <> ''", ["KEY-1"]),
        ]
        for (sql, arguments) in statements {
            let error = try #require(await code { try await database.write { _ = try $0.query(sql, arguments) } })
            #expect(!"\(error)".contains("KEY-1"), "\(error)")
        }
        let repeated = await code { try await database.write { _ = try $0.execute("INSERT INTO account VALUES (1, 1), (1, 1)") } }
        #expect(repeated?.message == "A rule of the tables was broken: account_pkey, account.")
        await database.close()
    }

    @Test("The sum of BIGINTs is a BIGINT while it fits, and is refused when it does not")
    func sums() async throws {
        let (database, _) = try await Server.database()
        for (numbers, wanted) in [
            ([1, 2, 3], 6), ([10_000, 20_000], 30_000), ([-5_000_000_000, 1], -4_999_999_999), ([.max], .max), ([.min], .min), ([0, 0], 0),
            ([1_000_000_000_000], 1_000_000_000_000),
        ] as [([Int64], Int64)] {
            let sum = try await database.write { transaction in
                try transaction.execute("DELETE FROM account")
                for (id, number) in numbers.enumerated() { try transaction.add(Int64(id), number) }
                return try transaction.first("SELECT sum(balance) AS n FROM account")?.int("n")
            }
            #expect(sum == wanted)
        }
        let tooMuch = await code {
            try await database.write { transaction in
                try transaction.add(100, .max)
                try transaction.add(101, .max)
                _ = try transaction.query("SELECT sum(balance) AS n FROM account")
            }
        }
        #expect(tooMuch?.code == .misuse)
        await database.close()
    }

    @Test("What is run without being asked for is done in order, and its error ends the work")
    func deferred() async throws {
        let (database, _) = try await Server.database()
        try await database.write { transaction in
            for id in 0..<500 { try transaction.run("INSERT INTO account (id, balance) VALUES ($1, 0)", [.integer(Int64(id))]) }
        }
        #expect(try await database.read { try $0.query("SELECT id FROM account").count } == 500)
        let error = await code {
            try await database.write { transaction in
                try transaction.run("INSERT INTO account (id, balance) VALUES (1000, 0)", [])
                try transaction.run("INSERT INTO account (id, balance) VALUES (1, 0)", [])
                try transaction.run("INSERT INTO account (id, balance) VALUES (1001, 0)", [])
            }
        }
        #expect(error?.code == .constraint)
        #expect(error?.statement?.contains("VALUES (1, 0)") == true)
        #expect(try await database.read { try $0.query("SELECT id FROM account").count } == 500)
        await database.close()
    }
}
