import Foundation
import Testing

@Suite("Orders over HTTP, with the real daemon", .serialized)
struct FulfilmentScenarios {
    @Test("A hundred identical notices at once: one key, one mail, one pair of commissions, a hundred success replies")
    func identicalNotices() async throws {
        let shop = try await TestShop()
        let keys = try await shop.importKeys(5)
        let mails = try await MailServer(port: shop.ports.mail)
        try await shop.start()
        let alice = try await shop.promoter("alice@promoter.example")
        let bob = try await shop.order(email: "bob@buyer.example", ref: alice.token)
        _ = try await shop.pay([bob])
        let bobAsPromoter = try await shop.promoter("bob@buyer.example")

        let carol = try await shop.order(email: "carol@buyer.example", ref: bobAsPromoter.token)
        let answers = try await shop.pay([carol], times: 100, concurrency: 32)

        #expect(answers.map(\.status) == Array(repeating: 204, count: 100))
        let state = try await shop.state(of: carol)
        #expect(state.state == "fulfilled")
        #expect(state.keys.count == 1 && keys.contains(state.keys[0]))
        #expect(try await shop.promoter("alice@promoter.example").pendingMinor == 15_00)
        #expect(try await shop.promoter("bob@buyer.example").pendingMinor == 10_00)
        try await mails.wait(for: 2)
        try await Task.sleep(for: .milliseconds(300))
        #expect(try mails.received().map(\.recipient).sorted() == ["bob@buyer.example", "carol@buyer.example"])
        #expect(try await shop.keyfront("ledger", "verify").status == 0)
        #expect(try await shop.end() == 0)
    }

    @Test("Fifty paid orders on ten keys: ten are fulfilled, forty owed, and forty imported keys fulfil them")
    func owedOrders() async throws {
        let shop = try await TestShop(holdMinutes: 0)
        let first = try await shop.importKeys(10, prefix: "FIRST")
        try await shop.start()
        var orders: [TestShop.Placed] = []
        for number in 1...50 { orders.append(try await shop.order(email: "buyer\(number)@example.com")) }
        #expect(try await shop.pay(orders, concurrency: 32).map(\.status) == Array(repeating: 204, count: 50))

        var states: [TestShop.OrderState] = []
        for order in orders { states.append(try await shop.state(of: order)) }
        #expect(states.filter { $0.state == "fulfilled" }.count == 10)
        #expect(states.filter { $0.state == "owed" }.count == 40)
        #expect(Set(states.flatMap(\.keys)) == Set(first))

        let second = try await shop.importKeys(40, prefix: "SECOND")
        states = []
        for order in orders { states.append(try await shop.state(of: order)) }
        #expect(states.allSatisfy { $0.state == "fulfilled" && $0.keys.count == 1 })
        #expect(Set(states.flatMap(\.keys)) == Set(first + second))
        #expect(try await shop.keyfront("ledger", "verify").status == 0)
    }

    @Test("kill -9 during a burst of notices: whatever was answered with success is fulfilled exactly once")
    func killedDaemon() async throws {
        let shop = try await TestShop()
        _ = try await shop.importKeys(300)
        try await shop.start()
        var orders: [TestShop.Placed] = []
        for number in 1...240 { orders.append(try await shop.order(email: "buyer\(number)@example.com")) }

        let burst = Task { [orders] in try await shop.pay(orders, times: 2, concurrency: 24) }
        try await shop.waitUntilSomeArePaid(of: orders)
        try await shop.end(SIGKILL)
        let acknowledged = Set(try await burst.value.filter { $0.status == 204 }.map(\.order))
        #expect(!acknowledged.isEmpty && acknowledged.count < orders.count, "the kill came before or after the burst")

        try await shop.start()
        var keys: [String] = []
        for order in orders {
            let state = try await shop.state(of: order)
            if acknowledged.contains(order.order) { #expect(state.state == "fulfilled") }
            #expect(state.keys.count == (state.state == "fulfilled" ? 1 : 0))
            keys += state.keys
        }
        #expect(Set(keys).count == keys.count, "a key was given twice")

        // The gateway repeats what was not acknowledged, and what was.
        #expect(try await shop.pay(orders).allSatisfy { $0.status == 204 })
        for order in orders {
            let state = try await shop.state(of: order)
            #expect(state.state == "fulfilled" && state.keys.count == 1)
        }
        #expect(try await shop.keyfront("ledger", "verify").status == 0)
        #expect(try await shop.keyfront("audit", "verify").status == 0)
        #expect(try await shop.end() == 0)
    }
}
