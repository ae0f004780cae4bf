import Payments
import Testing

@testable import Fulfilment

@Suite("A delivery's id stands for one body, for ever")
struct TransmissionTests {
    private func fact(_ order: PlacedOrder, _ id: String, body: UInt8, key: String) -> Fact {
        var fact = Fact.paid(order, key: key)
        fact.transmission = Transmission(id: Array(id.utf8), bodyDigest: Array(repeating: body, count: 32))
        return fact
    }

    @Test("Another body under the same id is a forgery, also after a restart, and nothing of it is kept; the same body is a repeat")
    func restart() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        let paid = try await shop.order(email: "a@example.com")
        let unpaid = try await shop.order(email: "b@example.com")
        #expect(try await shop.tell(fact(paid, "t-1", body: 1, key: "WH-1")).effect == .fulfilled)
        await shop.close()

        let again = try await TestShop(folder: shop.folder, seed: 2)
        #expect(try await again.tell(fact(unpaid, "t-1", body: 2, key: "WH-2")).effect == .forged)
        #expect(try await again.state(unpaid) == .pending)
        #expect(try await again.count("SELECT count(*) AS n FROM facts") == 1)
        #expect(try await again.tell(fact(paid, "t-1", body: 1, key: "WH-1")).effect == .duplicate)
        // Another account's ids are its own.
        #expect(try await again.tell(fact(unpaid, "t-1", body: 2, key: "WH-2"), account: "till").effect == .review)
        #expect(try await again.tell(fact(unpaid, "t-2", body: 2, key: "WH-2")).effect == .fulfilled)
        #expect(try await again.findings().isEmpty)
        await again.close()
        withExtendedLifetime(shop) {}
    }

    @Test("Of two bodies at once one is taken")
    func race() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        let orders = [try await shop.order(email: "a@example.com"), try await shop.order(email: "b@example.com")]
        let effects = try await withThrowingTaskGroup(of: NoticeOutcome.Effect.self) { group in
            for (index, order) in orders.enumerated() {
                group.addTask { try await shop.tell(fact(order, "t-1", body: UInt8(index), key: "WH-\(index)")).effect }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(effects) == [.fulfilled, .forged])
    }
}
