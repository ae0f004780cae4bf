import Catalog
import Database
import Payments
import Testing

@testable import Fulfilment

@Suite("Notices")
struct NoticeTests {
    @Test("A hundred identical notices at once: one key, one mail, one pair of commissions, and every reply is success")
    func hundred() async throws {
        let shop = try await TestShop()
        try await shop.stock(50)
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let b = try await shop.buy(email: "b@example.com", ref: a.token)
        let bToken = try #require(try await shop.view(b).promoterToken)
        let order = try await shop.order(email: "c@example.com", ref: bToken)
        let effects = try await withThrowingTaskGroup(of: NoticeOutcome.Effect.self) { group in
            for _ in 0..<100 { group.addTask { try await shop.pay(order).effect } }
            return try await group.reduce(into: [NoticeOutcome.Effect: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(effects == [.fulfilled: 1, .duplicate: 99])
        for _ in 0..<10 { #expect(try await shop.pay(order).effect == .duplicate) }
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE order_id = $1", [.text(order.order)]) == 1)
        #expect(try await shop.outbox(.delivered) == 2)
        #expect(
            try await shop.count(
                "SELECT count(*) AS n FROM transfers WHERE kind = 'commission' AND order_id = $1", [.text(order.order)]) == 2)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Fifty paid orders on ten keys: ten fulfilled, forty owed, and forty imported keys fulfil them, oldest first")
    func owed() async throws {
        let shop = try await TestShop()
        try await shop.stock(10, prefix: "OLD")
        // Ten at a time get a pay page, and nobody pays in time: then all fifty payments come.
        var orders: [PlacedOrder] = []
        for n in 0..<50 {
            if n.isMultiple(of: 10) { shop.pass(seconds: 901) }
            orders.append(try await shop.order(email: "b\(n)@example.com"))
        }
        shop.pass(seconds: 901)
        #expect(try await shop.engine.expireHolds() == 10)
        let late = orders
        let effects = try await withThrowingTaskGroup(of: NoticeOutcome.Effect.self) { group in
            for order in late { group.addTask { try await shop.pay(order).effect } }
            return try await group.reduce(into: [NoticeOutcome.Effect: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(effects == [.fulfilled: 10, .owed: 40])
        #expect(try await shop.engine.levels().first { $0.sku == "card" }?.owed == 40)
        for order in orders where try await shop.state(order) == .owed { #expect(try await shop.view(order).lines[0].keys.isEmpty) }
        let report = try await shop.stock(40, prefix: "NEW")
        #expect(report.imported == 40 && report.fulfilled == 40)
        var keys = Set<String>()
        for order in orders {
            let view = try await shop.view(order)
            #expect(view.state == .fulfilled)
            keys.formUnion(view.lines[0].keys)
        }
        #expect(keys.count == 50)
        #expect(try await shop.outbox(.delivered) == 50)
        #expect(try await shop.outbox(.owed) == 40)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Fifty buyers at once for ten keys: ten are placed, forty are told that it is sold out")
    func neverOffered() async throws {
        let shop = try await TestShop()
        try await shop.stock(10)
        let placed = await withTaskGroup(of: Bool.self) { group in
            for n in 0..<50 { group.addTask { (try? await shop.order(email: "b\(n)@example.com")) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(placed == 10)
    }

    @Test("A notice that says nothing never hides the payment of the same name, nor the payment it")
    func ignoredNamesake() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        let order = try await shop.order()
        // A site whose notices are named by the trade alone: it waits, it waits, it is paid, it is paid, it waits.
        let waiting = Fact(
            .ignored, dedupeKey: "trade-1", orderID: order.order, amountMinor: order.amount.minor, currency: "CNY",
            gatewayTransactionID: "trade-1")
        let paid = Fact.paid(order, key: "trade-1", transaction: "trade-1")
        #expect(try await shop.tell(waiting).effect == .ignored)
        #expect(try await shop.tell(waiting).effect == .duplicate)
        #expect(try await shop.tell(paid).effect == .fulfilled)
        #expect(try await shop.tell(paid).effect == .duplicate)
        #expect(try await shop.tell(waiting).effect == .duplicate)
        #expect(try await shop.view(order).lines[0].keys.count == 1)
        #expect(try await shop.count("SELECT count(*) AS n FROM facts") == 2)
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE state = 'sold'") == 1)
    }

    @Test("A wrong amount, currency or account is kept for a person, delivers nothing and books nothing")
    func mismatches() async throws {
        let shop = try await TestShop()
        try await shop.stock(9)
        let cases: [(Fact, String, Decision.Flag)] = [
            (.paid(try await shop.order(), amount: 9_999), "bank", .amountMismatch),
            (.paid(try await shop.order(), amount: 0), "bank", .amountMismatch),
            (.paid(try await shop.order(), currency: "USD"), "bank", .currencyMismatch),
            (.paid(try await shop.order()), "till", .gatewayMismatch),
        ]
        for (fact, account, flag) in cases {
            let outcome = try await shop.tell(fact, account: account)
            #expect(outcome.effect == .review && outcome.state == .review && outcome.decision.flags == [flag])
            #expect(try await shop.tell(fact, account: account).effect == .duplicate)
        }
        #expect(try await shop.count("SELECT count(*) AS n FROM transfers") == 0)
        #expect(try await shop.outbox(.delivered) == 0)
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE state = 'sold'") == 0)
    }

    @Test("A transaction that paid one order does not pay another, and the right payment of an order in review fulfils it")
    func reused() async throws {
        let shop = try await TestShop()
        try await shop.stock(5)
        let (one, two) = (try await shop.order(), try await shop.order())
        try await shop.pay(one)
        let outcome = try await shop.tell(.paid(two, key: "x", transaction: "tx-\(one.order)"))
        #expect(outcome.effect == .review && outcome.decision.flags == [.transactionReused])
        #expect(try await shop.state(one) == .fulfilled)
        #expect(try await shop.state(two) == .review)
        #expect(try await shop.pay(two).effect == .fulfilled)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Two notices of one payment change nothing twice; a second payment is kept for a person")
    func twoNotices() async throws {
        let shop = try await TestShop()
        try await shop.stock(5)
        let order = try await shop.order()
        try await shop.pay(order)
        #expect(try await shop.tell(.paid(order, key: "other-event")).effect == .duplicate)
        let second = try await shop.tell(.paid(order, key: "second", transaction: "tx-second"))
        #expect(second.effect == .review && second.decision.flags.contains(.paidTwice))
        #expect(try await shop.view(order).lines[0].keys.count == 1)
        #expect(try await shop.count("SELECT count(*) AS n FROM transfers WHERE kind = 'sale'") == 1)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("A fact of no order of ours is kept for a person and answered")
    func strays() async throws {
        let shop = try await TestShop()
        let fact = Fact(.paid, dedupeKey: "k", orderID: "nothere1", amountMinor: 1, currency: "CNY", gatewayTransactionID: "t")
        let outcome = try await shop.tell(fact)
        #expect(outcome.effect == .review && outcome.order == nil && outcome.decision.flags == [.unknownOrder])
        #expect(try await shop.tell(fact).effect == .duplicate)
        #expect(try await shop.tell(Fact(.ignored, dedupeKey: "i")).effect == .ignored)
        #expect(try await shop.audited(.stray) == 1)
    }

    @Test("A refund that comes before its payment: nothing goes out, nothing is owed, the books stay at zero")
    func refundFirst() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        // Named by the order, and named by the payment alone.
        for named in [true, false] {
            let order = try await shop.order(email: "n\(named)@example.com")
            try await shop.tell(.refunded(order, 10_000, key: "r\(named)", full: true, named: named))
            let outcome = try await shop.pay(order)
            #expect(outcome.state == .refunded && outcome.effect == .review)
            #expect(try await shop.view(order).lines[0].keys.isEmpty)
        }
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE state = 'free'") == 2)
        #expect(try await shop.outbox(.delivered) == 0)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Facts in any order lead to the same state and the same balances")
    func anyOrder() async throws {
        var seen = Set<[String]>()
        for order in 0..<24 {
            let shop = try await TestShop(seed: 5)
            try await shop.stock(3)
            let a = try await shop.engine.addPromoter(address: "a@example.com")
            let placed = try await shop.order(ref: a.token)
            var facts: [Fact] = [
                .paid(placed), .refunded(placed, 2_000, key: "r1"), .refunded(placed, 1_000, key: "r2", named: false), .disputed(placed),
            ]
            var picked: [Fact] = []
            var index = order
            for size in stride(from: 4, to: 0, by: -1) {
                picked.append(facts.remove(at: index % size))
                index /= size
            }
            for fact in picked { try await shop.tell(fact) }
            #expect(try await shop.findings().isEmpty)
            seen.insert([try await shop.state(placed).rawValue, "\(try await shop.balance("a@example.com"))"])
        }
        #expect(seen == [["disputed", "[700, 0]"]])
    }

    @Test("A failed payment leaves the order open until its time is over")
    func failed() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.order()
        try await shop.tell(Fact(.failed, dedupeKey: "f", orderID: order.order))
        #expect(try await shop.state(order) == .pending)
        #expect(try await shop.pay(order).effect == .fulfilled)
    }

    @Test("A person confirms an order once; it is fulfilled, booked and audited")
    func confirm() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.order()
        #expect(try await shop.engine.confirm(order: order.order, reason: "cash").state == .fulfilled)
        await #expect(throws: FulfilmentError.self) { try await shop.engine.confirm(order: order.order, reason: "again") }
        #expect(try await shop.audited(.confirm) == 1)
        #expect(try await shop.pay(order).effect == .duplicate)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("A person's refund is booked once under its key, and never beyond what is left")
    func operatorRefund() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.buy(email: "b@example.com")
        for _ in 0..<3 { _ = try await shop.engine.recordRefund(order: order.order, amountMinor: 4_000, key: "k1") }
        #expect(try await shop.view(order).refundedMinor == 4_000)
        await #expect(throws: FulfilmentError.self) {
            try await shop.engine.recordRefund(order: order.order, amountMinor: 6_001, key: "k2")
        }
        #expect(try await shop.engine.recordRefund(order: order.order, amountMinor: nil, key: "k3").state == .refunded)
        #expect(try await shop.engine.balances().isEmpty)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Refused notices are counted by reason, whatever they say and however many they are")
    func rejections() async throws {
        let shop = try await TestShop()
        for _ in 0..<50 { try await shop.engine.recordRejection(account: "bank", category: "signature", reason: "no_match") }
        #expect(try await shop.count("SELECT count(*) AS n FROM rejections") == 1)
        #expect(try await shop.count("SELECT seen AS n FROM rejections") == 50)
        #expect(try await shop.engine.metrics().counters.rejections == ["signature": 50])
    }
}
