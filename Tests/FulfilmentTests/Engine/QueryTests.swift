import Testing

@testable import Fulfilment

@Suite("Questions to gateways")
struct QueryTests {
    @Test("Asked after 1, 5, 15 and 60 minutes, then every hour, until a day after the expiry")
    func schedule() {
        var times: [Int64] = []
        var now: Int64 = 1_000_000
        while let next = QuerySchedule.next(createdAt: 1_000_000, expiresAt: 1_000_900, after: now) {
            times.append(next - 1_000_000)
            now = next
        }
        #expect(times == [60, 300, 900, 3600] + (2...24).map { $0 * 3600 })
        #expect(QuerySchedule.next(createdAt: 1_000_000, expiresAt: 1_000_900, after: 1_000_059) == 1_000_060)
        #expect(QuerySchedule.next(createdAt: 1_000_000, expiresAt: 1_000_900, after: 0) == 1_000_060)
    }

    @Test("An unpaid order is due once a turn, with what the gateway calls it; a paid one never again")
    func due() async throws {
        let shop = try await TestShop()
        try await shop.stock(3)
        let order = try await shop.order()
        let unopened = try await shop.order(email: "c@example.com")
        try await shop.engine.recordPayment(order: order.order, reference: "cs_1", payURL: "https://pay.example/1")
        let query = DueQuery(order: order.order, account: "bank", reference: "cs_1")
        #expect(try await shop.engine.dueQueries().isEmpty)
        #expect(try await shop.engine.query(order: order.order) == query)
        #expect(try await shop.engine.query(order: unopened.order) == nil)
        shop.pass(seconds: 60)
        #expect(try await shop.engine.dueQueries() == [query])
        #expect(try await shop.engine.dueQueries().isEmpty)
        // Long after the expiry a lost notice is still found.
        shop.pass(seconds: 2 * 3600)
        _ = try await shop.engine.expireHolds()
        #expect(try await shop.engine.dueQueries() == [query])
        #expect(try await shop.pay(order).effect == .fulfilled)
        shop.pass(seconds: 3600)
        #expect(try await shop.engine.dueQueries().isEmpty)
        #expect(try await shop.engine.query(order: order.order) == nil)
        #expect(try await shop.count("SELECT count(*) AS n FROM queries") == 0)
    }

    @Test("An order is given up a day after its expiry, and at once when its gateway cannot be asked")
    func over() async throws {
        let shop = try await TestShop()
        try await shop.stock(3)
        let order = try await shop.order()
        let other = try await shop.order(email: "c@example.com")
        for id in [order.order, other.order] { try await shop.engine.recordPayment(order: id, reference: nil, payURL: nil, payQR: "qr:1") }
        #expect(try await shop.view(order).payQR == "qr:1")
        try await shop.engine.endQueries(order: other.order)
        shop.pass(days: 3)
        #expect(try await shop.engine.dueQueries().map(\.order) == [order.order])
        shop.pass(days: 3)
        #expect(try await shop.engine.dueQueries().isEmpty)
        #expect(try await shop.engine.query(order: order.order) == nil)
    }

    @Test("An order can be paid again by its link as it was placed, while it is unpaid")
    func placedAgain() async throws {
        let shop = try await TestShop()
        try await shop.stock(3)
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let order = try await shop.order(quantity: 2, email: "B@Example.com", ref: a.token)
        shop.pass(seconds: 30)
        let again = try #require(try await shop.engine.placed(token: order.token))
        #expect(
            [again.order, again.token, again.description, again.language, again.email, again.gateway]
                == [order.order, order.token, "The card × 2", "en", "B@example.com", "bank"])
        #expect(again.referral == a.token && again.amount == order.amount)
        #expect(again.createdAt == order.createdAt && again.expiresAt == order.expiresAt)
        #expect(try await shop.audited(.unseal) == 1)
        try await shop.pay(order)
        #expect(try await shop.engine.placed(token: order.token) == nil)
        await #expect(throws: FulfilmentError.self) { try await shop.engine.placed(token: String(repeating: "0", count: 32)) }
    }
}
