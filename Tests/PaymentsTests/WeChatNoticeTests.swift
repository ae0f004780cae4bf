import Cryptography
import Payments
import Testing

struct WeChatNoticeTests {
    private let gateway: any Gateway

    init() throws {
        gateway = try Certified.gateway("wechat", Certified.wechatSettings)
    }

    private func known(
        serial: String = Certified.publicKeyID, signature: String = KnownCertified.wechatByPublicKey,
        time: String = KnownCertified.wechatTime, nonce: String = KnownCertified.wechatNonce, body: String = KnownCertified.wechatBody,
        type: String? = nil
    ) -> RawNotice {
        var headers: [(name: String, value: String)] = [
            ("wechatpay-signature", signature), ("wechatpay-timestamp", time), ("wechatpay-nonce", nonce), ("wechatpay-serial", serial),
        ]
        if let type { headers.append(("wechatpay-signature-type", type)) }
        return RawNotice(method: "POST", path: "/notify/pay", headers: headers, body: Array(body.utf8))
    }

    private func judge(_ notice: RawNotice, now: Int64 = Signer.now) -> Verdict { gateway.judge(notice, now: now) }

    private func judge(_ type: String, _ content: String) throws -> Verdict {
        judge(try Certified.wechat(try Certified.sealed(type, content)))
    }

    private func transaction(_ changes: (String, String)...) throws -> Verdict {
        try judge("TRANSACTION.SUCCESS", changes.reduce(Certified.transaction) { $0.replacing($1.0, with: $1.1) })
    }

    @Test("A notice sealed and signed by another implementation is accepted with all that it says, under either key")
    func knownAnswer() {
        let expected = Verdict.accepted(
            Fact(
                .paid, dedupeKey: "EV-KNOWN-1", orderID: "KF_KNOWN_01", amountMinor: 6800, currency: "CNY",
                gatewayTransactionID: "4200000000202701150000000001", affiliate: "0123abcd0123abcd", occurredAt: 1_799_999_990),
            success: NoticeReply(status: 204))
        #expect(judge(known()) == expected)
        #expect(judge(known(type: "WECHATPAY2-SHA256-RSA2048")) == expected)
        let serial = CertificateFixtures.platformSerial
        #expect(judge(known(serial: serial, signature: KnownCertified.wechatByCertificate)) == expected)
        #expect(judge(known(serial: serial.lowercased(), signature: KnownCertified.wechatByCertificate)) == expected)
        // Where the first digit is 0, WeChat may write one digit fewer than we read from the certificate, or one more.
        #expect(judge(known(serial: "0\(serial)", signature: KnownCertified.wechatByCertificate)) == expected)
    }

    @Test("The serial alone says which key: no other one is tried")
    func serials() {
        #expect(judge(known(signature: KnownCertified.wechatByCertificate)).refusal == "signature/bad_signature")
        #expect(judge(known(serial: CertificateFixtures.platformSerial)).refusal == "signature/bad_signature")
        for serial in ["PUB_KEY_ID_0", "00", CertificateFixtures.platformSerial + "0", "\(Certified.publicKeyID)\u{301}"] {
            #expect(
                judge(known(serial: serial)).refusal.map { $0 == "signature/unknown_serial" || $0 == "signature/malformed_header" } == true)
        }
    }

    @Test("WeChat's probes with a false signature fail with a status that says so")
    func probes() {
        for signature in ["WECHATPAY/SIGNTEST/" + KnownCertified.wechatByPublicKey, "WECHATPAY/SIGNTEST/AAAA", "WECHATPAY/SIGNTEST/"] {
            guard case .rejected(.signature, "bad_signature", let reply) = judge(known(signature: signature)) else {
                Issue.record("a probe was not refused")
                return
            }
            #expect(reply.status == 401 && reply.body.hasPrefix(#"{"code":"FAIL""#))
        }
    }

    @Test("The clock may differ by five minutes either way, to the second")
    func clock() {
        let signed: Int64 = 1_799_999_995
        for (now, fine) in [(signed + 300, true), (signed - 300, true), (signed + 301, false), (signed - 301, false), (.max, false)] {
            #expect(judge(known(), now: now).refusal == (fine ? nil : "signature/stale_timestamp"))
        }
    }

    @Test("Without one of its headers, with a strange one, or with one twice, nothing is judged")
    func headers() {
        let good = known()
        for index in good.headers.indices {
            var headers = good.headers
            let removed = headers.remove(at: index)
            let without = RawNotice(method: "POST", path: "/", headers: headers, body: good.body)
            #expect(judge(without).refusal == "signature/missing_header")
            let twice = RawNotice(method: "POST", path: "/", headers: good.headers + [removed], body: good.body)
            #expect(judge(twice).refusal == "signature/malformed_header")
        }
        for time in ["", "+1799999995", "1799999995.0", " 1799999995", "9999999999999", "0x10"] {
            #expect(judge(known(time: time)).refusal == "signature/malformed_header")
        }
        #expect(judge(known(type: "WECHATPAY2-SM2-WITH-SM3")).refusal == "signature/unsupported_signature_type")
        #expect(judge(known(type: "")).refusal == "signature/unsupported_signature_type")
    }

    @Test("The border between nonce and body cannot be moved")
    func borders() throws {
        let cut = try #require(KnownCertified.wechatBody.firstIndex(of: ","))
        let head = String(KnownCertified.wechatBody[..<cut])
        let moved = known(nonce: "\(KnownCertified.wechatNonce)\n\(head)", body: String(KnownCertified.wechatBody[cut...]))
        #expect(judge(moved).refusal == "signature/malformed_header")
    }

    @Test("What is sealed for somebody else, otherwise, or not at all is refused, though WeChat signed it")
    func seals() throws {
        let body = try Certified.sealed("TRANSACTION.SUCCESS", Certified.transaction)
        func refusal(_ part: String, _ other: String) throws -> String? {
            judge(try Certified.wechat(body.replacing(part, with: other))).refusal
        }
        #expect(try refusal("AEAD_AES_256_GCM", "AEAD_SM4_GCM") == "signature/unsupported_algorithm")
        #expect(try refusal("AEAD_AES_256_GCM", "") == "signature/unsupported_algorithm")
        #expect(try refusal(#""associated_data":"x""#, #""associated_data":"y""#) == "signature/decrypt_failed")
        #expect(try refusal(#""associated_data":"x","#, "") == "signature/decrypt_failed")
        #expect(try refusal(#""associated_data":"x""#, #""associated_data":1"#) == "signature/decrypt_failed")
        #expect(try refusal("nonce0000002", "nonce0000003") == "signature/decrypt_failed")
        #expect(try refusal("nonce0000002", "short") == "signature/decrypt_failed")
        #expect(try refusal(#""ciphertext":""#, #""ciphertext":" "#) == "signature/decrypt_failed")
        #expect(try refusal(#""resource""#, #""other""#) == "format/missing_field")
        #expect(try refusal(#""id""#, #""other""#) == "format/missing_field")
        var environment = Certified.environment
        environment["WX_SEAL"] = "AnotherApiV3KeyForTests012345678"
        let other = try Certified.gateway("wechat", Certified.wechatSettings, environment)
        #expect(other.judge(try Certified.wechat(body), now: Signer.now).refusal == "signature/decrypt_failed")
        for content in ["", "[]", "1", #"{"a":1,"a":2}"#, "{", "{}x"] {
            #expect(try judge("TRANSACTION.SUCCESS", content).refusal == "format/malformed_json")
        }
    }

    @Test("A payment or refund for another merchant or app is not ours, and none that names nobody either")
    func addressee() throws {
        #expect(try transaction(("1900000001", "1900000002")).refusal == "identity/mchid_mismatch")
        #expect(try transaction(("\"1900000001\"", "1900000001")).refusal == "identity/mchid_mismatch")
        #expect(try transaction(("\"mchid\"", "\"sp_mchid\"")).refusal == "identity/mchid_mismatch")
        #expect(try transaction(("wx0123456789abcdef", "wx0123456789abcdeF")).refusal == "identity/appid_mismatch")
        #expect(try judge("REFUND.SUCCESS", #"{"refund_status":"SUCCESS"}"#).refusal == "identity/mchid_mismatch")
        #expect(try judge("PAYSCORE.X", #"{"mchid":"1900000002"}"#).refusal == "identity/mchid_mismatch")
    }

    @Test(
        "Only the state inside makes it a payment",
        arguments: [
            ("SUCCESS", Fact.Kind.paid), ("NOTPAY", .ignored), ("USERPAYING", .ignored), ("REFUND", .ignored), ("CLOSED", .failed),
            ("PAYERROR", .failed), ("success", .ignored),
        ])
    func states(state: String, kind: Fact.Kind) throws {
        let fact = try transaction((#""trade_state":"SUCCESS""#, #""trade_state":"\#(state)""#)).fact
        #expect(fact?.kind == kind && fact?.orderID == "KF_TEST_01")
        #expect(fact?.remarks == (state == "REFUND" ? [.needsLookup] : []))
    }

    @Test("What was asked for counts, in whole fen of a named or silent yuan; a coupon lowers only what the buyer paid")
    func amounts() throws {
        #expect(try transaction().fact?.amountMinor == 6800)
        #expect(try transaction((#","currency":"CNY""#, "")).fact?.currency == "CNY")
        #expect(try transaction((#""currency":"CNY""#, #""currency":"HKD""#)).fact?.currency == "HKD")
        for amount in ["0", "-6800", "6800.0", "68e2", "\"6800\"", "[6800]", "99999999999999999999"] {
            #expect(try transaction((#""total":6800"#, #""total":\#(amount)"#)).refusal == "format/invalid_amount")
        }
        #expect(try transaction((#""total":6800,"#, "")).refusal == "format/missing_field")
        #expect(try transaction((#""currency":"CNY""#, #""currency":1"#)).refusal == "format/missing_field")
        #expect(try transaction(("\"out_trade_no\"", "\"other\"")).refusal == "format/missing_field")
        #expect(try transaction(("4200000001", "4200 0001")).refusal == "format/missing_field")
    }

    @Test("A refund is this one alone; one that did not reach the buyer goes to a person")
    func refunds() throws {
        func content(_ status: String) -> String {
            #"{"mchid":"1900000001","out_trade_no":"KF_TEST_01","transaction_id":"4200000001","out_refund_no":"RF_1","refund_id":"503","#
                + #""refund_status":"\#(status)","amount":{"total":6800,"refund":1000,"payer_refund":900}}"#
        }
        let done = try judge("REFUND.SUCCESS", content("SUCCESS")).fact
        #expect(done?.kind == .refunded && done?.amountMinor == 1000 && done?.currency == "CNY" && done?.refundAmount == .perRefund)
        #expect(done?.refundID == "RF_1" && done?.gatewayTransactionID == "4200000001" && done?.orderID == "KF_TEST_01")
        for (type, status) in [("REFUND.ABNORMAL", "ABNORMAL"), ("REFUND.CLOSED", "CLOSED"), ("REFUND.SUCCESS", "CLOSED")] {
            let failed = try judge(type, content(status)).fact
            #expect(failed?.kind == .ignored && failed?.remarks == [.refundFailed] && failed?.refundAmount == nil)
        }
        #expect(try judge("REFUND.SUCCESS", content("PROCESSING")).fact?.kind == .ignored)
        #expect(try judge("REFUND.SUCCESS", content("SUCCESS").replacing(":1000", with: ":-1")).refusal == "format/invalid_amount")
    }

    @Test("A complaint names its case alone; what we do not know is ignored")
    func others() throws {
        let complaint = try judge("COMPLAINT.CREATE", #"{"complaint_id":"20020182","action_type":"CREATE_COMPLAINT"}"#).fact
        #expect(complaint?.kind == .disputed && complaint?.disputeID == "20020182" && complaint?.remarks == [.needsLookup])
        #expect(complaint?.orderID == nil && complaint?.amountMinor == nil)
        #expect(try judge("COMPLAINT.CREATE", "{}").refusal == "format/missing_field")
        #expect(
            try judge("PAYSCORE.USER_OPEN_SERVICE", #"{"foo":"bar"}"#).fact == Fact(.ignored, dedupeKey: "EV-1", occurredAt: 1_799_999_995))
    }
}
