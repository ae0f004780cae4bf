import Catalog
import Payments
import Testing

@testable import Fulfilment

@Suite("What was agreed at checkout and changed before the end")
struct AfterthoughtTests {
    @Test("A shared text that is recalled while its order is unpaid is not handed out: another is, or the order is owed one")
    func recalledText() async throws {
        let shop = try await TestShop()
        let batch = try await shop.engine.importKeys(sku: "text", lines: ["OLD TEXT"]).batch
        let first = try await shop.order("text", email: "a@example.com")
        let second = try await shop.order("text", email: "b@example.com")
        #expect(try await shop.engine.recall(batch: batch).keys == 1)
        #expect(try await shop.pay(first).effect == .owed)
        #expect(try await shop.view(first).lines[0].keys.isEmpty)
        shop.pass(seconds: 1)
        _ = try await shop.engine.importKeys(sku: "text", lines: ["NEW TEXT"])
        #expect(try await shop.view(first).lines[0].keys == ["NEW TEXT"])
        #expect(try await shop.pay(second).effect == .fulfilled)
        #expect(try await shop.view(second).lines[0].keys == ["NEW TEXT"])
        #expect(try await shop.findings().isEmpty)
    }

    @Test("A misfit payment that a person confirmed is the order's payment: refunded in full at the gateway, nothing stays sold")
    func confirmedMisfit() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let alice = try await shop.engine.addPromoter(address: "alice@example.com", parent: nil)
        let order = try await shop.order(email: "b@example.com", ref: alice.token)
        #expect(try await shop.tell(.paid(order, amount: 9_000)).effect == .review)
        #expect(try await shop.engine.confirm(order: order.order, reason: "close enough").state == .fulfilled)
        try await shop.tell(.refunded(order, 4_000, key: "r1"))
        #expect(try await shop.view(order).refundedMinor == 4_000)
        #expect(try await shop.state(order) == .fulfilled)
        try await shop.tell(.refunded(order, 5_000, key: "r2"))
        #expect(try await shop.state(order) == .refunded)
        #expect(try await shop.balance("alice@example.com") == [0, 0])
        #expect(try await shop.engine.balances().isEmpty)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Of a confirmed payment that was too high, what is beyond the price goes back first")
    func confirmedSurplus() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.order()
        try await shop.tell(.paid(order, amount: 15_000))
        _ = try await shop.engine.confirm(order: order.order, reason: "paid too much")
        try await shop.tell(.refunded(order, 5_000, key: "r1", meaning: .cumulative))
        #expect(try await shop.view(order).refundedMinor == 0)
        try await shop.tell(.refunded(order, 15_000, key: "r2", meaning: .cumulative, full: true))
        #expect(try await shop.state(order) == .refunded)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("The order page is opened a hundred times: one audit row an hour, and the keys each time")
    func onePerHour() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.buy(email: "b@example.com")
        let before = try await shop.audited(.unseal)
        for _ in 0..<100 { #expect(try await shop.view(order).lines[0].keys == ["KEY-card-0"]) }
        #expect(try await shop.audited(.unseal) == before + 1)
        shop.pass(seconds: 3_600)
        for _ in 0..<3 { _ = try await shop.view(order) }
        #expect(try await shop.audited(.unseal) == before + 2)
    }

    @Test("A product without a text, or whose text is used up, is sold out; a generated one never is")
    func soldOut() async throws {
        let shop = try await TestShop(
            .test([
                TestProduct(sku: "card"), TestProduct(sku: "text", delivery: .shared, cap: 1),
                TestProduct(sku: "made", delivery: .generated),
            ]))
        func soldOut() async throws -> [String] { try await shop.engine.levels().filter(\.soldOut).map(\.sku) }
        #expect(try await soldOut() == ["card", "text"])
        _ = try await shop.engine.importKeys(sku: "text", lines: ["TEXT"])
        #expect(try await soldOut() == ["card"])
        try await shop.buy("text", email: "b@example.com")
        #expect(try await soldOut() == ["card", "text"])
    }

    @Test("Keys of a SKU that nobody knows are not exported as if there were none")
    func unknownExport() async throws {
        let shop = try await TestShop()
        let refused = await #expect(throws: FulfilmentError.self) { try await shop.engine.exportKeys(sku: "nope") }
        #expect(refused?.code == .unknownSKU)
        #expect(try await shop.engine.exportKeys(sku: "card").isEmpty)
        #expect(try await shop.audited(.stockExport) == 1)
    }

    @Test("The newest audit rows are listed in order, all of them or those about one order")
    func auditTail() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        let order = try await shop.buy(email: "a@example.com")
        try await shop.buy(email: "b@example.com")
        let all = try await shop.engine.auditTail(limit: 3)
        #expect(all.count == 3)
        #expect(all.map(\.at) == all.map(\.at).sorted())
        #expect(try await shop.engine.auditTail(subject: order.order).allSatisfy { $0.subject == order.order })
        #expect(try await shop.engine.auditTail(subject: order.order).map(\.action).contains(.fact))
        #expect(try await shop.engine.auditTail(subject: "nothing").isEmpty)
    }
}
