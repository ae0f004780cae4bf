import Database
import Payments
import Testing

@testable import Fulfilment

@Suite("Batches that end")
struct LapseTests {
    private func stock(_ shop: TestShop, _ count: Int, prefix: String, ends: Int64?, sku: String = "card") async throws -> ImportReport {
        try await shop.engine.importKeys(
            sku: sku, lines: (0..<count).map { "\(prefix)-\($0)" }, info: BatchInfo(note: prefix, expiresAt: ends))
    }

    @Test("A key is sold until its batch ends, and not in that second")
    func boundary() async throws {
        let shop = try await TestShop()
        _ = try await stock(shop, 2, prefix: "OLD", ends: shop.now + 100)
        shop.pass(seconds: 99)
        let last = try await shop.buy(email: "a@example.com")
        #expect(try await shop.view(last).lines[0].keys == ["OLD-0"])
        shop.pass(seconds: 1)
        await #expect(throws: FulfilmentError.self) { try await shop.order() }
        #expect(try await shop.engine.expireHolds() == 0)
        let level = try #require(try await shop.engine.levels().first { $0.sku == "card" })
        #expect([level.free, level.sold, level.lapsed] == [0, 1, 1])
        #expect(level.soldOut)
        #expect(try await shop.audited(.stockLapse) == 1)
        #expect(try await shop.view(last).lines[0].keys == ["OLD-0"], "what was sold stays with its buyer")
        #expect(try await shop.findings().isEmpty)
    }

    @Test("A held key that ends is not given: the order takes a later batch's, or is owed one")
    func held() async throws {
        let shop = try await TestShop()
        _ = try await stock(shop, 2, prefix: "OLD", ends: shop.now + 100)
        let first = try await shop.order(email: "a@example.com")
        let second = try await shop.order(email: "b@example.com")
        shop.pass(seconds: 1)
        _ = try await stock(shop, 1, prefix: "NEW", ends: nil)
        shop.pass(seconds: 200)
        #expect(try await shop.pay(first).effect == .fulfilled)
        #expect(try await shop.view(first).lines[0].keys == ["NEW-0"])
        #expect(try await shop.pay(second).effect == .owed)
        _ = try await stock(shop, 1, prefix: "LAST", ends: shop.now + 10)
        #expect(try await shop.view(second).lines[0].keys == ["LAST-0"])
        #expect(try await shop.findings().isEmpty)
    }

    @Test("The clock takes them out by itself, a shared text too; keys that have ended are not imported")
    func clock() async throws {
        let shop = try await TestShop()
        _ = try await stock(shop, 3, prefix: "OLD", ends: shop.now + 100)
        _ = try await stock(shop, 1, prefix: "TEXT", ends: shop.now + 100, sku: "text")
        shop.pass(seconds: 100)
        try await shop.engine.expireHolds()
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE state = 'lapsed'") == 4)
        #expect(try await shop.count("SELECT count(*) AS n FROM lapsing") == 0)
        await #expect(throws: FulfilmentError.self) { try await shop.order("text") }
        await #expect(throws: FulfilmentError.self) { _ = try await stock(shop, 1, prefix: "X", ends: shop.now) }
        #expect(try await shop.engine.exportKeys(sku: "card").isEmpty)
    }

    @Test("Batches are listed with what became of them, and recalled by name; a name of two is refused with both ids")
    func batches() async throws {
        let shop = try await TestShop()
        let first = try await stock(shop, 2, prefix: "spring", ends: nil).batch
        shop.pass(seconds: 1)
        try await shop.buy(email: "a@example.com")
        _ = try await shop.buy("made", email: "a@example.com")
        let second = try await stock(shop, 1, prefix: "autumn", ends: shop.now + 5).batch
        shop.pass(seconds: 5)
        try await shop.engine.expireHolds()
        let all = try await shop.engine.batches()
        #expect(all.map(\.id) == [second, first], "generated keys have no batch that anybody asks for")
        #expect(all.map(\.info.note) == ["autumn", "spring"])
        #expect(all[0].keys == [.lapsed: 1])
        #expect(all[1].keys == [.free: 1, .sold: 1])
        let (batch, keys) = try await shop.engine.recall(batch: "spring")
        #expect(batch == first && keys == 1)
        _ = try await shop.engine.importKeys(sku: "card", lines: ["A"], info: BatchInfo(note: "spring"))
        let refused = await #expect(throws: FulfilmentError.self) { try await shop.engine.recall(batch: "spring") }
        #expect(refused?.code == .conflict && refused?.hint?.contains(first) == true)
    }
}
