import TestSupport
import Testing

@Suite("Payments over each gateway, with the real daemon")
struct PaymentTests {
    @Test("Paid: one key; repeated ten times: the same key, and success each time", arguments: PeerKind.main)
    func paidAndRepeated(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.order()
        try await counter.expect(order, "pending")

        #expect(try await counter.perform("pay", order) == [kind.success])
        try await counter.expect(order, "fulfilled")
        let key = try await counter.shop.state(of: order).keys

        let repeats = try await counter.gateway.perform("repeat", ["times": 10])
        #expect(repeats == Array(repeating: kind.success, count: 10))
        #expect(try await counter.shop.state(of: order).keys == key)

        let other = try await counter.sale()
        #expect(try await counter.shop.state(of: other).keys != key)
        try await counter.close()
    }

    @Test(
        "Every kind of forgery gets the failure reply and changes nothing; the true notice counts after it", arguments: PeerKind.main
    )
    func forged(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.order()
        let ways = counter.gateway.greeting.forgeries
        #expect(ways.count >= 4)
        for way in ways {
            let replies = try await counter.perform("forge", order, ["way": way])
            #expect(replies.count == 1)
            #expect(replies.allSatisfy { (400..<500).contains($0.status) }, "\(way)")
            #expect(replies.allSatisfy { !$0.body.lowercased().contains("success") }, "\(way)")
            try await counter.expect(order, "pending")
        }
        #expect(try await counter.perform("pay", order) == [kind.success])
        try await counter.expect(order, "fulfilled")
        try await counter.close()
    }

    @Test("Another amount or currency than the order's: success to the gateway, a person looks, no key", arguments: PeerKind.main)
    func otherAmount(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let cheap = try await counter.order()
        #expect(try await counter.perform("pay", cheap, ["amount": 1]) == [kind.success])
        try await counter.expect(cheap, "review")
        if PeerKind.namingCurrency.contains(kind) {
            let foreign = try await counter.order()
            #expect(try await counter.perform("pay", foreign, ["currency": "USD"]) == [kind.success])
            try await counter.expect(foreign, "review")
        }
        try await counter.close()
    }

    @Test(
        "Seen but not sure, paid in part, or less than the price: success to the gateway, no key; the payment counts after it",
        arguments: PeerKind.staged)
    func stages(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let stages = counter.gateway.greeting.stages.sorted { $0.key < $1.key }
        #expect(stages.count >= 2)
        for (stage, state) in stages {
            let order = try await counter.order()
            #expect(try await counter.perform("tell", order, ["stage": stage]) == [kind.success], "\(stage)")
            try await counter.expect(order, state)
            guard state == "pending" else { continue }
            #expect(try await counter.perform("pay", order) == [kind.success], "\(stage)")
            try await counter.expect(order, "fulfilled")
        }
        try await counter.close()
    }

    @Test(
        "An authentic notice about an order of another account: success to the gateway, neither order is paid", arguments: PeerKind.main
    )
    func otherAccount(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let own = try await counter.order()
        let foreign = try await counter.shop.order(gateway: "partner")
        #expect(try await counter.perform("pay", own, ["instead": foreign.order]) == [kind.success])
        try await counter.expect(own, "pending")
        #expect(try await counter.shop.state(of: foreign).keys == [])
        #expect(try await counter.shop.state(of: foreign).state != "fulfilled")
        try await counter.close()
    }
}
