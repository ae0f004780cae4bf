import Database
import Foundation
import Testing

@testable import Fulfilment

@Suite("Restart")
struct RestartTests {
    /// The files as a process that is killed now leaves them: what was answered must be in them. A server's database is where
    /// it was, and the first process goes on beside the second.
    private func copyFiles(of shop: TestShop) throws -> String {
        let folder = try TestShop.newFolder()
        for file in try FileManager.default.contentsOfDirectory(atPath: shop.folder)
        where [".db", "-wal", "url"].contains(where: file.hasSuffix) {
            try FileManager.default.copyItem(atPath: "\(shop.folder)/\(file)", toPath: "\(folder)/\(file)")
        }
        return folder
    }

    @Test("A process killed in a burst of notices: every answered one is fulfilled once, and repeats of all finish the rest once")
    func killed() async throws {
        let shop = try await TestShop()
        try await shop.stock(60)
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        var orders: [PlacedOrder] = []
        for n in 0..<60 { orders.append(try await shop.order(email: "b\(n)@example.com", ref: a.token)) }
        let answered = AnsweredOrders()
        let burst = orders
        let running = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in burst {
                    group.addTask {
                        try await shop.pay(order)
                        await answered.add(order.order)
                    }
                }
                try await group.waitForAll()
            }
        }
        while await answered.count < 20 { await Task.yield() }
        // The answers first, the files then: a file may hold more than was answered, never less.
        let known = await answered.orders
        let folder = try copyFiles(of: shop)
        try await running.value

        let again = try await TestShop(folder: folder, seed: 2)
        for order in orders where known.contains(order.order) {
            #expect(try await again.state(order) == .fulfilled)
        }
        for order in orders { try await again.pay(order) }
        for order in orders {
            #expect(try await again.view(order).lines[0].keys.count == 1)
            #expect(try await again.pay(order).effect == .duplicate)
        }
        #expect(try await again.outbox(.delivered) == 60)
        #expect(try await again.balance("a@example.com") == [60_000, 0])
        #expect(try await again.findings().isEmpty)
    }

    @Test("Closed and opened again, the books are the same, sealed texts open, and leases go on")
    func reopened() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        let order = try await shop.buy(email: "b@example.com")
        let items = try await shop.engine.lease(limit: 1)
        let folder = try copyFiles(of: shop)
        let again = try await TestShop(folder: folder, seed: 9)
        #expect(try await again.view(order).lines[0].keys == ["KEY-card-0"])
        #expect(try await again.pay(order).effect == .duplicate)
        #expect(try await again.engine.done(items[0]))
        #expect(try await again.findings().isEmpty)
    }
}

private actor AnsweredOrders {
    private(set) var orders = Set<String>()
    var count: Int { orders.count }
    func add(_ order: String) { orders.insert(order) }
}
