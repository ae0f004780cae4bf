import Catalog
import Database
import Payments
import Testing

@testable import Fulfilment

@Suite("Payouts to promoters")
struct PayoutTests {
    /// A shop where A and B earned 10.00 each, matured.
    private func shop() async throws -> (TestShop, a: PromoterSummary, b: PromoterSummary, sale: PlacedOrder) {
        let shop = try await TestShop()
        try await shop.stock(10)
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let b = try await shop.engine.addPromoter(address: "b@example.com")
        let sale = try await shop.buy(email: "x@example.com", ref: a.token)
        try await shop.buy(email: "y@example.com", ref: b.token)
        shop.pass(days: 7)
        try await shop.engine.mature()
        return (shop, a, b, sale)
    }

    private func available(_ shop: TestShop, _ promoter: PromoterSummary) async throws -> [Int64] {
        let summary = try await shop.engine.promoter(promoter.id)
        return [summary.availableMinor, summary.paidMinor]
    }

    @Test("A run books what may be paid, once, and the books stay right")
    func run() async throws {
        let (shop, a, b, _) = try await shop()
        let run = try await shop.engine.runPayouts()
        #expect(run.payouts.map(\.promoter) == [a.id, b.id].sorted())
        #expect(run.payouts.allSatisfy { $0.amount.minor == 1_000 && $0.state == .open && $0.id == "\(run.run)-\($0.promoter)" })
        #expect(try await available(shop, a) == [0, 1_000])
        #expect(try await shop.engine.runPayouts() == PayoutRun(run: "", payouts: []))
        #expect(try await shop.engine.balances().first { $0.account == "payouts" }?.minor == 2_000)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Less than the minimum is not paid, nor is a rehearsal booked, nor what still waits")
    func notPaid() async throws {
        let (shop, a, _, _) = try await shop()
        try await shop.buy(email: "x@example.com")
        let currency = shop.engine.catalogue.shop.currency
        #expect(try await shop.engine.runPayouts(minimum: Money(minor: 1_001, currency: currency)).payouts.isEmpty)
        let rehearsal = try await shop.engine.runPayouts(isRehearsal: true)
        #expect(rehearsal.run.isEmpty && rehearsal.payouts.map(\.amount.minor) == [1_000, 1_000])
        #expect(try await shop.engine.payouts().isEmpty)
        #expect(try await available(shop, a) == [1_000, 0])
        #expect(try await shop.engine.promoter(a.id).pendingMinor == 1_000)
    }

    @Test("A payout that failed is booked back once, and the next run pays it again")
    func failed() async throws {
        let (shop, a, _, _) = try await shop()
        let run = try await shop.engine.runPayouts()
        let payout = try #require(run.payouts.first { $0.promoter == a.id })
        for _ in 0..<2 { #expect(try await shop.engine.settlePayout(payout.id, as: .failed, reference: "no account").state == .failed) }
        #expect(try await available(shop, a) == [1_000, 0])
        await #expect(throws: FulfilmentError.self) { try await shop.engine.settlePayout(payout.id, as: .paid) }
        let again = try await shop.engine.runPayouts()
        #expect(again.payouts.map(\.promoter) == [a.id] && again.run != run.run)
        #expect(try await shop.engine.settlePayout(again.payouts[0].id, as: .paid, reference: "B-17").reference == "B-17")
        #expect(try await available(shop, a) == [0, 1_000])
        #expect(try await shop.engine.payouts(state: .failed).map(\.id) == [payout.id])
        #expect(try await shop.engine.payouts(run: again.run).map(\.state) == [.paid])
        #expect(try await shop.findings().isEmpty)
    }

    @Test("A refund after the payout leaves a debt that the next commissions pay, and no run pays a debt")
    func debt() async throws {
        let (shop, a, _, sale) = try await shop()
        #expect(try await shop.engine.runPayouts().payouts.count == 2)
        try await shop.tell(.refunded(sale, 10_000, key: "r1"))
        #expect(try await available(shop, a) == [-1_000, 1_000])
        #expect(try await shop.engine.runPayouts().payouts.isEmpty)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Addresses come only when asked for, with an audit row, and never in a description")
    func addresses() async throws {
        let (shop, a, _, _) = try await shop()
        let run = try await shop.engine.runPayouts()
        let rows = try await shop.engine.auditRows().count
        let found = try await shop.engine.payoutAddresses(run: run.run)
        #expect(Set(found.map(\.address)) == ["a@example.com", "b@example.com"])
        #expect(try await shop.engine.auditRows().count == rows + 1)
        #expect(!found.contains { "\($0)".contains("@") || String(reflecting: $0).contains("@") })
        #expect(try await shop.engine.payoutAddresses(run: "nope").isEmpty)
        #expect(try await shop.engine.payouts(after: found[0].payout.id, limit: 1).map(\.id) == [found[1].payout.id])
        await #expect(throws: FulfilmentError.self) { try await shop.engine.settlePayout("\(run.run)-nobody", as: .paid) }
        await #expect(throws: FulfilmentError.self) {
            try await shop.engine.settlePayout("\(run.run)-\(a.id)", as: .paid, reference: "two\nlines")
        }
    }
}
