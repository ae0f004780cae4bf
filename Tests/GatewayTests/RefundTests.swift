import TestSupport
import Testing

@Suite("Refunds and disputes that a gateway tells of")
struct RefundTests {
    @Test("Refunded in full at the gateway, and told twice: refunded once", arguments: PeerKind.tellingOfRefunds)
    func whole(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.sale()
        #expect(try await counter.perform("refund", order, ["times": 2]) == [kind.success, kind.success])
        let shown = try await counter.shown(order)
        #expect(shown.state == "refunded")
        #expect(shown.refundedMinor == order.amountMinor)
        try await counter.close()
    }

    @Test("Three partial refunds, one of them told twice: together the whole", arguments: PeerKind.tellingOfParts)
    func parts(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.sale()
        #expect(try await counter.perform("refund", order, ["amount": 33_33]) == [kind.success])
        #expect(try await counter.shown(order).refundedMinor == 33_33)
        #expect(try await counter.perform("refund", order, ["amount": 50_01, "times": 2]) == [kind.success, kind.success])
        var shown = try await counter.shown(order)
        #expect(shown.refundedMinor == 83_34)
        #expect(shown.state == "fulfilled")
        #expect(try await counter.perform("refund", order, ["amount": 16_66]) == [kind.success])
        shown = try await counter.shown(order)
        #expect(shown.refundedMinor == order.amountMinor)
        #expect(shown.state == "refunded")
        try await counter.close()
    }

    @Test(
        "Refunded before the payment is told: no key goes out when the payment is",
        arguments: PeerKind.tellingOfRefunds)
    func early(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.order()
        try await counter.perform("pay", order, ["times": 0])
        #expect(try await counter.perform("refund", order) == [kind.success])
        #expect(try await counter.shop.state(of: order).keys == [])
        let replies = try await counter.perform("pay", order)
        // Who is asked whether the payment stands says that it does not; PayPal's answer says that it was made, and given back since: it is
        // authentic, counts for nothing, and a person may look.
        #expect(kind.isAskedFirst && kind != .paypal ? replies.map(\.status) == [400] : replies == [kind.success])
        let state = try await counter.shop.state(of: order)
        #expect(kind.isAskedFirst ? state.state != "fulfilled" : state.state == "refunded", "\(state.state)")
        #expect(state.keys == [])
        try await counter.close()
    }

    @Test("A bank asks for the money back, and the shop wins: disputed, then as before", arguments: PeerKind.tellingOfDisputes)
    func disputeWon(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.sale()
        #expect(try await counter.perform("dispute", order, ["times": 2]) == [kind.success, kind.success])
        #expect(try await counter.shown(order).state == "disputed")
        #expect(try await counter.perform("close", order, ["won": true, "times": 2]) == [kind.success, kind.success])
        #expect(try await counter.shown(order).state == "fulfilled")
        try await counter.close()
    }

    @Test("A bank asks for the money back, and the shop loses", arguments: PeerKind.losingDisputes)
    func disputeLost(_ kind: PeerKind) async throws {
        let counter = try await Counter(kind)
        let order = try await counter.sale()
        #expect(try await counter.perform("dispute", order) == [kind.success])
        let replies = try await counter.perform("close", order, ["won": false, "times": 2])
        #expect(replies == (kind.tellsOfLosses ? [kind.success, kind.success] : []))
        #expect(try await counter.shown(order).state != "fulfilled")
        try await counter.close()
    }
}
