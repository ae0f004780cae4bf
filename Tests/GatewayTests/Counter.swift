import Foundation
import TestSupport
import Testing
import Transport

/// A shop that sells over one gateway, `gate`: the real daemon on one side, the gateway's simulator on the other.
final class Counter {
    let kind: PeerKind
    let gateway: Simulator
    let shop: TestShop
    /// The keys in stock.
    let keys: [String]

    init(_ kind: PeerKind, keys count: Int = 10, mails: MailServer? = nil) async throws {
        self.kind = kind
        gateway = try await Simulator(kind)
        shop = try await TestShop(mails: mails, gateways: ["gate: \(gateway.greeting.account)"], secrets: gateway.greeting.secrets)
        keys = try await shop.importKeys(count)
        try await shop.start()
        try await gateway.perform("connect", ["url": "\(shop.webhookURL)/notify/gate"])
    }

    /// A buyer orders, and goes to the pay page that the shop names.
    func order() async throws -> TestShop.Placed {
        let order = try await shop.order(gateway: "gate")
        if let page = order.pay["url"] {
            let answer = try await shop.client.request(method: "GET", url: page)
            let calls = try await gateway.calls()
            #expect(answer.status == 200, "the gateway refused the buyer: \(calls)")
        }
        return order
    }

    /// Has the gateway do something about an order; gives the shop's replies.
    @discardableResult
    func perform(_ name: String, _ order: TestShop.Placed, _ arguments: [String: any Sendable] = [:]) async throws -> [Simulator.Reply] {
        try await gateway.perform(name, arguments.merging(["order": order.order]) { $1 })
    }

    /// Orders and pays.
    func sale() async throws -> TestShop.Placed {
        let order = try await order()
        #expect(try await perform("pay", order) == [kind.success])
        try await expect(order, "fulfilled")
        return order
    }

    /// What the merchant sees.
    func shown(_ order: TestShop.Placed) async throws -> Shown {
        let ending = try await shop.keyfront("order", "show", order.order, "--json")
        try #require(ending.status == 0, "\(ending.errors)")
        return try ending.json(Shown.self)
    }

    struct Shown: Decodable {
        let state: String
        let refundedMinor: Int64?
    }

    /// The order is in this state; it has one key of ours when it was paid, and none otherwise.
    func expect(
        _ order: TestShop.Placed, _ state: String, keys count: Int? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await shop.state(of: order)
        #expect(found.state == state, sourceLocation: sourceLocation)
        #expect(found.keys.count == count ?? (state == "fulfilled" ? 1 : 0), sourceLocation: sourceLocation)
        #expect(Set(found.keys).isSubset(of: keys), sourceLocation: sourceLocation)
    }

    /// The end of every scenario: the books hold, the gateway's SDK had nothing against any call, no secret is in the log.
    func close(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let ledger = try await shop.keyfront("ledger", "verify")
        #expect(ledger.status == 0, "\(ledger.output)\(ledger.errors)", sourceLocation: sourceLocation)
        let audit = try await shop.keyfront("audit", "verify")
        #expect(audit.status == 0, "\(audit.output)\(audit.errors)", sourceLocation: sourceLocation)
        let wrong = try await gateway.calls().filter { !$0.problem.isEmpty }
        #expect(wrong == [], "\(wrong)", sourceLocation: sourceLocation)
        #expect(try await shop.end() == 0, sourceLocation: sourceLocation)
        let log = shop.log
        #expect(!log.isEmpty, sourceLocation: sourceLocation)
        for (name, secret) in gateway.greeting.secrets {
            #expect(!log.contains(secret), "\(name) is in the log", sourceLocation: sourceLocation)
        }
    }
}
