import Synchronization
import Testing

@testable import Database

@Suite("PostgreSQL: conflicts and lost connections")
struct FaultTests {
    @Test(
        "Work whose COMMIT fails in any way is kept exactly once, and answered by the run that was kept",
        arguments: PostgreSQLSettings.Fault.allCases)
    func once(fault: PostgreSQLSettings.Fault) async throws {
        let left = Mutex(0)
        let (database, _) = try await Server.database { settings in
            settings.fault = {
                left.withLock { left in
                    left > 0
                        ? {
                            left -= 1; return fault
                        }() : nil
                }
            }
        }
        for round in 1...5 {
            left.withLock { $0 = round }
            let runs = Mutex(0)
            let balance = try await database.write { transaction in
                runs.withLock { $0 += 1 }
                try transaction.add(1, 1)
                return try transaction.balance(1)
            }
            #expect(balance == Int64(round))
            // A reply that was lost is looked up and the work not done again.
            if fault == .replyLost { #expect(runs.withLock { $0 } == 1) }
            if fault == .conflict || fault == .requestLost { #expect(runs.withLock { $0 } == round + 1) }
        }
        left.withLock { $0 = 0 }
        #expect(try await database.read { try $0.balance(1) } == 5)
        #expect(database.statistics.committed == 5)
        #expect(database.statistics.failed == 0)
        await database.close()
    }

    @Test("A COMMIT that the server is still at work on when its connection breaks is waited for, and not done again")
    func slowCommit() async throws {
        let left = Mutex(0)
        let (database, _) = try await Server.database { settings in
            settings.writers = 1
            settings.fault = {
                left.withLock { left in
                    defer { left = 0 }
                    return left > 0 ? .cut : nil
                }
            }
        }
        let runs = Mutex(0)
        // The first time prepares the statements; then the connection breaks while the server sleeps.
        for faults in 0...1 {
            left.withLock { $0 = faults }
            runs.withLock { $0 = 0 }
            try await database.write { transaction in
                runs.withLock { $0 += 1 }
                _ = try transaction.balance(1)
                try transaction.run(
                    """
                    INSERT INTO account (id, balance) SELECT $1, $2 FROM pg_sleep(0.5)
                    ON CONFLICT (id) DO UPDATE SET balance = account.balance + 1
                    """, [.integer(1), .integer(1)])
            }
        }
        #expect(runs.withLock { $0 } == 1)
        #expect(try await database.read { try $0.balance(1) } == 2)
        await database.close()
    }

    @Test("A thousand additions from two programs, one in three failing at its COMMIT, are a thousand")
    func crowd() async throws {
        func faults(_ settings: inout PostgreSQLSettings) {
            let count = Mutex(0)
            settings.fault = {
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                return number.isMultiple(of: 3) ? PostgreSQLSettings.Fault.allCases[number / 3 % 4] : nil
            }
        }
        let (first, url) = try await Server.database(faults)
        let second = try await Server.open(url, faults)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    try await (number.isMultiple(of: 2) ? first : second).write { try $0.add(Int64(number % 7), 1) }
                }
            }
            try await group.waitForAll()
        }
        let sum = try await first.read { try $0.first("SELECT sum(balance) AS n FROM account")?.int("n") }
        #expect(sum == 1000)
        await first.close()
        await second.close()
    }

    @Test("Two transactions that wait for each other both go through")
    func deadlock() async throws {
        let (database, _) = try await Server.database()
        try await database.write { transaction in
            try transaction.add(1, 0)
            try transaction.add(2, 0)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for round in 0..<20 {
                group.addTask {
                    try await database.write { transaction in
                        try transaction.add(round.isMultiple(of: 2) ? 1 : 2, 1)
                        try transaction.add(round.isMultiple(of: 2) ? 2 : 1, 1)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.read { [try $0.balance(1), try $0.balance(2)] } == [20, 20])
        await database.close()
    }

    @Test("At SERIALIZABLE, reading and then writing what another has changed runs again")
    func serializable() async throws {
        let (database, _) = try await Server.database { $0.isolation = .serializable }
        try await database.write { try $0.add(1, 0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await database.write { transaction in
                        let balance = try transaction.balance(1)
                        try transaction.execute("UPDATE account SET balance = $1 WHERE id = 1", [.integer(balance + 1)])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.read { try $0.balance(1) } == 40)
        await database.close()
    }

    @Test("Connections that the server ends are opened again, also in the middle of work")
    func terminated() async throws {
        let (database, url) = try await Server.database()
        let axe = try await Server.open(url)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 { group.addTask { try await database.write { try $0.add(1, 1) } } }
            for _ in 0..<5 {
                try await axe.write { transaction in
                    _ = try transaction.query(
                        """
                        SELECT CASE WHEN pg_terminate_backend(pid) THEN 1 ELSE 0 END AS done FROM pg_stat_activity
                        WHERE pid <> pg_backend_pid() AND application_name = 'keyfront'
                            AND pid IN (SELECT pid FROM pg_locks WHERE relation = to_regclass('account'))
                        """)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.read { try $0.balance(1) } == 200)
        await axe.close()
        await database.close()
    }

    @Test("A name is one transaction's at a time")
    func exclusion() async throws {
        let (database, url) = try await Server.database()
        let other = try await Server.open(url)
        let inside = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await (number.isMultiple(of: 2) ? database : other).write { transaction in
                        try transaction.exclude("test", "the one")
                        // Reads what the one before has committed.
                        let balance = try transaction.balance(1)
                        inside.enter()
                        try transaction.execute(
                            "INSERT INTO account (id, balance) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET balance = $1",
                            [.integer(balance + 1)])
                        inside.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.most == 1)
        #expect(try await database.read { try $0.balance(1) } == 40)
        await other.close()
        await database.close()
    }
}

/// How many are inside, and how many ever were at once.
private final class Gauge: Sendable {
    private let counts = Mutex((now: 0, most: 0))
    var most: Int { counts.withLock { $0.most } }
    func enter() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func leave() { counts.withLock { $0.now -= 1 } }
}
