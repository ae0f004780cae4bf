import Catalog
import Payments
import Testing

struct AlipayNoticeTests {
    private let gateway: any Gateway

    init() throws {
        gateway = try #require(
            try FormSigner.set([FormSigner.account("ali", "alipay", FormSigner.alipaySettings)]).gateway(named: "ali"))
    }

    private func judge(_ changes: (String, String?)...) -> Verdict {
        gateway.judge(FormSigner.post(FormSigner.alipayForm(changes)), now: Signer.now)
    }

    @Test("A notice signed by another implementation is accepted with all that it says, whenever it comes")
    func knownAnswer() {
        let expected = Fact(
            .paid, dedupeKey: "2027011522001400000000000003|TRADE_SUCCESS", orderID: "KF_KNOWN_03", amountMinor: 6800, currency: "CNY",
            gatewayTransactionID: "2027011522001400000000000003", affiliate: "0123abcd0123abcd", noticeID: "2027011500222155900012345",
            occurredAt: 1_799_999_950)
        for now in [Signer.now, Signer.now + 100_000_000] {
            let verdict = gateway.judge(FormSigner.post(KnownForms.alipay), now: now)
            #expect(
                verdict
                    == .accepted(
                        expected, success: NoticeReply(status: 200, headers: [.init("Content-Type", "text/plain")], body: "success")))
        }
    }

    @Test("A notice in GBK is verified over its bytes")
    func gbk() {
        #expect(String(validating: Array(KnownForms.alipayGBK.utf8), as: UTF8.self) != nil)
        #expect(gateway.judge(FormSigner.post(KnownForms.alipayGBK), now: Signer.now).fact?.orderID == "KF_KNOWN_03")
        // The same characters in UTF-8 are other bytes.
        let recoded = KnownForms.alipayGBK.replacing("%C4%EA%B6%C8%BB%E1%D4%B1", with: "%E5%B9%B4%E5%BA%A6%E4%BC%9A%E5%91%98")
        #expect(recoded != KnownForms.alipayGBK)
        #expect(gateway.judge(FormSigner.post(recoded), now: Signer.now).refusal == "signature/bad_signature")
    }

    @Test("Empty values are signed, so taking one out or putting one in breaks the signature")
    func empty() {
        #expect(KnownForms.alipay.contains("&body=&"))
        for other in ["&", "&body=&detail=&", "&body=x&"] {
            let form = KnownForms.alipay.replacing("&body=&", with: other)
            #expect(gateway.judge(FormSigner.post(form), now: Signer.now).refusal == "signature/bad_signature")
        }
    }

    @Test(
        "The status decides, together with what was refunded",
        arguments: [
            ("TRADE_SUCCESS", nil, Fact.Kind.paid), ("TRADE_FINISHED", nil, .paid), ("WAIT_BUYER_PAY", nil, .ignored),
            ("TRADE_CLOSED", nil, .failed), ("TRADE_SUCCESS", "0.00", .paid), ("TRADE_SUCCESS", "0.01", .refunded),
            ("TRADE_FINISHED", "68.00", .refunded), ("TRADE_CLOSED", "68.00", .refunded), ("trade_success", nil, .ignored),
            ("PAID", nil, .ignored),
            ("WAIT_BUYER_PAY", "1.00", .ignored),
        ] as [(String, String?, Fact.Kind)])
    func statuses(status: String, fee: String?, kind: Fact.Kind) {
        #expect(judge(("trade_status", status), ("refund_fee", fee)).fact?.kind == kind)
    }

    @Test("Refunds are cumulative, each sum a fact of its own, complete when all went back")
    func refunds() {
        let part = judge(("refund_fee", "10.00"), ("gmt_refund", "2027-01-15 15:59:50.123"), ("out_biz_no", "RF1")).fact
        #expect(part?.amountMinor == 1000 && part?.refundAmount == .cumulative && part?.fullRefund == false && part?.refundID == "RF1")
        #expect(part?.dedupeKey == "2027011522001400000000000001|refund|10.00" && part?.occurredAt == 1_799_999_990)
        #expect(judge(("refund_fee", "10")).fact?.dedupeKey == part?.dedupeKey)
        #expect(judge(("refund_fee", "20.00")).fact?.dedupeKey == "2027011522001400000000000001|refund|20.00")
        #expect(judge(("refund_fee", "68.00"), ("trade_status", "TRADE_CLOSED")).fact?.fullRefund == true)
    }

    @Test("A refund that does not say how much is no payment: somebody looks at it")
    func unknownRefund() {
        let fact = judge(("gmt_refund", "2027-01-15 15:59:50")).fact
        #expect(fact?.kind == .ignored && fact?.remarks == [.needsLookup])
    }

    @Test(
        "An amount that is not strict decimal text above nothing is refused",
        arguments: [
            "0", "0.00", "-68.00", "+68.00", "68.000", "6,800", "68.", ".68", "1e2", "12abc", " 68.00", "68.00 ", "６８.００", "0x44", "68,00",
            "9999999999999.00", "68.00\n", "NaN", "68.00.00",
        ])
    func amounts(text: String) {
        #expect(judge(("total_amount", text)).refusal == "format/invalid_amount")
        if !text.hasPrefix("0") { #expect(judge(("refund_fee", text)).refusal == "format/invalid_amount") }
    }

    @Test("A missing field is refused", arguments: ["trade_status", "trade_no", "out_trade_no", "total_amount"])
    func missing(name: String) {
        #expect(judge((name, nil)).refusal == "format/missing_field")
        #expect(judge((name, "")).refusal == "format/missing_field")
    }

    @Test("A notice of another application or another seller is refused, also when it does not say whose it is")
    func addressee() {
        for other in ["2021000000009999", "", nil, "2021000000001234 "] {
            #expect(judge(("app_id", other)).refusal == "identity/app_id_mismatch")
            #expect(judge(("seller_id", other)).refusal == "identity/seller_id_mismatch")
        }
    }

    @Test("An order number that cannot be ours names none", arguments: ["a b", "x", "../../etc", "é123456"])
    func orders(text: String) {
        let fact = judge(("out_trade_no", text)).fact
        #expect(fact?.kind == .paid && fact?.orderID == nil)
    }

    @Test("The configured algorithm counts, never the one that the message names", arguments: ["RSA", "MD5", "rsa2", "", nil] as [String?])
    func algorithms(type: String?) {
        let form = FormSigner.alipayForm().replacing("&sign%5Ftype=RSA2", with: type.map { "&sign%5Ftype=\($0)" } ?? "")
        #expect(form != FormSigner.alipayForm())
        #expect(gateway.judge(FormSigner.post(form), now: Signer.now).refusal == "signature/wrong_sign_type")
    }

    @Test("A signature that is absent, empty, not base64, or ours is refused, with the reply that makes Alipay repeat")
    func signatures() {
        let failure = NoticeReply(status: 400, headers: [.init("Content-Type", "text/plain")], body: "fail")
        func judge(_ sign: String?) -> Verdict {
            let pairs = FormSigner.alipay + (sign.map { [("sign", $0)] } ?? []) + [("sign_type", "RSA2")]
            return gateway.judge(FormSigner.post(FormSigner.form(pairs)), now: Signer.now)
        }
        for sign in [nil, ""] { #expect(judge(sign) == .rejected(category: .signature, reason: "missing_signature", reply: failure)) }
        for sign in ["x", "AAAA", "====", " ", "AAAA AAAA"] {
            #expect(judge(sign) == .rejected(category: .signature, reason: "bad_signature", reply: failure))
        }
        let ours = FormSigner.alipayForm(key: RSAKeys.merchantPrivate)
        #expect(gateway.judge(FormSigner.post(ours), now: Signer.now).refusal == "signature/bad_signature")
        #expect(gateway.judge(FormSigner.post(""), now: Signer.now).refusal == "signature/missing_signature")
    }

    @Test("What the browser brings back proves nothing, whatever it says")
    func returned() {
        for form in [FormSigner.alipayForm([("trade_status", nil), ("notify_type", nil), ("notify_id", nil)]), FormSigner.alipayForm()] {
            let fact = gateway.judge(FormSigner.get(form), now: Signer.now).fact
            #expect(fact?.kind == .ignored && fact?.remarks == [.syncReturn] && fact?.dedupeKey == "2027011522001400000000000001|return")
        }
    }

    @Test("A notice about something else than a trade is taken and changes nothing")
    func otherTypes() {
        let fact = judge(("notify_type", "dut_user_sign"), ("trade_status", nil), ("trade_no", nil), ("total_amount", nil)).fact
        #expect(fact?.kind == .ignored && fact?.dedupeKey == "notice|n0001")
    }

    @Test("During a change of Alipay's key both are believed")
    func rolling() throws {
        let settings = FormSigner.alipaySettings.merging(["alipay_public_key": .list(["OTHER_KEY", "GATEWAY_KEY"])]) { $1 }
        let both = try #require(try FormSigner.set([FormSigner.account("ali", "alipay", settings)]).gateway(named: "ali"))
        for key in [RSAKeys.gatewayPrivate, RSAKeys.merchantPrivate] {
            #expect(both.judge(FormSigner.post(FormSigner.alipayForm(key: key)), now: Signer.now).fact?.kind == .paid)
        }
    }
}
