import Cryptography
import Fulfilment
import Operations
import Payments
import Testing
import Transport

@testable import WebhookServer

@Suite("Security cases: notices")
struct NoticeCases {
    @Test("S1: an empty secret: the account does not exist, the daemon refuses to start")
    func s1() async throws {
        let card = "card: {kind: stripe, secret_key: CARD_KEY, webhook_secrets: [CARD_HOOK]}"
        for secret in ["", " ", "whsec_", "changeme", "whsec_xxxxxxxxxxxxxxxxxxxxxxxx"] {
            let environment = ["CARD_KEY": "sk_live_51Keyfront0123456789", "CARD_HOOK": secret]
            await #expect(throws: (any Error).self, "\(secret)") { try await TestShop(gateways: card, environment: environment) }
        }
        await #expect(throws: (any Error).self) { try await TestShop(gateways: card) }
        #expect(throws: PaymentError.self) { try StripeNotices(secrets: [], livemode: true) }
        #expect(throws: PaymentError.self) { try StandardNotices(secrets: ["whsec_"]) }

        // Where demonstrations leave the account out, nothing of that name answers, whatever it is signed with.
        let shop = try await TestShop()
        let forged = Signer.stripe(Signer.event("checkout.session.completed", Signer.session()), secret: "")
        let reply = try await shop.http.request(
            method: "POST", url: "\(shop.url)/notify/card", headers: forged.headers.map { HTTPField($0.name, $0.value) }, body: forged.body)
        #expect(reply.status == 404)
        try await shop.stop()
    }

    @Test("S2: a notice of gateway A does not complete an order of gateway B")
    func s2() async throws {
        let shop = try await TestShop(gateways: "{bank: {kind: sandbox}, till: {kind: sandbox}}")
        let order = try await shop.placed(at: "bank")
        let foreign = try await shop.notice(.paid, order: order.order, from: "till")
        #expect(try await shop.deliver(foreign).status == 204)
        #expect(try await shop.deliver(foreign, to: "\(shop.url)/notify/bank").status == 401)
        let view = try await shop.view(order)
        #expect(view.state != .fulfilled && view.lines.allSatisfy(\.keys.isEmpty))
        #expect(try await shop.metric(#"keyfront_notices_total{account="till",effect="review"} 1"#))
        #expect(try await shop.deliver(try await shop.notice(.paid, order: order.order, from: "bank")).status == 204)
        #expect(try await shop.view(order).lines[0].keys == ["KEY-0001-SECRET"])
        try await shop.stop()
    }

    @Test("S3: a notice replayed for another order of the same amount pays only the order inside its signed bytes")
    func s3() async throws {
        let shop = try await TestShop()
        let (first, second) = (try await shop.placed(), try await shop.placed())
        let notice = try await shop.notice(.paid, order: first.order)
        let text = String(decoding: notice.body, as: UTF8.self)
        #expect(text.contains(first.order))
        #expect(try await shop.deliver(notice, body: Array(text.replacing(first.order, with: second.order).utf8)).status == 401)
        for _ in 0..<3 {
            #expect(try await shop.deliver(notice, to: "\(notice.url)?order=\(second.order)&out_trade_no=\(second.order)").status == 204)
        }
        #expect(try await shop.view(first).state == .fulfilled)
        #expect(try await shop.view(second).state == .pending)
        #expect(try await shop.free == 1)
        try await shop.stop()
    }

    @Test(
        "S4: an amount that is an array, has an exponent, other digits or letters after it is refused",
        arguments: ["1e2", "１２", "12abc", "0x44", "68,00", "+68", "-68", " 68", "68.", ".68", "68.000", "6 8", "٦٨", "68\u{301}", "NaN"])
    func s4(amount: String) throws {
        #expect(try Judges.epay([("money", amount)]).fact == nil)
        #expect(try Judges.alipay([("total_amount", amount)]).fact == nil)
        #expect(try Judges.paypal(Certified.capture.replacing("19.99", with: amount)).fact == nil)
        // A list of amounts, and a number in quotes or in another form, where JSON has a number.
        #expect(try Judges.epay([("money", nil), ("money[]", "68")]).fact == nil)
        for number in ["[1999]", #""1999""#, "1999.0", "1.999e3", #"{"0":1999}"#, "true", "null", "\"\(amount)\""] {
            #expect(try Judges.standard(Signer.paidData.replacing("1999", with: number)).fact == nil, "\(number)")
            #expect(try Judges.stripe(Signer.session(("1999", number))).fact == nil, "\(number)")
            #expect(try Judges.wechat(Certified.transaction.replacing("6800", with: number)).fact == nil, "\(number)")
        }
    }

    @Test("S5: an amount of nothing, or none at all, is no payment")
    func s5() throws {
        var verdicts = [
            try Judges.epay([("money", "0")]), try Judges.epay([("money", "0.00")]), try Judges.epay([("money", "")]),
            try Judges.epay([("money", nil)]), try Judges.alipay([("total_amount", "0.00")]), try Judges.alipay([("total_amount", nil)]),
            try Judges.wechat(Certified.transaction.replacing("6800", with: "0")),
            try Judges.wechat(Certified.transaction.replacing(#""total":6800,"#, with: "")),
            try Judges.paypal(Certified.capture.replacing("19.99", with: "0.00")),
            try Judges.paypal(Certified.capture.replacing(#","value":"19.99""#, with: "")),
        ]
        for number in ["0", "-1999", "null"] {
            verdicts.append(try Judges.standard(Signer.paidData.replacing("1999", with: number)))
            verdicts.append(try Judges.stripe(Signer.session(("1999", number))))
        }
        #expect(verdicts.count == 16)
        // Stripe's session of nothing is authentic and says so: it goes to a person, and delivers nothing that costs something.
        let judged = verdicts.compactMap(\.fact).filter { $0.kind == .paid }
        #expect(judged.map(\.amountMinor) == [0])
        let order = OrderContext(id: "KF_TEST_01", amountMinor: 1_999, currency: "USD", gateway: "card")
        let unsaid = [nil, 0, -1_999].map { Fact(.paid, dedupeKey: "1", orderID: "KF_TEST_01", amountMinor: $0, currency: "USD") }
        for fact in judged + unsaid {
            let decision = decide(fact, account: "card", order: order)
            #expect(!decision.deliver && decision.needsReview && decision.flags.contains(.amountMismatch))
        }
    }

    @Test("S6: the right number of the wrong currency is kept for a person and not delivered")
    func s6() async throws {
        let shop = try await TestShop()
        let order = try await shop.placed()
        #expect(try await shop.deliver(try await shop.notice(.paid, order: order.order, currency: "JPY")).status == 204)
        let view = try await shop.view(order)
        #expect(view.state == .review && view.lines.allSatisfy(\.keys.isEmpty))
        #expect(try await shop.metric(#"keyfront_notices_total{account="test",effect="review"} 1"#))
        try await shop.stop()
    }

    @Test("S7: a status other than paid is ignored, and answered with success")
    func s7() throws {
        let session = Signer.session((#""payment_status":"paid""#, #""payment_status":"unpaid""#))
        let pending = Certified.capture.replacing("COMPLETED", with: "PENDING")
        let verdicts: [(Verdict, Int)] = [
            (try Judges.epay([("trade_status", "TRADE_CLOSED")]), 200), (try Judges.epay([("trade_status", "TRADE_SUCCESS2")]), 200),
            (try Judges.epay([("trade_status", "1")]), 200), (try Judges.alipay([("trade_status", "WAIT_BUYER_PAY")]), 200),
            (try Judges.alipay([("trade_status", "trade_success")]), 200), (try Judges.stripe(session), 200),
            (try Judges.standard(Signer.paidData, "payment.pending"), 204), (try Judges.standard(Signer.paidData, "Payment.Paid"), 204),
            (try Judges.paypal(pending, "PAYMENT.CAPTURE.PENDING"), 200),
        ]
        for (verdict, status) in verdicts {
            guard case .accepted(let fact, let reply) = verdict else {
                Issue.record("\(verdict)")
                continue
            }
            #expect(fact.kind != .paid && fact.kind != .refunded && reply.status == status, "\(fact)")
        }
        let paying = try Judges.wechat(Certified.transaction.replacing(#""SUCCESS""#, with: #""USERPAYING""#))
        #expect(paying.fact?.kind != .paid)
    }

    @Test("S8: a digest is compared whole: no prefix, no other length, no number that looks like one")
    func s8() throws {
        let good = FormSigner.epayForm()
        #expect(try Judges.epay(query: good).fact?.kind == .paid)
        let sign = try #require(good.split(separator: "&").first { $0.hasPrefix("sign=") }).dropFirst(5)
        let digests = ["", "0", "0e0", "0e462097431906509019562988736854", "true", "[]", "null"] + (1...31).map { String(sign.prefix($0)) }
        for digest in digests + [sign + "0", sign + "%00", "%20" + sign, sign + sign].map(String.init) {
            #expect(try Judges.epay(query: good.replacing("sign=\(sign)", with: "sign=\(digest)")).fact == nil, "\(digest)")
        }
        #expect(try Judges.epay(query: good.replacing("sign=", with: "sign%5B%5D=")).fact == nil)
        let scheme = try StripeNotices(secrets: [Signer.stripeSecret], livemode: true)
        let notice = Signer.stripe(Signer.event("checkout.session.completed", Signer.session()))
        let value = notice.headers[0].value
        for other in [
            String(value.dropLast()), value + "0", value.uppercased(), value.replacing("v1=", with: "v1=0"), "t=\(Signer.now),v1=",
        ] {
            let forged = RawNotice(method: "POST", path: "/", headers: [("Stripe-Signature", other)], body: notice.body)
            #expect(scheme.judge(forged, now: Signer.now).fact == nil, "\(other)")
        }
        #expect(constantTimeEquals([1, 2], [1, 2]) && !constantTimeEquals([1, 2], [1, 2, 3]) && !constantTimeEquals([], []))
    }

    @Test("S9: a payment after the order expired gets a new key, or is owed one")
    func s9() async throws {
        let shop = try await TestShop(keys: 2)
        let orders = [try await shop.placed("a@mail.example"), try await shop.placed("b@mail.example")]
        shop.time.advance(by: 16 * 60)
        let quick = try await shop.placed("quick@mail.example")
        for order in [quick] + orders { #expect(try await shop.deliver(try await shop.notice(.paid, order: order.order)).status == 204) }
        var keys: [String] = []
        for order in [quick] + orders { keys += try await shop.view(order).lines.flatMap(\.keys) }
        #expect(keys.count == 2 && Set(keys).count == 2)
        #expect(try await shop.view(quick).state == .fulfilled)
        #expect(try await shop.view(orders[0]).state == .fulfilled)
        #expect(try await shop.view(orders[1]).state == .owed)
        try await shop.stop()
    }

    @Test("S10: of ten notices at once for the last key one gets it, and nine are owed")
    func s10() async throws {
        let shop = try await TestShop(keys: 1)
        var orders: [PlacedOrder] = []
        for number in 0..<10 {
            orders.append(try await shop.placed("b\(number)@mail.example"))
            shop.time.advance(by: 16 * 60)
        }
        var notices: [OutgoingNotice] = []
        for order in orders { notices.append(try await shop.notice(.paid, order: order.order)) }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for notice in notices + notices { group.addTask { try await shop.deliver(notice).status } }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses == [Int](repeating: 204, count: 20))
        var states: [OrderState] = []
        var keys: [String] = []
        for order in orders {
            let view = try await shop.view(order)
            states.append(view.state)
            keys += view.lines.flatMap(\.keys)
        }
        #expect(states.count { $0 == .fulfilled } == 1 && states.count { $0 == .owed } == 9)
        #expect(keys == ["KEY-0001-SECRET"])
        #expect(try await shop.engine.verifyLedger().findings.isEmpty)
        try await shop.stop()
    }
}
