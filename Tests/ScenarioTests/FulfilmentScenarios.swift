import Foundation
import TestSupport
import Testing

@Suite("Orders over HTTP, with the real daemon", .serialized)
struct FulfilmentScenarios {
    @Test("A hundred identical notices at once: one key, one mail, one pair of commissions, a hundred success replies")
    func identicalNotices() async throws {
        let mails = try await MailServer()
        let shop = try await TestShop(mails: mails)
        let keys = try await shop.importKeys(5)
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
        try await mails.wait(for: 3)
        try await Task.sleep(for: .milliseconds(300))
        #expect(try mails.received().map(\.recipient).sorted() == ["alice@promoter.example", "bob@buyer.example", "carol@buyer.example"])
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

    @Test(
        "The mail that arrives is whole: headers, both parts, Chinese in UTF-8, the key, the links; nothing of it is in the files in plain text"
    )
    func mailAndSecrecy() async throws {
        let mails = try await MailServer()
        let shop = try await TestShop(mails: mails)
        let keys = try await shop.importKeys(2)
        try await shop.start()
        let order = try await shop.order(email: "chen@buyer.example", language: "zh-CN")
        _ = try await shop.pay([order])
        try await mails.wait(for: 1)

        let mail = try #require(try mails.received().first)
        let key = try #require(keys.first { key in mail.parts.first?.text.contains(key) ?? false })
        #expect(mail.defects == [])
        #expect(mail.recipient == "chen@buyer.example")
        #expect(mail.header("From")?.contains("keys@shop.example") == true)
        #expect(mail.header("Subject")?.contains("Test Shop") == true)
        #expect(mail.header("Message-ID")?.hasSuffix(">") == true)
        #expect(mail.parts.map(\.type) == ["text/plain", "text/html"])
        #expect(mail.parts.map(\.charset) == ["utf-8", "utf-8"])
        for part in mail.parts {
            #expect(part.text.contains(key))
            #expect(part.text.contains("\(shop.webhookURL)/orders/\(order.token)"))
            #expect(part.text.contains("\(shop.siteURL)/r/"))
            #expect(part.text.contains("卡密"))
        }

        _ = try await shop.keyfront("order", "resend", order.order)
        try await mails.wait(for: 2)
        #expect(try await shop.end() == 0)
        let secrets = keys + ["chen@buyer.example", order.token]
        for file in try shop.files() {
            for secret in secrets {
                #expect(file.content.range(of: Data(secret.utf8)) == nil, "\(file.name) holds a secret in plain text")
            }
        }
    }

    @Test("kill -9 during a burst of notices: whatever was answered with success is fulfilled exactly once")
    func killedDaemon() async throws {
        let shop = try await TestShop()
        _ = try await shop.importKeys(300)
        try await shop.start()
        var orders: [TestShop.Placed] = []
        for number in 1...240 { orders.append(try await shop.order(email: "buyer\(number)@example.com")) }

        let job = shop.notices(orders, times: 2, concurrency: 24)
        let burst = Task { try await TestShop.send(job) }
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
