import Catalog
import Database
import DatabaseSupport
import Payments
import Testing

@testable import Fulfilment

/// Random lives of a shop: what a seed did once it does again.
@Suite("Simulation")
struct SimulationTests {
    @Test("Random lives break no rule at any step: three hundred on SQLite, ten on a server", arguments: 0..<10)
    func lives(tenth: Int) async throws {
        for seed in stride(from: tenth, to: TestDatabase.server == nil ? 300 : 10, by: 10) {
            var life = try await ShopLife(seed: UInt64(seed))
            for step in 0..<30 {
                let what = try await life.step()
                let broken = try await life.broken()
                if !broken.isEmpty {
                    Issue.record("seed \(seed), step \(step), after \(what): \(broken.joined(separator: "; "))")
                    break
                }
            }
            try await life.settle()
            let broken = try await life.broken()
            #expect(broken.isEmpty, "seed \(seed), settled: \(broken.joined(separator: "; "))")
        }
    }
}

/// One shop and everybody who deals with it.
private struct ShopLife {
    private let shop: TestShop
    private var random: SeededRandom
    private var orders: [PlacedOrder] = []
    /// Notices on their way: delivered late, twice, in any order.
    private var flying: [(Fact, String)] = []
    private var told: [(Fact, String)] = []
    private var serial = 0

    init(seed: UInt64) async throws {
        random = SeededRandom(seed: seed &+ 1000)
        let bindings = ["permanent", "last", "first", "window:3d"]
        shop = try await TestShop(
            .test(
                [
                    TestProduct(sku: "card", price: 9_999), TestProduct(sku: "text", delivery: .shared, price: 333, cap: 6),
                    TestProduct(sku: "made", delivery: .generated, price: 10_007),
                ], levels: ["10%", "5%", "2.5%"], binding: bindings[Int(seed % 4)]), seed: seed)
        try await shop.stock(2)
        _ = try await shop.engine.importKeys(sku: "text", lines: ["one for all"])
        _ = try await shop.engine.addPromoter(address: "p0@example.com")
    }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    /// Does one thing; says what.
    mutating func step() async throws -> String {
        switch below(20) {
        case 0..<6: return try await checkout()
        case 6..<11: return try await deliver()
        case 11: return try await repeatOld()
        case 12: return try await forge()
        case 13..<15: return aftermath()
        case 15:
            serial += 1
            try await shop.stock(1 + below(2), prefix: "S\(serial)")
            return "import"
        case 16..<18:
            shop.pass(seconds: Int64(below(1200)))
            try await shop.engine.expireHolds()
            return "minutes and a sweep"
        case 18:
            shop.pass(days: Int64(below(9)))
            try await shop.engine.mature()
            return "days and maturity"
        default: return try await send()
        }
    }

    private mutating func checkout() async throws -> String {
        let sku = ["card", "card", "text", "made"][below(4)]
        let promoters = try await shop.engine.promoters()
        let ref = [nil, "forged0123456789", promoters[below(promoters.count)].token][below(3)]
        let placed = try? await shop.order(
            sku, quantity: 1 + below(2), email: "p\(below(6))@example.com", gateway: ["bank", "till"][below(2)], ref: ref)
        guard let placed else { return "checkout refused" }
        orders.append(placed)
        serial += 1
        if below(5) > 0 { flying.append((.paid(placed), placed.gateway)) }
        if below(6) == 0 { flying.append((.paid(placed, key: "p2-\(serial)", transaction: "second-\(serial)"), placed.gateway)) }
        return "checkout of \(sku)"
    }

    /// Refunds, disputes and the rest, of any order, before or after its payment.
    private mutating func aftermath() -> String {
        guard !orders.isEmpty else { return "nothing" }
        let order = orders[below(orders.count)]
        serial += 1
        let part = Int64(1 + below(Int(order.amount.minor)))
        let facts: [Fact] = [
            .refunded(order, part, key: "r-\(serial)"), .refunded(order, part, key: "c-\(serial)", meaning: .cumulative, named: false),
            .refunded(order, order.amount.minor, key: "f-\(serial)", full: true), .disputed(order), .closed(order, won: below(2) == 0),
            Fact(.failed, dedupeKey: "x-\(serial)", orderID: order.order),
        ]
        flying.append((facts[below(facts.count)], order.gateway))
        return "a refund or dispute sets out"
    }

    private mutating func deliver() async throws -> String {
        guard !flying.isEmpty else { return "nothing" }
        let index = below(flying.count)
        let (fact, account) = flying[index]
        if below(4) > 0 { flying.remove(at: index) }
        return try await tell(fact, account)
    }

    private mutating func repeatOld() async throws -> String {
        guard !told.isEmpty else { return "nothing" }
        let (fact, account) = told[below(told.count)]
        let before = try await snapshot()
        let outcome = try await shop.tell(fact, account: account)
        #expect(outcome.effect == .duplicate)
        #expect(try await snapshot() == before)
        return "a repeat"
    }

    /// Authentic notices that do not fit: of another account, amount, currency, transaction or order.
    private mutating func forge() async throws -> String {
        guard !orders.isEmpty else { return "nothing" }
        let order = orders[below(orders.count)]
        serial += 1
        let key = "forged-\(serial)"
        let other = order.gateway == "bank" ? "till" : "bank"
        switch below(5) {
        case 0: return try await tell(.paid(order, key: key, transaction: key, amount: order.amount.minor - 1), order.gateway)
        case 1: return try await tell(.paid(order, key: key, transaction: key, currency: "USD"), order.gateway)
        case 2: return try await tell(.paid(order, key: key), other)
        case 3: return try await tell(.refunded(order, 1, key: key), other)
        default:
            return try await tell(.paid(order, key: key, transaction: "tx-\(orders[below(orders.count)].order)"), order.gateway)
        }
    }

    private mutating func tell(_ fact: Fact, _ account: String) async throws -> String {
        let outcome = try await shop.tell(fact, account: account)
        told.append((fact, account))
        // Two rules that know nothing of each other agree on when goods go out. They part where a first payment was refunded
        // before anything went out and a second one stays: only the set of facts can tell.
        let went = outcome.effect == .fulfilled || outcome.effect == .owed
        if fact.kind == .paid, outcome.state != .disputed, outcome.decision.flags != [.duplicate, .paidTwice] {
            #expect(went == outcome.decision.deliver, "\(outcome.decision.flags) \(outcome.effect)")
        }
        return "\(fact.kind) told: \(outcome.effect)"
    }

    private mutating func send() async throws -> String {
        for item in try await shop.engine.lease(limit: 3) {
            if item.kind.isMail, below(2) == 0 { _ = try? await shop.engine.mailContent(item) }
            switch below(3) {
            case 0: try await shop.engine.failed(item, reason: "no answer")
            case 1: try await shop.engine.dead(item, reason: "no such user")
            default: try await shop.engine.done(item)
            }
        }
        return "mail"
    }

    /// Everything under way arrives, stock suffices, time passes: nothing may be left hanging.
    mutating func settle() async throws {
        while !flying.isEmpty {
            let (fact, account) = flying.removeFirst()
            _ = try await tell(fact, account)
        }
        shop.pass(days: 1)
        try await shop.engine.expireHolds()
        try await shop.stock(80, prefix: "LAST")
        shop.pass(days: 30)
        try await shop.engine.mature()
        let owed = try await shop.count("SELECT count(*) AS n FROM orders WHERE state = 'owed' AND delivery = 'single'")
        #expect(owed == 0)
        #expect(try await shop.count("SELECT count(*) AS n FROM holds") == 0)
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE state = 'held'") == 0)
    }

    private func snapshot() async throws -> [Int64] {
        try await shop.database.read { tx in
            try ["orders", "facts", "transfers", "outbox", "promoters", "stock", "owed", "holds", "audit"].map { table in
                try tx.first("SELECT count(*) AS n FROM \(table)")?.int("n") ?? -1
            }
        }
    }

    /// What is wrong now: the ledger's rules, the log, and the promises to buyers.
    func broken() async throws -> [String] {
        var broken = try await shop.findings()
        let rules = [
            "a key sold to two orders, or to none": """
            SELECT count(*) AS n FROM stock WHERE state <> 'recalled' AND (state IN ('sold', 'held', 'disputed')) <> (order_id IS NOT NULL)
            """,
            "an order with more or fewer keys than it says": """
            SELECT count(*) AS n FROM orders o WHERE o.delivery IN ('single', 'generated')
                AND o.granted <> (SELECT count(*) FROM stock s WHERE s.shop = o.shop AND s.order_id = o.id
                    AND s.state IN ('sold', 'disputed', 'recalled'))
            """,
            "an order with more keys than were ordered": "SELECT count(*) AS n FROM orders WHERE granted > quantity",
            "a paid order that is neither fulfilled nor owed": """
            SELECT count(*) AS n FROM orders WHERE paid_at IS NOT NULL AND state NOT IN ('fulfilled', 'owed', 'refunded', 'disputed')
            """,
            "an owed order outside the queue, or one in it that is not owed": """
            SELECT (SELECT count(*) FROM orders o WHERE (o.state = 'owed') <> EXISTS (
                SELECT 1 FROM owed q WHERE q.shop = o.shop AND q.order_id = o.id)) AS n
            """,
            "an owed order beside a free key": """
            SELECT count(*) AS n FROM owed q JOIN stock s ON s.shop = q.shop AND s.sku = q.sku AND s.state = 'free'
            """,
            "keys held for an order that is paid or over": """
            SELECT count(*) AS n FROM stock s WHERE s.state = 'held' AND NOT EXISTS (
                SELECT 1 FROM holds h WHERE h.shop = s.shop AND h.order_id = s.order_id)
            """,
            "a fulfilled order without its mail": """
            SELECT count(*) AS n FROM orders o WHERE o.state = 'fulfilled' AND NOT EXISTS (
                SELECT 1 FROM outbox m WHERE m.shop = o.shop AND m.id = 'delivered-' || o.id)
            """,
            "a key that is not marked as its order is": """
            SELECT count(*) AS n FROM stock s JOIN orders o ON o.shop = s.shop AND o.id = s.order_id
                WHERE (s.state = 'disputed' OR s.state = 'recalled') <> (o.state = 'disputed' AND s.state <> 'held')
            """,
            "a key for an order that was never paid": """
            SELECT count(*) AS n FROM orders WHERE paid_at IS NULL AND granted > 0
            """,
            "a shared text used more or less than its orders say": """
            SELECT count(*) AS n FROM stock s WHERE s.state = 'shared' AND s.uses <> (
                SELECT coalesce(sum(o.quantity), 0) FROM orders o WHERE o.shop = s.shop AND o.shared_key = s.id) OR s.uses > 6
            """,
        ]
        for (rule, sql) in rules.sorted(by: { $0.key < $1.key }) where try await shop.count(sql) != 0 { broken.append(rule) }
        broken += try await wrongStates()
        return broken
    }

    /// Each order's state, worked out anew from its facts.
    private func wrongStates() async throws -> [String] {
        let engine = shop.engine
        return try await engine.read { books in
            try books.tx.query("SELECT \(OrderRecord.columns) FROM orders ORDER BY id").map(OrderRecord.init).compactMap { order in
                let facts = try books.facts.about(order: order.id, account: order.gateway, transaction: nil).map(\.fact)
                let standing = Standing(of: facts, terms: order.terms)
                let lapsed = order.state == .expired
                let state = OrderState.of(standing, granted: order.granted, quantity: order.quantity, lapsed: lapsed)
                return state == order.state ? nil : "order \(order.id) is \(order.state), and its facts say \(state)"
            }
        }
    }
}
