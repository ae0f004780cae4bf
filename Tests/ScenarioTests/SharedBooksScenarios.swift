import Foundation
import TestSupport
import Testing

@Suite("Two daemons on one PostgreSQL", .serialized)
struct SharedBooksScenarios {
    @Test("kill -9 of either under a burst of notices to both: every order gets one key, none twice, and what was answered stays")
    func killed() async throws {
        let server = try await PostgreSQLServer()
        let shops = [
            try await TestShop(secrets: ["KEYFRONT_DATABASE": server.address]),
            try await TestShop(secrets: ["KEYFRONT_DATABASE": server.address]),
        ]
        // Two copies of one shop: the same master key.
        let key = try String(contentsOfFile: "\(shops[0].path)/secrets/master.key", encoding: .utf8)
        try FileManager.default.removeItem(atPath: "\(shops[1].path)/secrets/master.key")
        try shops[1].write("secrets/master.key", key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(shops[1].path)/secrets/master.key")

        let keys = try await shops[0].importKeys(240)
        for shop in shops { try await shop.start() }
        var orders: [TestShop.Placed] = []
        for number in 0..<240 { orders.append(try await shops[number % 2].order(email: "buyer\(number % 50)@example.com")) }

        var acknowledged = Set<String>()
        for round in 0..<4 {
            // Both hear of all of them, in opposite order, and one of them is killed meanwhile.
            let jobs = [shops[0].notices(orders), shops[1].notices(orders.reversed())]
            async let first = TestShop.send(jobs[0])
            async let second = TestShop.send(jobs[1])
            try await Task.sleep(for: .milliseconds(500 + 150 * round))
            try await shops[round % 2].end(SIGKILL)
            let answers = try await first + second
            acknowledged.formUnion(answers.filter { $0.status == 204 }.map(\.order))
            // What was answered is fulfilled, says the other one.
            for order in orders where acknowledged.contains(order.order) {
                #expect(try await shops[(round + 1) % 2].state(of: order).state == "fulfilled")
            }
            try await shops[round % 2].start()
        }
        for shop in shops {
            #expect(try await shop.pay(orders).map(\.status) == Array(repeating: 204, count: 240))
        }

        var given: [String] = []
        for order in orders {
            let state = try await shops[0].state(of: order)
            #expect(state.state == "fulfilled" && state.keys.count == 1)
            given += state.keys
        }
        #expect(Set(given).count == 240 && Set(given) == Set(keys))
        for shop in shops { #expect(try await shop.keyfront("ledger", "verify").status == 0) }
        #expect(try await shops[1].keyfront("audit", "verify").status == 0)
        for shop in shops { #expect(try await shop.end() == 0) }
        // Without a daemon a command opens the books itself.
        #expect(try await shops[0].keyfront("ledger", "verify").status == 0)
        #expect(!shops.contains { $0.log.contains("postgres://") })
    }
}
