import TestSupport
import Testing

@Suite("What the merchant does at a gateway, with the real programs")
struct MerchantTests {
    @Test("order refund: in part and whole, each repeated, once at the gateway and once in the books", arguments: PeerKind.refunding)
    func refund(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.sale()
        if kind.refundsParts {
            for _ in 0..<2 { try await refund(counter, order, ["--amount", "30.00", "--key", "first"]) }
            try await told(counter)
            #expect(try await counter.shown(order).refundedMinor == 30_00)
        } else {
            let ending = try await counter.shop.keyfront("order", "refund", order.order, "--amount", "30.00")
            #expect(ending.status == 1)
            #expect(ending.errors.contains("dashboard"))
            #expect(try await counter.shown(order).refundedMinor ?? 0 == 0)
        }
        #expect(try await counter.shown(order).state == "fulfilled")
        for _ in 0..<2 { try await refund(counter, order) }
        try await told(counter)
        #expect(try await counter.shown(order).refundedMinor == order.amountMinor)
        #expect(try await counter.shown(order).state == "refunded")
        try await counter.close()
    }

    @Test("order refund while the gateway is down: it says so, and the same command refunds once later", arguments: PeerKind.refunding)
    func refundLater(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.sale()
        let part = kind.refundsParts ? ["--amount", "30.00", "--key", "first"] : []
        try await counter.gateway.perform("mood", ["value": "down"])
        let ending = try await counter.shop.keyfront(["order", "refund", order.order] + part)
        #expect(ending.status == 1)
        #expect(ending.errors.contains("error:"))
        try await counter.gateway.perform("mood", ["value": "well"])
        for _ in 0..<2 { try await refund(counter, order, part) }
        try await told(counter)
        #expect(try await counter.shown(order).refundedMinor == (kind.refundsParts ? 30_00 : order.amountMinor))
        try await counter.close()
    }

    @Test("order refund at a gateway that cannot: it says what to do, and books nothing", arguments: PeerKind.notRefunding)
    func refundElsewhere(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.sale()
        let ending = try await counter.shop.keyfront("order", "refund", order.order, "--amount", "30.00")
        #expect(ending.status == 1)
        #expect(ending.errors.contains("--by-hand"))
        #expect(try await counter.shown(order).refundedMinor ?? 0 == 0)
        try await counter.close()
    }

    @Test("The notice is lost: the buyer comes back, the gateway is asked, and the key is there", arguments: PeerKind.answering)
    func lostNotice(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.order()
        // Nobody tells the shop.
        try await counter.gateway.perform("connect", ["url": ""])
        try await counter.perform("pay", order, ["times": 0])
        var state = try await counter.shop.state(of: order).state
        for _ in 0..<400 where state != "fulfilled" {
            try await Task.sleep(for: .milliseconds(50))
            state = try await counter.shop.state(of: order).state
        }
        try await counter.expect(order, "fulfilled")

        // It was late, not lost.
        try await counter.gateway.perform("connect", ["url": "\(counter.shop.webhookURL)/notify/gate"])
        #expect(try await counter.perform("pay", order) == [kind.success])
        try await counter.expect(order, "fulfilled")
        try await counter.close()
    }

    private func refund(_ counter: Counter, _ order: TestShop.Placed, _ arguments: [String] = []) async throws {
        let ending = try await counter.shop.keyfront(["order", "refund", order.order] + arguments)
        #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
    }

    /// The gateway tells what our calls caused, to one that listens.
    private func told(_ counter: Counter) async throws {
        guard counter.kind.tellsOfRefunds else { return }
        let replies = try await counter.gateway.perform("flush")
        #expect(replies == [counter.kind.success])
    }
}
