import Catalog
import Database
import Foundation
import Payments
import Testing

@testable import Fulfilment

/// The same random operations on SQLite, on PostgreSQL and on a model in memory: all three tell the same story.
///
/// `KEYFRONT_OPERATIONS` says how many, `KEYFRONT_SEED` which.
@Suite("SQLite = PostgreSQL = a model")
struct DifferentialTests {
    @Test("Random operations leave the same rows on both engines, and what a model in memory says")
    func engines() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["KEYFRONT_SEED"].flatMap { UInt64($0) } ?? 7
        let count = environment["KEYFRONT_OPERATIONS"].flatMap { Int($0) } ?? 1500
        // Lives of at most 2,000 operations, so that comparing does not grow with what was done.
        for start in stride(from: 0, to: count, by: 2000) {
            var trio = try await Trio(seed: seed &+ UInt64(start))
            for step in 0..<min(2000, count - start) {
                let what = try await trio.step()
                guard step.isMultiple(of: 50) || step == min(2000, count - start) - 1 else { continue }
                let differences = try await trio.differences()
                #expect(differences.isEmpty, "seed \(seed), step \(start + step), \(what): \(differences.joined(separator: "\n"))")
                if !differences.isEmpty { return }
            }
            await trio.close()
        }
    }
}

private struct Trio {
    private let sqlite: TestShop
    private let server: TestShop
    private var model = ModelShop()
    private var random: SeededRandom
    private var serial = 0
    private var placed: [PlacedOrder] = []
    private var batches: [String] = []

    init(seed: UInt64) async throws {
        random = SeededRandom(seed: seed)
        sqlite = try await TestShop(seed: seed, isOnServer: false)
        server = try await TestShop(seed: seed, isOnServer: true)
    }

    func close() async {
        await sqlite.close()
        await server.close()
    }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    /// Does the same on both and expects the same answer.
    private func both<T: Sendable & Equatable>(_ body: (TestShop) async throws -> T) async throws -> T? {
        func outcome(_ shop: TestShop) async throws -> (T?, FulfilmentError.Code?) {
            do { return (try await body(shop), nil) } catch let error as FulfilmentError where error.code != .unavailable {
                return (nil, error.code)
            }
        }
        let (first, second) = (try await outcome(sqlite), try await outcome(server))
        #expect(first.0 == second.0)
        #expect(first.1 == second.1)
        return first.0
    }

    /// Does one thing; says what.
    mutating func step() async throws -> String {
        switch below(20) {
        case 0..<5: return try await checkout()
        case 5..<10: return try await fact { order, _ in .paid(order) }
        case 10, 11:
            serial += 1
            let key = "r-\(serial)"
            return try await fact { order, part in .refunded(order, part, key: key) }
        case 12: return try await fact { order, _ in .disputed(order) }
        case 13:
            let won = below(2) == 0
            return try await fact { order, _ in .closed(order, won: won) }
        case 14, 15:
            pass(1)
            serial += 1
            let (count, sku, prefix) = (1 + below(4), ["card", "other"][below(2)], "S\(serial)")
            let batch = try await both { try await $0.stock(count, sku: sku, prefix: prefix).batch }
            if let batch {
                batches.append(batch)
                model.add(count, sku, batch: batch)
            }
            return "import"
        case 16:
            guard !batches.isEmpty else { return "nothing" }
            let batch = batches[below(batches.count)]
            let recalled = try await both { try await $0.engine.recall(batch: batch).keys }
            let wanted = model.recall(batch)
            #expect(recalled == wanted)
            return "recall"
        case 17:
            pass(Int64(below(600)))
            _ = try await both { try await $0.engine.expireHolds() }
            model.expire(now: sqlite.now)
            return "expire"
        case 18:
            pass(Int64(below(3)) * 86_400)
            _ = try await both { try await $0.engine.mature() }
            return "mature"
        default: return try await send()
        }
    }

    private func pass(_ seconds: Int64) {
        sqlite.pass(seconds: seconds)
        server.pass(seconds: seconds)
    }

    private mutating func checkout() async throws -> String {
        let (sku, quantity, buyer) = (["card", "other"][below(2)], 1 + below(2), "p\(below(8))@example.com")
        let known = model.parents.keys.sorted()
        let ref = known.isEmpty || below(2) == 0 ? nil : known[below(known.count)]
        let token = if let ref { try await sqlite.engine.promoter(ref).token } else { nil as String? }
        let orders = Pair()
        let order = try await both { shop in
            let order = try await shop.order(sku, quantity: quantity, email: buyer, ref: token)
            await orders.add(order)
            return order.order
        }
        guard let order, let first = await orders.first else {
            let wanted = ModelShop.Order(id: "refused", sku: sku, quantity: quantity, amount: 1, buyer: buyer, expiresAt: .max)
            let isSold = model.checkout(wanted, now: sqlite.now)
            #expect(!isSold)
            return "sold out"
        }
        placed.append(first)
        let made = ModelShop.Order(
            id: order, sku: sku, quantity: quantity, amount: first.amount.minor, buyer: buyer, ref: ref, expiresAt: first.expiresAt)
        let isSold = model.checkout(made, now: sqlite.now)
        #expect(isSold)
        return "checkout"
    }

    private mutating func fact(_ make: (PlacedOrder, Int64) -> Fact) async throws -> String {
        guard !placed.isEmpty else { return "nothing" }
        // Mostly one of the latest, so that much is told of few.
        let order = placed[below(3) == 0 ? below(placed.count) : max(0, placed.count - 1 - below(8))]
        let part = Int64(1 + below(Int(order.amount.minor)))
        let fact = make(order, part)
        let now = sqlite.now
        let effect = try await both { try await $0.tell(fact).effect }
        guard effect != .duplicate else { return "a repeat" }
        switch fact.kind {
        case .paid: model.pay(order.order, now: now)
        case .refunded: model.refund(order.order, part, key: fact.dedupeKey, now: now)
        case .disputed: model.dispute(order.order, "opened", now: now)
        default: model.dispute(order.order, fact.disputeWon == true ? "won" : "lost", now: now)
        }
        return "\(fact.kind)"
    }

    private mutating func send() async throws -> String {
        let way = below(3)
        _ = try await both { shop in
            for item in try await shop.engine.lease(limit: 5) {
                switch way {
                case 0: try await shop.engine.failed(item, reason: "no answer")
                case 1: try await shop.engine.dead(item, reason: "no such user")
                default: try await shop.engine.done(item)
                }
            }
            return 0
        }
        return "mail"
    }

    /// Where the three part.
    func differences() async throws -> [String] {
        var found: [String] = []
        for (table, columns, order) in Self.tables {
            let sql = "SELECT \(columns) FROM \(table) ORDER BY \(order)"
            let first = try await sqlite.database.read { try $0.query(sql).map(\.values) }
            let second = try await server.database.read { try $0.query(sql).map(\.values) }
            if first != second { found.append("the engines differ in \(table): \(first.count) and \(second.count) rows") }
        }
        let orders = try await sqlite.database.read { tx in
            try tx.query("SELECT id, state, granted FROM orders ORDER BY id").map { row in
                "\(try row.text("id")) \(try row.text("state")) \(try row.int("granted"))"
            }
        }
        for (said, wanted) in zip(orders, model.standing) where said != wanted {
            found.append("the books say \(said), the model \(wanted)")
        }
        if orders.count != model.standing.count { found.append("the books have \(orders.count) orders, the model \(model.standing.count)") }
        let stock = try await sqlite.database.read { tx in
            try tx.query("SELECT sku, state, count(*) AS n FROM stock GROUP BY sku, state ORDER BY sku, state").map { row in
                "\(try row.text("sku")) \(try row.text("state")) \(try row.int("n"))"
            }
        }
        if stock.sorted() != model.stock { found.append("the stock is \(stock), the model's \(model.stock)") }
        let balances = Dictionary(uniqueKeysWithValues: try await sqlite.engine.balances().map { ($0.account, $0.minor) })
        if balances["sales"] ?? 0 != model.sales { found.append("sales are \(balances["sales"] ?? 0), the model's \(model.sales)") }
        if -(balances["commission"] ?? 0) != model.commissions {
            found.append("commissions are \(-(balances["commission"] ?? 0)), the model's \(model.commissions)")
        }
        return try await found + sqlite.findings() + server.findings()
    }

    /// Everything but what is sealed, which is different every time.
    private static let tables: [(String, String, String)] = [
        ("orders", "id, state, quantity, granted, promoter, expires_at, paid_at, matures_at, shares", "id"),
        ("facts", "account, dedupe_key, kind, order_id, amount_minor, transaction_id, received_at", "account, dedupe_key"),
        ("holds", "order_id, sku, expires_at, buyer", "order_id"), ("owed", "sku, since, order_id", "sku, since, order_id"),
        ("stock", "id, sku, state, batch, digest, order_id, uses", "id"),
        ("promoters", "id, buyer, person, parent, bound_at, token, active", "id"),
        (
            "transfers", "order_id, id, kind, level, debit, credit, amount_minor, currency, cause, resolves, rate, base_minor, at",
            "order_id, id"
        ),
        ("balances", "promoter, currency, pending_minor, available_minor, paid_minor", "promoter, currency"),
        ("maturing", "due_at, order_id", "due_at, order_id"), ("outbox", "id, kind, subject, state, attempt, fence, due_at, reason", "id"),
        ("audit", "chain, number, at, actor, action, subject, detail, hash", "chain, number"),
    ]
}

/// The order as the first of two shops placed it.
private actor Pair {
    private(set) var first: PlacedOrder?
    func add(_ order: PlacedOrder) { if first == nil { first = order } }
}
