import Catalog
import Payments
import Testing

@testable import Fulfilment

@Suite("Refunds through gateways")
struct RefundTests {
    private func asked(_ shop: TestShop, _ order: PlacedOrder, _ amount: Int64?, key: String) async throws -> RefundOrder {
        guard case .ask(let refund) = try await shop.engine.beginRefund(order: order.order, amountMinor: amount, key: key) else {
            throw FulfilmentError(.conflict, "not to be asked")
        }
        return refund
    }

    private func refunded(_ shop: TestShop, _ order: PlacedOrder) async throws -> Int64 {
        try await shop.view(order, reveal: false).refundedMinor
    }

    @Test("A refund is written down before the gateway is asked, and after a crash goes on under the same name")
    func resumed() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.buy(email: "b@example.com")
        let first = try await asked(shop, order, nil, key: "rest")
        #expect(first.transaction == "tx-\(order.order)" && first.amount.minor == 10_000 && first.account == "bank")
        #expect(first.gatewayKey.utf8.count == 32)
        #expect(try await asked(shop, order, nil, key: "rest") == first)
        #expect(try await refunded(shop, order) == 0)
        #expect(try await shop.engine.unansweredRefunds().isEmpty)
        shop.pass(seconds: 120)
        #expect(try await shop.engine.unansweredRefunds() == [first])
        #expect(try await shop.engine.unansweredRefunds().isEmpty)
        #expect(try await shop.engine.settleRefund(first, reference: "re_1", done: true).state == .refunded)
        #expect(try await shop.engine.settleRefund(first, reference: "re_1", done: true).state == .refunded)
        guard case .known(let summary) = try await shop.engine.beginRefund(order: order.order, amountMinor: nil, key: "rest") else {
            Issue.record("a refund that is done was asked for again")
            return
        }
        #expect(summary.state == .refunded)
        #expect(try await shop.audited(.refund) == 2)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Receipt and notice of one refund are one refund, whichever comes first, told alone or in sum", arguments: [true, false])
    func once(receiptFirst: Bool) async throws {
        for meaning in [Fact.RefundAmount.perRefund, .cumulative] {
            let shop = try await TestShop()
            try await shop.stock(1)
            let a = try await shop.engine.addPromoter(address: "a@example.com")
            let order = try await shop.buy(email: "b@example.com", ref: a.token)
            for (part, sum) in [(3_000 as Int64, 3_000 as Int64), (7_000, 10_000)] {
                let refund = try await asked(shop, order, part, key: "part \(part)")
                let told = meaning == .perRefund ? part : sum
                let notice = Fact.refunded(order, told, key: "n\(part)", meaning: meaning)
                if receiptFirst { try await shop.engine.settleRefund(refund, reference: "r", done: true) }
                let outcome = try await shop.tell(notice)
                #expect(!outcome.decision.flags.contains(.excessRefund) && !outcome.decision.needsReview)
                if !receiptFirst { try await shop.engine.settleRefund(refund, reference: "r", done: true) }
                #expect(try await refunded(shop, order) == sum)
            }
            #expect(try await shop.state(order) == .refunded)
            #expect(try await shop.balance("a@example.com") == [0, 0])
            #expect(try await shop.findings().isEmpty)
        }
    }

    @Test("A refund that the gateway has only taken is booked by its notice, and counts as gone until then")
    func waiting() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.buy(email: "b@example.com")
        let refund = try await asked(shop, order, 4_000, key: "a")
        try await shop.engine.settleRefund(refund, reference: "r", done: false)
        #expect(try await refunded(shop, order) == 0)
        await #expect(throws: FulfilmentError.self) {
            try await shop.engine.beginRefund(order: order.order, amountMinor: 6_001, key: "b")
        }
        try await shop.tell(.refunded(order, 4_000, key: "n"))
        #expect(try await refunded(shop, order) == 4_000)
        #expect(try await asked(shop, order, nil, key: "rest").amount.minor == 6_000)
    }

    @Test("A refused refund may be asked for again, under another name")
    func refused() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.buy(email: "b@example.com")
        let first = try await asked(shop, order, nil, key: "rest")
        try await shop.engine.refuseRefund(first, reason: "gateway_refused")
        let second = try await asked(shop, order, nil, key: "rest")
        #expect(second.gatewayKey != first.gatewayKey && second.amount == first.amount)
        // The late answer of the first attempt ends nothing.
        try await shop.engine.settleRefund(first, reference: "r", done: true)
        #expect(try await refunded(shop, order) == 0)
    }

    @Test("One refund of an order is under way at a time; unpaid orders have none, and what a person confirmed a person refunds")
    func limits() async throws {
        let shop = try await TestShop()
        try await shop.stock(3)
        let order = try await shop.buy(email: "b@example.com")
        let first = try await asked(shop, order, 1_000, key: "one")
        #expect(try await asked(shop, order, 1_000, key: "two") == first)
        for amount in [nil, 2_000, 0, -5, 10_001] as [Int64?] {
            await #expect(throws: FulfilmentError.self) {
                try await shop.engine.beginRefund(order: order.order, amountMinor: amount, key: "other")
            }
        }
        let unpaid = try await shop.order()
        await #expect(throws: FulfilmentError.self) {
            try await shop.engine.beginRefund(order: unpaid.order, amountMinor: nil, key: "k")
        }
        _ = try await shop.engine.confirm(order: unpaid.order, reason: "seen on the account")
        guard case .byHand = try await shop.engine.beginRefund(order: unpaid.order, amountMinor: nil, key: "k") else {
            Issue.record("no gateway took this payment")
            return
        }
    }
}
