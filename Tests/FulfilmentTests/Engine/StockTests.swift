import Catalog
import Database
import DatabaseSupport
import Foundation
import Testing

@testable import Fulfilment

@Suite("Stock")
struct StockTests {
    @Test("An import names each refused line, and equal keys are refused across the whole stock")
    func imports() async throws {
        let shop = try await TestShop()
        let first = try await shop.engine.importKeys(
            sku: "card",
            lines: ["AAA", "BBB\r", "  AAA  ", "", "x\u{7}y", "caf\u{e9}", "cafe\u{301}", String(repeating: "k", count: 4097), "CCC", ""],
            info: BatchInfo(source: "maker", costMinor: 500))
        #expect(first.imported == 5)
        #expect(
            first.refused.map { "\($0.line) \($0.reason.rawValue)" } == ["3 repeated", "4 empty", "5 malformed", "8 too_long"])
        let second = try await shop.engine.importKeys(sku: "other", lines: ["DDD", "BBB", "CCC"])
        #expect(second.imported == 1)
        #expect(second.refused.map { "\($0.line) \($0.reason.rawValue)" } == ["2 in_stock", "3 in_stock"])
        #expect(try await shop.engine.exportKeys(sku: "card") == ["AAA", "BBB", "caf\u{e9}", "cafe\u{301}", "CCC"])
        #expect(try await shop.audited(.stockExport) == 1)
        #expect(try await shop.audited(.stockImport) == 2)
        let nothing = try await shop.engine.importKeys(sku: "card", lines: ["AAA"])
        #expect(nothing.imported == 0 && nothing.batch.isEmpty)
    }

    @Test("What cannot be imported is refused with its reason")
    func refusals() async throws {
        let shop = try await TestShop()
        for (sku, code) in [("nothing", FulfilmentError.Code.unknownSKU), ("made", .conflict)] {
            do {
                _ = try await shop.engine.importKeys(sku: sku, lines: ["x"])
                Issue.record("imported into \(sku)")
            } catch { #expect(error.code == code) }
        }
    }

    @Test("A hundred thousand keys are imported in one go, in chunks")
    func large() async throws {
        let shop = try await TestShop()
        let lines = (0..<100_000).map { "LARGE-\($0 % 99_000)" }
        let report = try await shop.engine.importKeys(sku: "card", lines: lines)
        #expect(report.imported == 99_000 && report.refused.count == 1_000)
        #expect(report.refused.allSatisfy { $0.line > 99_000 && $0.reason == .repeated })
        #expect(try await shop.engine.levels().first { $0.sku == "card" }?.free == 99_000)
        #expect(shop.database.statistics.committed >= 99)
        // The oldest key is sold first.
        let order = try await shop.buy(email: "b@example.com")
        #expect(try await shop.view(order).lines[0].keys == ["LARGE-0"])
    }

    @Test("The next key is one step in an index, whatever was sold before")
    func plan() async throws {
        let shop = try await TestShop()
        let isSQLite = TestDatabase.server == nil
        func plan(_ sql: String, _ arguments: [SQLValue]) async throws -> [String] {
            // PostgreSQL explains a text whose values it knows.
            var text = "/*+sqlite EXPLAIN QUERY PLAN*/ /*+pg EXPLAIN*/ \(sql)"
            if !isSQLite {
                for (index, argument) in arguments.enumerated().reversed() {
                    text = text.replacing("$\(index + 1)", with: argument.literal)
                }
            }
            let asked = text
            return try await shop.database.write { tx in
                try tx.query(asked, isSQLite ? arguments : []).map { try $0.text(isSQLite ? "detail" : "QUERY PLAN") }
            }
        }
        let next = try await plan(
            "SELECT id FROM stock WHERE shop = $1 AND sku = $2 AND state = 'free' ORDER BY id LIMIT $3", [.text("main"), .text("card"), 1])
        let taking = try await plan(StockRows.taking, [.text("main"), .text("card"), 1, .text("o"), .text("sold")])
        let facts = try await plan(FactRows.asking, [.text("main"), .text("o"), .text("bank"), .text("t")])
        let due = try await plan(OutboxRows.due, [.text("main"), 1, 10])
        if isSQLite {
            #expect(next == ["SEARCH stock USING COVERING INDEX stock_next (shop=? AND sku=? AND state=?)"])
            #expect(taking.contains("SEARCH stock USING INDEX sqlite_autoindex_stock_1 (shop=? AND id=?)"))
            #expect(taking.contains { $0.hasPrefix("SEARCH stock USING COVERING INDEX stock_next (shop=? AND sku=? AND state=?)") })
            #expect(!taking.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") })
            #expect(facts.filter { $0.hasPrefix("SEARCH") }.count == 2 && !facts.contains { $0.contains("SCAN") })
            #expect(due.allSatisfy { $0.contains("outbox_due") })
        } else {
            for steps in [next, taking, facts, due] {
                #expect(!steps.contains { $0.contains("Seq Scan") || $0.contains("Sort") }, "\(steps.joined(separator: "\n"))")
            }
            #expect(next.contains { $0.contains("using stock_next") })
            // The search for keys is made once, before the rows are looked up.
            #expect(taking.contains { $0.contains("InitPlan") } && taking.contains { $0.contains("using stock_pkey") })
            #expect(taking.contains { $0.contains("using stock_next") })
            #expect(due.contains { $0.contains("using outbox_due") })
        }
    }

    @Test("A shared text goes to every buyer, up to its cap; an expired order gives its use back")
    func shared() async throws {
        let shop = try await TestShop(.test([TestProduct(sku: "text", delivery: .shared, cap: 3)]))
        await #expect(throws: FulfilmentError.self) { try await shop.order("text") }
        _ = try await shop.engine.importKeys(sku: "text", lines: ["one text for all"])
        let two = try await shop.buy("text", email: "a@example.com", quantity: 2)
        #expect(try await shop.view(two).lines[0].keys == ["one text for all"])
        let late = try await shop.order("text", email: "b@example.com")
        await #expect(throws: FulfilmentError.self) { try await shop.order("text") }
        shop.pass(seconds: 901)
        let last = try await shop.buy("text", email: "c@example.com")
        #expect(try await shop.view(last).lines[0].keys == ["one text for all"])
        #expect(try await shop.pay(late).effect == .owed)
        #expect(try await shop.count("SELECT uses AS n FROM stock") == 3)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Generated keys are made when an order is placed, fit the pattern, and are never the same")
    func generated() async throws {
        let shop = try await TestShop()
        var keys: [String] = []
        for n in 0..<20 {
            let order = try await shop.buy("made", email: "b\(n)@example.com", quantity: 3)
            keys += try await shop.view(order).lines[0].keys
        }
        #expect(keys.count == 60 && Set(keys).count == 60)
        let pattern = try Regex("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$")
        #expect(keys.allSatisfy { $0.wholeMatch(of: pattern) != nil })
        // Unpaid ones serve the next buyer; a late payment gets a new one.
        let late = try await shop.order("made")
        shop.pass(seconds: 901)
        try await shop.engine.expireHolds()
        _ = try await shop.buy("made", email: "c@example.com")
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE sku = 'made'") == 61)
        #expect(try await shop.pay(late).effect == .fulfilled)
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE sku = 'made'") == 62)
    }

    @Test("Many orders of generated keys in one second each have keys of their own")
    func generatedTogether() async throws {
        let shop = try await TestShop(.test(levels: []))
        for n in 0..<300 { _ = try await shop.order("made", quantity: 1 + n % 3, email: "b\(n)@example.com") }
        #expect(try await shop.count("SELECT count(DISTINCT id) AS n FROM stock WHERE sku = 'made' AND state = 'held'") == 600)
        #expect(try await shop.count("SELECT count(DISTINCT id >> 32) AS n FROM stock") == 1)
    }

    @Test("Ids of stock follow the time and the position, whatever is random", arguments: [1, 3, 1000, StockID.batchLimit])
    func identifiers(capacity: Int) throws {
        for seed in 0..<50 as Range<UInt64> {
            let source = SeededRandom(seed: seed).source
            let now = try StockID(now: TestShop.start, capacity: capacity, random: source)
            let later = try StockID(now: TestShop.start + 1, capacity: capacity, random: source)
            #expect(now.at(capacity - 1) - now.at(0) == Int64(capacity - 1))
            #expect(now.at(0) >> 32 == now.at(capacity - 1) >> 32 && now.at(capacity - 1) < later.at(0))
        }
    }

    @Test("A file is delivered as a link, and nothing else can be imported as one")
    func files() async throws {
        let shop = try await TestShop(.test([TestProduct(sku: "book", delivery: .file)]))
        let report = try await shop.engine.importKeys(
            sku: "book", lines: ["../../etc/passwd", "/srv/book.pdf", "http://a.test/x", "https://files.test/q7x"])
        #expect(report.imported == 1)
        #expect(report.refused.map(\.reason) == [.notALink, .notALink, .notALink])
        let order = try await shop.buy("book", email: "b@example.com")
        #expect(try await shop.view(order).lines[0].keys == ["https://files.test/q7x"])
    }

    @Test("A recalled batch is never handed out; what was sold of it stays with its buyer")
    func recall() async throws {
        let shop = try await TestShop()
        let batch = try await shop.stock(3).batch
        let order = try await shop.buy(email: "b@example.com")
        #expect(try await shop.engine.recall(batch: batch).keys == 2)
        await #expect(throws: FulfilmentError.self) { try await shop.order() }
        await #expect(throws: FulfilmentError.self) { try await shop.engine.recall(batch: "nothing") }
        #expect(try await shop.view(order).lines[0].keys == ["KEY-card-0"])
    }

    @Test("A key recalled while it is held goes to nobody: the order takes another when it is paid, or is owed one")
    func recallHeld() async throws {
        let shop = try await TestShop()
        let batch = try await shop.stock(3).batch
        let first = try await shop.order(quantity: 2, email: "a@example.com")
        let second = try await shop.order(email: "b@example.com")
        #expect(try await shop.engine.recall(batch: batch).keys == 3)
        shop.pass(seconds: 1)
        _ = try await shop.stock(2, prefix: "NEW")
        #expect(try await shop.pay(first).effect == .fulfilled)
        #expect(try await shop.view(first).lines[0].keys == ["NEW-card-0", "NEW-card-1"])
        #expect(try await shop.pay(second).effect == .owed)
        #expect(try await shop.view(second).lines[0].keys.isEmpty)
        let level = try #require(try await shop.engine.levels().first { $0.sku == "card" })
        #expect([level.free, level.held, level.sold, level.recalled, level.owed] == [0, 0, 2, 3, 1])
        _ = try await shop.stock(1, prefix: "LAST")
        #expect(try await shop.view(second).lines[0].keys == ["LAST-card-0"])
        // One that is never paid does not give the key back either.
        let more = try await shop.stock(1, prefix: "MORE").batch
        _ = try await shop.order(email: "c@example.com")
        #expect(try await shop.engine.recall(batch: more).keys == 1)
        shop.pass(seconds: 901)
        try await shop.engine.expireHolds()
        await #expect(throws: FulfilmentError.self) { try await shop.order() }
        #expect(try await shop.findings().isEmpty)
    }

    @Test("An order of several keys takes what there is, owes the rest, and comes before later ones")
    func partial() async throws {
        let shop = try await TestShop()
        try await shop.stock(3)
        let big = try await shop.order(quantity: 3, email: "a@example.com")
        shop.pass(seconds: 901)
        let small = try await shop.order(quantity: 1, email: "b@example.com")
        try await shop.pay(small)
        #expect(try await shop.pay(big).effect == .owed)
        #expect(try await shop.view(big).lines[0].keys.count == 2)
        shop.pass(seconds: 1)
        _ = try await shop.stock(1, prefix: "NEW")
        #expect(try await shop.view(big).lines[0].keys == ["KEY-card-1", "KEY-card-2", "NEW-card-0"])
        #expect(try await shop.state(big) == .fulfilled)
        #expect(try await shop.outbox(.delivered) == 2)
    }

    @Test("An order that finds too few free keys takes expired ones along, and holds exactly what it asked for")
    func expiredAlong() async throws {
        let shop = try await TestShop()
        try await shop.stock(3)
        _ = try await shop.order(quantity: 2, email: "a@example.com")
        shop.pass(seconds: 901)
        let order = try await shop.order(quantity: 2, email: "b@example.com")
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE state = 'held'") == 2)
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE order_id = $1", [.text(order.order)]) == 2)
        try await shop.pay(order)
        #expect(try await shop.view(order).lines[0].keys.count == 2)
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE state = 'free'") == 1)
    }

    @Test("A key moved to another row, SKU or batch does not open")
    func bound() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        try await shop.database.write { tx in
            _ = try tx.execute("UPDATE stock SET sealed = (SELECT sealed FROM stock ORDER BY id DESC LIMIT 1)")
        }
        await #expect(throws: FulfilmentError.self) { try await shop.engine.exportKeys(sku: "card") }
    }
}

extension SQLValue {
    /// As a text for EXPLAIN.
    fileprivate var literal: String {
        switch self {
        case .integer(let value): String(value)
        case .text(let value): "'\(value)'"
        case .null, .blob: "NULL"
        }
    }
}
