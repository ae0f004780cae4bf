import Payments
import Testing

struct StripeNoticeTests {
    private let notices: StripeNotices

    init() throws {
        notices = try StripeNotices(secrets: [Signer.stripeSecret], livemode: true)
    }

    private func judge(_ type: String, _ object: String, livemode: String = "true") -> Verdict {
        notices.judge(Signer.stripe(Signer.event(type, object, livemode: livemode)), now: Signer.now)
    }

    @Test("A notice signed by another implementation is accepted with all that it says")
    func knownAnswer() throws {
        let body =
            #"{"id":"evt_KNOWN0001","object":"event","created":1799999990,"data":{"object":{"id":"cs_live_known1","object":"checkout.session","amount_total":6800,"client_reference_id":"KF_KNOWN_01","currency":"cny","metadata":{"order_id":"KF_KNOWN_01","affiliate":"键0123"},"mode":"payment","payment_intent":"pi_known1","payment_status":"paid"}},"livemode":true,"type":"checkout.session.completed"}"#
        let notice = RawNotice(
            method: "POST", path: "/notify/card",
            headers: [("STRIPE-SIGNATURE", "t=1800000000,v1=47703291778b46c76337cd375eacb5b16c74d33f018b6251ddc77cf28af9640c")],
            body: Array(body.utf8))
        let known = try StripeNotices(secrets: ["whsec_KeyfrontKnownAnswer0123456789"], livemode: true)
        let expected = Fact(
            .paid, dedupeKey: "evt_KNOWN0001", orderID: "KF_KNOWN_01", amountMinor: 6800, currency: "CNY",
            gatewayTransactionID: "pi_known1",
            affiliate: "键0123", sessionID: "cs_live_known1", occurredAt: 1_799_999_990)
        #expect(known.judge(notice, now: 1_800_000_300) == .accepted(expected, success: NoticeReply(status: 200)))
        #expect(
            known.judge(notice, now: 1_800_000_301)
                == .rejected(category: .signature, reason: "stale_timestamp", reply: NoticeReply(status: 400)))
    }

    @Test(
        "Sessions are paid only when money is there",
        arguments: [
            ("checkout.session.completed", "\"paid\"", Fact.Kind.paid), ("checkout.session.completed", "\"no_payment_required\"", .paid),
            ("checkout.session.completed", "\"unpaid\"", .ignored), ("checkout.session.async_payment_succeeded", "\"paid\"", .paid),
            ("checkout.session.async_payment_succeeded", "\"unpaid\"", .ignored),
            ("checkout.session.async_payment_failed", "\"paid\"", .failed),
            ("checkout.session.expired", "\"unpaid\"", .failed), ("checkout.session.completed", "\"PAID\"", .ignored),
            ("payment_intent.succeeded", "\"paid\"", .ignored),
        ])
    func sessions(type: String, status: String, kind: Fact.Kind) {
        #expect(judge(type, Signer.session(("\"paid\"", status))).fact?.kind == kind)
    }

    @Test("A subscription's session delivers nothing")
    func otherModes() {
        for mode in ["subscription", "setup"] {
            #expect(judge("checkout.session.completed", Signer.session(("\"payment\"", "\"\(mode)\""))).fact?.kind == .ignored)
        }
    }

    @Test(
        "An amount that is not a whole number is refused",
        arguments: ["1999.0", "1e3", "\"1999\"", "[1999]", "-1", "19.99", "99999999999999999999", "true", "{}"])
    func amounts(text: String) {
        #expect(judge("checkout.session.completed", Signer.session((":1999", ":\(text)"))).refusal == "format/invalid_amount")
    }

    @Test("A paid session without amount or currency is refused")
    func missing() {
        #expect(judge("checkout.session.completed", Signer.session((":1999", ":null"))).refusal == "format/missing_field")
        #expect(judge("checkout.session.completed", Signer.session(("\"usd\"", "\"dollar\""))).refusal == "format/missing_field")
        #expect(judge("checkout.session.completed", "{}").refusal == "format/missing_field")
        #expect(judge("checkout.session.completed", "[]").refusal == "format/missing_field")
    }

    @Test(
        "A reference that cannot be an order of ours names none; the metadata's may", arguments: ["a b", "x", "../../etc", "é123456", ""])
    func references(text: String) {
        let both = judge(
            "checkout.session.completed", Signer.session(("\"client_reference_id\":\"KF_TEST_01\"", "\"client_reference_id\":\"\(text)\"")))
        #expect(both.fact?.orderID == "KF_TEST_01")
        #expect(judge("checkout.session.completed", Signer.session(("KF_TEST_01", text))).fact?.orderID == nil)
    }

    @Test("Without a payment intent the session is the transaction")
    func noIntent() {
        let fact = judge("checkout.session.completed", Signer.session(("\"pi_test1\"", "null"))).fact
        #expect(fact?.gatewayTransactionID == "cs_live_1")
    }

    @Test("Refunds are cumulative, complete only when Stripe says so")
    func refunds() {
        func charge(_ refunded: Int, _ full: Bool) -> String {
            #"{"id":"ch_1","amount":1999,"amount_refunded":\#(refunded),"currency":"usd","metadata":{"order_id":"KF_TEST_01"},"payment_intent":"pi_test1","refunded":\#(full)}"#
        }
        let part = judge("charge.refunded", charge(500, false)).fact
        #expect(part?.kind == .refunded && part?.amountMinor == 500 && part?.refundAmount == .cumulative && part?.fullRefund == false)
        #expect(judge("charge.refunded", charge(1999, true)).fact?.fullRefund == true)
        #expect(judge("charge.refunded", charge(0, false)).refusal == "format/missing_field")
    }

    @Test("A dispute is known by its payment alone; an inquiry is no dispute; its end says who won")
    func disputes() {
        func dispute(_ status: String) -> String {
            #"{"id":"du_1","amount":1999,"charge":"ch_1","currency":"usd","metadata":{"order_id":"KF_OTHER1"},"payment_intent":"pi_test1","status":"\#(status)"}"#
        }
        let opened = judge("charge.dispute.created", dispute("needs_response")).fact
        #expect(
            opened?.kind == .disputed && opened?.orderID == nil && opened?.gatewayTransactionID == "pi_test1" && opened?.disputeID == "du_1"
        )
        let inquiry = judge("charge.dispute.created", dispute("warning_needs_response")).fact
        #expect(inquiry?.kind == .ignored && inquiry?.remarks == [.inquiry])
        #expect(judge("charge.dispute.closed", dispute("won")).fact?.disputeWon == true)
        #expect(judge("charge.dispute.closed", dispute("lost")).fact?.kind == .disputeClosed)
        #expect(judge("charge.dispute.closed", dispute("lost")).fact?.disputeWon == false)
        #expect(judge("charge.dispute.closed", dispute("warning_closed")).fact?.kind == .ignored)
    }

    @Test("Test events do not count in live mode, nor the reverse, nor events that do not say")
    func livemode() throws {
        #expect(judge("checkout.session.completed", Signer.session(), livemode: "false").refusal == "identity/livemode_mismatch")
        #expect(judge("checkout.session.completed", Signer.session(), livemode: "null").refusal == "identity/livemode_mismatch")
        #expect(judge("checkout.session.completed", Signer.session(), livemode: "\"true\"").refusal == "identity/livemode_mismatch")
        let test = try StripeNotices(secrets: [Signer.stripeSecret], livemode: false)
        let live = Signer.stripe(Signer.event("checkout.session.completed", Signer.session()))
        #expect(test.judge(live, now: Signer.now).refusal == "identity/livemode_mismatch")
    }

    @Test(
        "A header that is not exactly Stripe's is refused",
        arguments: [
            ("", "signature/malformed_signature_header"), ("t=1800000000", "signature/no_v1_signature"),
            ("t=1800000000,v1=", "signature/bad_signature"), ("t=+1800000000,v1=00", "signature/malformed_signature_header"),
            ("t=1800000000000,v1=00", "signature/malformed_signature_header"),
            ("t=9999999999999999999999999,v1=00", "signature/malformed_signature_header"),
            ("t=,v1=00", "signature/malformed_signature_header"), (" t=1800000000,v1=00", "signature/malformed_signature_header"),
            ("t=１８００,v1=00", "signature/malformed_signature_header"), ("t=1800000000,V1=00", "signature/no_v1_signature"),
        ])
    func headers(value: String, refusal: String) {
        let notice = RawNotice(method: "POST", path: "/", headers: [("Stripe-Signature", value)], body: Array("{}".utf8))
        #expect(notices.judge(notice, now: Signer.now).refusal == refusal)
    }

    @Test("Any of several signatures by any of several secrets is enough")
    func rolling() throws {
        let old = "whsec_KeyfrontOldSecret0123456789"
        let both = try StripeNotices(secrets: [Signer.stripeSecret, old], livemode: true)
        let body = Signer.event("checkout.session.completed", Signer.session())
        #expect(both.judge(Signer.stripe(body, secret: old), now: Signer.now).fact != nil)
        #expect(notices.judge(Signer.stripe(body, secret: old), now: Signer.now).refusal == "signature/bad_signature")
    }
}
