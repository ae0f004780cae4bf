import Catalog
import Payments
import Testing

@testable import Fulfilment

@Suite("Mail to send")
struct OutboxTests {
    @Test("A paid order's mail carries its keys, its link and the buyer's own links, and opening it is audited")
    func delivered() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        let order = try await shop.buy(email: "Buyer@example.com", quantity: 2)
        let items = try await shop.engine.lease(limit: 10)
        #expect(items.map(\.kind) == [.delivered, .promoterPage])
        let token = try #require(try await shop.view(order, reveal: false).promoterToken)
        #expect(items[1].promoterToken == token)
        let mail = try await shop.engine.mailContent(items[0])
        #expect(mail.to == "Buyer@example.com" && mail.template == "delivered" && mail.language == "en")
        #expect(mail.orders.map(\.id) == [order.order])
        #expect(mail.orders[0].link == "http://hook.test/orders/\(order.token)")
        #expect(mail.orders[0].lines[0].keys == ["KEY-card-0", "KEY-card-1"])
        #expect(mail.promoter?.shareLink == "http://shop.test/r/\(token)/")
        let page = try #require(mail.promoter?.pageLink)
        #expect(try await shop.engine.promoterPage(linkToken: String(page.split(separator: "/").last ?? "")).token == token)
        #expect(mail.messageID == "delivered-\(order.order).main")
        #expect("\(mail)" == "(a delivered mail)")
        #expect(try await shop.audited(.unseal) == 1)
        await #expect(throws: FulfilmentError.self) { try await shop.engine.mailContent(items[1]) }
    }

    @Test("A leased item is nobody else's until the lease ends, and an old fence ends nothing")
    func leases() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        try await shop.buy(email: "b@example.com")
        let first = try await shop.engine.lease(limit: 10)
        #expect(first.count == 2)
        #expect(try await shop.engine.lease(limit: 10).isEmpty)
        shop.pass(seconds: Engine.leaseSeconds)
        let second = try await shop.engine.lease(limit: 10)
        #expect(second.map(\.id) == first.map(\.id) && second.allSatisfy { $0.attempt == 2 })
        #expect(try await !shop.engine.done(first[0]))
        #expect(try await !shop.engine.failed(first[0], reason: "late"))
        #expect(try await shop.engine.done(second[0]))
        #expect(try await !shop.engine.done(second[0]))
        #expect(try await shop.engine.metrics().outboxOpen == 1)
    }

    @Test("Several workers share the work without doing any of it twice")
    func workers() async throws {
        let shop = try await TestShop()
        try await shop.stock(40)
        for n in 0..<40 { try await shop.buy(email: "b\(n)@example.com") }
        let taken = try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<8 {
                group.addTask { try await shop.engine.lease(limit: 10, worker: "w\(worker)").map(\.id) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == 80 && Set(taken).count == 80)
    }

    @Test("A failed try is repeated later and later, and after the last one the item is dead and audited")
    func retries() async throws {
        let shop = try await TestShop(.test(levels: []))
        try await shop.stock(1)
        try await shop.buy(email: "b@example.com")
        var waits: [Int64] = []
        for attempt in 1...Engine.attempts {
            var item = try await shop.engine.lease(limit: 1).first
            var waited: Int64 = 0
            while item == nil {
                shop.pass(seconds: 1)
                waited += 1
                if waited > 30_000 { break }
                item = try await shop.engine.lease(limit: 1).first
            }
            waits.append(waited)
            let leased = try #require(item)
            #expect(leased.attempt == attempt)
            #expect(try await shop.engine.failed(leased, reason: "451 later"))
        }
        for (index, wait) in waits.enumerated().dropFirst() {
            let base = min(21_600, 10 << min(Int64(index) - 1, 12))
            #expect(wait >= base * 3 / 4 && wait <= base * 5 / 4, "try \(index + 1) after \(wait)")
        }
        shop.pass(days: 30)
        #expect(try await shop.engine.lease(limit: 1).isEmpty)
        #expect(try await shop.engine.metrics().outboxDead == 1)
        #expect(try await shop.audited(.dead) == 1)
    }

    @Test("A permanent failure ends it at once, and a resend makes a new item")
    func permanent() async throws {
        let shop = try await TestShop(.test(levels: []))
        try await shop.stock(1)
        let order = try await shop.buy(email: "b@example.com")
        let item = try #require(try await shop.engine.lease(limit: 1).first)
        #expect(try await shop.engine.dead(item, reason: "550 no such user"))
        shop.pass(days: 1)
        #expect(try await shop.engine.lease(limit: 1).isEmpty)
        try await shop.engine.resend(order: order.order)
        let again = try #require(try await shop.engine.lease(limit: 1).first)
        #expect(again.id != item.id)
        #expect(try await shop.engine.mailContent(again).orders[0].lines[0].keys.count == 1)
        try await shop.tell(.refunded(order, 10_000, key: "r"))
        await #expect(throws: FulfilmentError.self) { try await shop.engine.resend(order: order.order) }
        await #expect(throws: FulfilmentError.self) { try await shop.engine.mailContent(again) }
    }

    @Test("A mail that keys will follow is not sent once they have")
    func owedNoMore() async throws {
        let shop = try await TestShop(.test(levels: []))
        try await shop.stock(1)
        let late = try await shop.order(email: "a@example.com")
        shop.pass(seconds: 901)
        try await shop.buy(email: "b@example.com")
        #expect(try await shop.pay(late).effect == .owed)
        let item = try #require(try await shop.engine.lease(limit: 10).first { $0.kind == .owed })
        #expect(try await shop.engine.mailContent(item).orders.map(\.id) == [late.order])
        _ = try await shop.stock(1, prefix: "NEW")
        await #expect { try await shop.engine.mailContent(item) } throws: { ($0 as? FulfilmentError)?.code == .conflict }
        let next = try #require(try await shop.engine.lease(limit: 10).first { $0.subject == late.order })
        #expect(next.kind == .delivered)
        #expect(try await shop.engine.mailContent(next).orders[0].lines[0].keys == ["NEW-card-0"])
    }

    @Test("A look-up mails the address its own orders, at most once in ten minutes, and says nothing either way")
    func lookup() async throws {
        let shop = try await TestShop(.test(levels: []))
        try await shop.stock(3)
        let one = try await shop.order(email: "b@example.com")
        shop.pass(seconds: 1)
        let two = try await shop.order(email: "B@example.com")
        _ = try await shop.order(email: "c@example.com")
        for _ in 0..<20 { try await shop.engine.lookup(email: "b@EXAMPLE.com") }
        try await shop.engine.lookup(email: "nobody@example.com")
        let items = try await shop.engine.lease(limit: 10)
        #expect(items.map(\.kind) == [.lookup])
        let mail = try await shop.engine.mailContent(items[0])
        #expect(mail.to == "B@example.com")
        #expect(mail.orders.map(\.id) == [two.order, one.order])
        #expect(mail.orders.allSatisfy { $0.lines.allSatisfy(\.keys.isEmpty) })
        await #expect(throws: FulfilmentError.self) { try await shop.engine.lookup(email: "b") }
    }

    @Test("A promoter whom the merchant adds is greeted in their language")
    func greeting() async throws {
        let shop = try await TestShop()
        let a = try await shop.engine.addPromoter(address: "a@example.com", language: "zh-CN")
        let items = try await shop.engine.lease(limit: 10)
        #expect(items.map(\.kind) == [.promoterPage, .promoter])
        let mail = try await shop.engine.mailContent(items[1])
        #expect(mail.to == "a@example.com" && mail.language == "zh-CN" && mail.orders.isEmpty)
        #expect(mail.promoter?.shareLink == "http://shop.test/r/\(a.token)/" && mail.promoter?.rate?.basisPoints == 1000)
    }
}
