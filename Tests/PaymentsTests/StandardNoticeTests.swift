import Cryptography
import Payments
import Testing

struct StandardNoticeTests {
    private let notices: StandardNotices

    init() throws {
        notices = try StandardNotices(secrets: [Signer.standardSecret])
    }

    private func judge(_ type: String, _ data: String) -> Verdict {
        notices.judge(Signer.standard(Signer.payload(type, data)), now: Signer.now)
    }

    @Test("A notice signed by another implementation is accepted with all that it says, 300 seconds either way")
    func knownAnswer() throws {
        let body =
            #"{"type":"payment.paid","timestamp":"2027-01-15T07:59:50Z","data":{"order_id":"KF_KNOWN_02","amount_minor":1999,"currency":"USD","transaction_id":"txn_known2"}}"#
        let notice = RawNotice(
            method: "POST", path: "/notify/partner",
            headers: [
                ("Webhook-Id", "msg_known2"), ("webhook-timestamp", "1800000000"),
                ("webhook-signature", "v1,nvDBK3UNg1VAlw/NmUrLPr5EjzjzcSNRqYafTvSBOcY="),
            ], body: Array(body.utf8))
        let expected = Fact(
            .paid, dedupeKey: "msg_known2", orderID: "KF_KNOWN_02", amountMinor: 1999, currency: "USD", gatewayTransactionID: "txn_known2",
            occurredAt: 1_799_999_990)
        for now in [1_799_999_700, 1_800_000_300] as [Int64] {
            #expect(notices.judge(notice, now: now) == .accepted(expected, success: NoticeReply(status: 204)))
        }
        for now in [1_799_999_699, 1_800_000_301] as [Int64] {
            #expect(
                notices.judge(notice, now: now)
                    == .rejected(category: .signature, reason: "stale_timestamp", reply: NoticeReply(status: 401)))
        }
    }

    @Test(
        "Each type has its meaning, and an unknown one none",
        arguments: [
            ("payment.paid", Fact.Kind.paid), ("payment.refunded", .refunded), ("payment.disputed", .disputed), ("payment.failed", .failed),
            ("customer.updated", .ignored), ("payment.PAID", .ignored), ("", .ignored),
        ])
    func types(type: String, kind: Fact.Kind) {
        #expect(judge(type, Signer.paidData).fact?.kind == kind)
    }

    @Test("A dispute's end must say who won")
    func disputeEnd() {
        #expect(judge("payment.dispute_closed", Signer.paidData + #","outcome":"won""#).fact?.disputeWon == true)
        #expect(judge("payment.dispute_closed", Signer.paidData + #","outcome":"maybe""#).refusal == "format/missing_field")
    }

    @Test(
        "Amounts, currencies and identifiers of the wrong form are refused",
        arguments: [
            ("1999", "1999.0", "format/invalid_amount"), ("1999", "\"1999\"", "format/invalid_amount"),
            ("1999", "0", "format/invalid_amount"),
            ("1999", "-1999", "format/invalid_amount"), ("1999", "1e4", "format/invalid_amount"), ("1999", "null", "format/missing_field"),
            ("\"USD\"", "\"usd\"", "format/malformed_field"), ("\"USD\"", "\"US\"", "format/malformed_field"),
            ("\"USD\"", "1", "format/malformed_field"),
            ("\"txn_1\"", "\"a b\"", "format/malformed_field"), ("\"txn_1\"", "\"\"", "format/malformed_field"),
            ("\"txn_1\"", "null", "format/missing_field"), ("\"KF_TEST_01\"", "null", "format/missing_field"),
        ])
    func fields(part: String, other: String, refusal: String) {
        #expect(judge("payment.paid", Signer.paidData.replacing(part, with: other)).refusal == refusal)
    }

    @Test("A field given twice is refused, also when one is spelled with an escape")
    func repeated() {
        #expect(judge("payment.paid", Signer.paidData + #","amount_minor":1"#).refusal == "format/malformed_json")
        #expect(judge("payment.paid", Signer.paidData + #","amount_mino\u0072":1"#).refusal == "format/malformed_json")
    }

    @Test("Fields whose names are equal only as Unicode neither merge nor crash")
    func canonicallyEqual() {
        #expect(judge("payment.paid", Signer.paidData + ",\"\u{e9}\":1,\"e\u{301}\":2").fact?.amountMinor == 1999)
    }

    @Test(
        "A signature list is searched for v1, whatever else it has",
        arguments: [
            ("v1a,AAAA v1,%", nil), ("broken v1,%", nil), ("  v1,%  ", nil), ("v1,AAAA v1,%", nil), ("v1,!!! v1,%", nil),
            ("v1", "signature/malformed_header"), ("%", "signature/malformed_header"), ("v2,%", "signature/no_v1_signature"),
            ("V1,%", "signature/no_v1_signature"), ("v1,%=", "signature/bad_signature"), ("v1, %", "signature/bad_signature"),
            ("v1,", "signature/bad_signature"),
            ("", "signature/malformed_header"),
        ] as [(String, String?)])
    func lists(list: String, refusal: String?) throws {
        let good = Signer.standard(Signer.payload("payment.paid", Signer.paidData))
        let code = try #require(good.values(of: "webhook-signature").first).dropFirst(3)
        let headers = good.headers.filter { $0.name != "webhook-signature" } + [("webhook-signature", list.replacing("%", with: code))]
        let notice = RawNotice(method: "POST", path: "/", headers: headers, body: good.body)
        #expect(notices.judge(notice, now: Signer.now).refusal == refusal)
    }

    @Test(
        "An id with a dot, a blank or nothing in it is refused though its signature is right",
        arguments: ["msg.1", "msg 1", "", "ms\u{e9}"])
    func ids(id: String) {
        let notice = Signer.standard(Signer.payload("payment.paid", Signer.paidData), id: id)
        #expect(notices.judge(notice, now: Signer.now).refusal == "signature/malformed_header")
    }
}
