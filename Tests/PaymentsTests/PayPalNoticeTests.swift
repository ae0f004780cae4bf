import Cryptography
import Payments
import Testing

struct PayPalNoticeTests {
    private let notices: PayPalNotices

    init() throws {
        notices = try Certified.paypalNotices()
    }

    private func judge(_ notice: RawNotice, now: Int64 = Signer.now) -> Verdict { notices.judge(notice, now: now) }

    private func judge(_ type: String, _ resource: String) throws -> Verdict {
        judge(try Certified.paypal(Certified.event(type, resource)))
    }

    private func known(_ body: String = KnownCertified.paypalBody) -> RawNotice {
        RawNotice(
            method: "POST", path: "/notify/pay",
            headers: [
                ("paypal-transmission-id", KnownCertified.paypalID), ("paypal-transmission-time", KnownCertified.paypalTime),
                ("paypal-transmission-sig", KnownCertified.paypalSignature), ("paypal-cert-url", Certified.certificateURL),
                ("paypal-auth-algo", "SHA256withRSA"),
            ], body: Array(body.utf8))
    }

    @Test("The checksum is the one that everybody computes")
    func checksum() {
        #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.of([]) == 0)
        #expect(CRC32.of([0]) == 0xD202_EF8D)
        #expect(CRC32.of(Array(KnownCertified.paypalBody.utf8)) == 2_445_580_203)
    }

    @Test("An event signed by another implementation is accepted with all that it says")
    func knownAnswer() {
        let expected = Fact(
            .paid, dedupeKey: "WH-KNOWN-1", orderID: "KF_KNOWN_02", amountMinor: 1999, currency: "USD",
            gatewayTransactionID: "5DV00000000000001", sessionID: "8MC00000000000001", occurredAt: 1_799_999_990)
        #expect(judge(known()) == .accepted(expected, success: NoticeReply(status: 200)))
    }

    @Test("The signature alone cannot tell a forgery of the same checksum: that is left to memory and to asking")
    func collision() {
        let forged = known(KnownCertified.paypalForgery)
        #expect(CRC32.of(forged.body) == CRC32.of(known().body) && forged.body != known().body)
        #expect(judge(forged).fact?.orderID == "KF_VICTIM_1")
    }

    @Test("An event for another webhook, or for PayPal's simulator, is not ours")
    func webhook() throws {
        let body = Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture)
        for webhook in ["9ZZ99999ZZ999999Z", "WEBHOOK_ID", "", KnownCertified.paypalWebhook + "0"] {
            #expect(judge(try Certified.paypal(body, webhook: webhook)).refusal == "signature/bad_signature")
        }
        for webhook in ["", "WEBHOOK_ID", "webhook_id", "WEBHOOKID", " 0AB12345CD678901E", "short", "xxxxxxxxxxxxxxxxx"] {
            let error = #expect(throws: PaymentError.self) { try Certified.paypalNotices(webhook: webhook) }
            #expect(error?.code == .notConfigured)
        }
    }

    @Test(
        "A certificate comes from PayPal's own hosts over TLS, or from nowhere",
        arguments: [
            ("http://api.paypal.com/v1/notifications/certs/CERT-1", "signature"),
            ("https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1", "signature"),
            ("https://evilapi.paypal.com/v1/notifications/certs/CERT-1", "signature"),
            ("https://www.paypal.com/v1/notifications/certs/CERT-1", "signature"),
            ("https://api.paypal.com@evil.example/x", "signature"), ("https://evil.example/api.paypal.com", "signature"),
            ("https://evil.example#@api.paypal.com/", "signature"), ("https://evil.example\\@api.paypal.com/", "signature"),
            ("https://api.paypal.com:8443/v1/notifications/certs/CERT-1", "signature"), ("https://api.paypal.com.", "signature"),
            ("https://api.paypal.com%2eevil.example/", "signature"), ("//api.paypal.com/", "signature"), ("", "signature"),
            ("file:///etc/ssl/certs/ca-certificates.crt", "signature"), ("https://127.0.0.1/cert", "signature"),
            ("https://[::1]/cert", "signature"), ("https://аpi.paypal.com/cert", "signature"),
            ("https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1", "policy"),
            ("https://api-m.sandbox.paypal.com/v1/notifications/certs/CERT-1", "policy"),
        ])
    func hosts(url: String, category: String) throws {
        let notice = try Certified.paypal(Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture), url: url)
        #expect(judge(notice).refusal == "\(category)/cert_url_not_allowed")
    }

    @Test(
        "A certificate that leads to none of our authorities, or is not PayPal's, or not of this time, is not believed",
        arguments: [
            CertificateFixtures.selfSigned, CertificateFixtures.selfSigned + "\n" + CertificateFixtures.root, CertificateFixtures.leaf,
            CertificateFixtures.evilSuffix + "\n" + CertificateFixtures.authority,
            CertificateFixtures.evilPrefix + "\n" + CertificateFixtures.authority,
            CertificateFixtures.expired + "\n" + CertificateFixtures.authority,
        ])
    func certificates(chain: String) throws {
        let notice = try Certified.paypal(Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture))
        #expect(try Certified.paypalNotices(chain).judge(notice, now: Signer.now).refusal == "signature/untrusted_certificate")
        #expect(judge(notice).fact != nil)
    }

    @Test("A certificate that nobody fetched is none")
    func absent() throws {
        let notice = try Certified.paypal(
            Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture), url: Certified.certificateURL + "2")
        #expect(judge(notice).refusal == "signature/untrusted_certificate")
    }

    @Test("Headers that are missing, repeated or strange are refused, and so is another algorithm")
    func headers() throws {
        let body = Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture)
        let good = try Certified.paypal(body)
        for index in good.headers.indices {
            var headers = good.headers
            let removed = headers.remove(at: index)
            #expect(judge(RawNotice(method: "POST", path: "/", headers: headers, body: good.body)).refusal == "signature/missing_header")
            headers = good.headers + [removed]
            #expect(judge(RawNotice(method: "POST", path: "/", headers: headers, body: good.body)).refusal == "signature/malformed_header")
        }
        for algorithm in ["SHA1withRSA", "sha256withrsa", "", "none", "SHA256withECDSA"] {
            #expect(judge(try Certified.paypal(body, algorithm: algorithm)).refusal == "policy/unsupported_algorithm")
        }
        for id in ["", "a|b", "a b", "é"] { #expect(judge(try Certified.paypal(body, id: id)).refusal == "signature/malformed_header") }
        for time in ["", "1799999998", "2027-01-15", "2027-02-30T00:00:00Z", "2027-01-15T07:59:58Z|x"] {
            #expect(judge(try Certified.paypal(body, time: time)).refusal == "signature/malformed_header")
        }
    }

    @Test("A transmission may be a week old, to the second")
    func age() throws {
        let notice = try Certified.paypal(Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture))
        let sent: Int64 = 1_799_999_998
        #expect(judge(notice, now: sent + 604_800).fact != nil)
        #expect(judge(notice, now: sent + 604_801).refusal == "replay/stale_transmission")
    }

    @Test(
        "The capture's own status decides, not the event's name",
        arguments: [
            ("PAYMENT.CAPTURE.COMPLETED", "COMPLETED", Fact.Kind.paid), ("PAYMENT.CAPTURE.COMPLETED", "PENDING", .ignored),
            ("PAYMENT.CAPTURE.COMPLETED", "DECLINED", .failed), ("PAYMENT.CAPTURE.COMPLETED", "REFUNDED", .ignored),
            ("PAYMENT.CAPTURE.COMPLETED", "completed", .ignored), ("PAYMENT.CAPTURE.PENDING", "PENDING", .ignored),
            ("PAYMENT.CAPTURE.PENDING", "COMPLETED", .ignored), ("PAYMENT.CAPTURE.DENIED", "DECLINED", .failed),
            ("PAYMENT.CAPTURE.DENIED", "COMPLETED", .ignored), ("VAULT.PAYMENT-TOKEN.CREATED", "COMPLETED", .ignored),
        ])
    func statuses(type: String, status: String, kind: Fact.Kind) throws {
        let fact = try judge(type, Certified.capture.replacing("\"COMPLETED\"", with: "\"\(status)\"")).fact
        #expect(fact?.kind == kind)
    }

    @Test("An approved order is not paid")
    func approved() throws {
        let order =
            #"{"id":"8MC01","status":"APPROVED","purchase_units":[{"custom_id":"KF_TEST_01","amount":{"currency_code":"USD","value":"19.99"}}]}"#
        let fact = try judge("CHECKOUT.ORDER.APPROVED", order).fact
        #expect(
            fact?.kind == .ignored && fact?.orderID == "KF_TEST_01" && fact?.amountMinor == 1999 && fact?.gatewayTransactionID == "8MC01")
    }

    @Test(
        "Amounts are exact decimal text of a known currency above nothing",
        arguments: [
            ("USD", "\"19.99\"", 1999), ("USD", "\"19.9\"", 1990), ("USD", "\"20\"", 2000), ("JPY", "\"1500\"", 1500),
            ("TWD", "\"300\"", 30_000), ("HUF", "\"300\"", 30_000), ("USD", "\"0\"", nil), ("USD", "\"0.00\"", nil),
            ("USD", "\"-1.00\"", nil), ("USD", "19.99", nil), ("USD", "[\"19.99\"]", nil), ("USD", "\"1e2\"", nil),
            ("USD", "\"12abc\"", nil), ("USD", "\"１２\"", nil), ("USD", "\"19.999\"", nil), ("USD", "\" 19.99\"", nil),
            ("JPY", "\"15.00\"", nil), ("usd", "\"19.99\"", nil), ("ZZZ", "\"19.99\"", nil), ("", "\"19.99\"", nil),
        ] as [(String, String, Int64?)])
    func amounts(currency: String, value: String, minor: Int64?) throws {
        let capture = Certified.capture.replacing(#""USD","value":"19.99""#, with: #""\#(currency)","value":\#(value)"#)
        let verdict = try judge("PAYMENT.CAPTURE.COMPLETED", capture)
        #expect(verdict.fact?.amountMinor == minor && verdict.refusal == (minor == nil ? "format/invalid_amount" : nil))
    }

    @Test("The order is the custom id, else the invoice id, and only in the alphabet of our ids")
    func orders() throws {
        func order(_ custom: String) throws -> String? {
            try judge("PAYMENT.CAPTURE.COMPLETED", Certified.capture.replacing(#""custom_id":"KF_TEST_01""#, with: custom)).fact?.orderID
        }
        #expect(try order(#""custom_id":"KF_TEST_02","invoice_id":"KF_TEST_03""#) == "KF_TEST_02")
        #expect(try order(#""invoice_id":"KF_TEST_03""#) == "KF_TEST_03")
        for odd in [#""custom_id":"KF TEST""#, #""custom_id":"é_TEST_01""#, #""custom_id":7"#, #""custom_id":["KF_TEST_01"]"#] {
            #expect(try order(odd) == nil)
        }
    }

    @Test("A refund is this one alone, its payment the one it links up to; a reversal says so")
    func refunds() throws {
        let fact = try judge("PAYMENT.CAPTURE.REFUNDED", Certified.refund).fact
        #expect(fact?.kind == .refunded && fact?.amountMinor == 500 && fact?.refundAmount == .perRefund && fact?.refundID == "1JU01")
        #expect(fact?.gatewayTransactionID == "5DV01" && fact?.orderID == "KF_TEST_01" && fact?.remarks == [])
        #expect(try judge("PAYMENT.CAPTURE.REVERSED", Certified.refund).fact?.remarks == [.reversed])
        let failed = try judge("PAYMENT.CAPTURE.REFUNDED", Certified.refund.replacing("COMPLETED", with: "FAILED")).fact
        #expect(failed?.kind == .ignored && failed?.remarks == [.refundFailed])
        #expect(try judge("PAYMENT.CAPTURE.REFUNDED", Certified.refund.replacing("COMPLETED", with: "PENDING")).fact?.kind == .ignored)
        for (part, other) in [("\"up\"", "\"self\""), ("captures/5DV01", "captures/"), ("captures/5DV01", "captures/5DV01?x")] {
            #expect(try judge("PAYMENT.CAPTURE.REFUNDED", Certified.refund.replacing(part, with: other)).refusal == "format/missing_field")
        }
    }

    @Test("A dispute is found by payment and order; its end says who won, or is shown to a person")
    func disputes() throws {
        func dispute(_ outcome: String? = nil) -> String {
            #"{"dispute_id":"PP-D-1","disputed_transactions":[{"seller_transaction_id":"5DV01","custom":"KF_TEST_01"}],"#
                + (outcome.map { #""dispute_outcome":{"outcome_code":"\#($0)"},"# } ?? "")
                + #""dispute_amount":{"currency_code":"USD","value":"19.99"}}"#
        }
        let opened = try judge("CUSTOMER.DISPUTE.CREATED", dispute()).fact
        #expect(opened?.kind == .disputed && opened?.disputeID == "PP-D-1" && opened?.gatewayTransactionID == "5DV01")
        #expect(opened?.orderID == "KF_TEST_01" && opened?.amountMinor == 1999)
        #expect(try judge("CUSTOMER.DISPUTE.RESOLVED", dispute("RESOLVED_SELLER_FAVOUR")).fact?.disputeWon == true)
        let lost = try judge("CUSTOMER.DISPUTE.RESOLVED", dispute("RESOLVED_BUYER_FAVOUR")).fact
        #expect(lost?.kind == .disputeClosed && lost?.disputeWon == false)
        let unclear = try judge("CUSTOMER.DISPUTE.RESOLVED", dispute("NONE")).fact
        #expect(unclear?.kind == .ignored && unclear?.remarks == [.needsLookup])
        #expect(try judge("CUSTOMER.DISPUTE.CREATED", #"{"dispute_id":"PP-D-1"}"#).refusal == "format/missing_field")
    }

    @Test("What is signed but no event is refused", arguments: ["", "{", "[]", "{}", #"{"id":"WH-1"}"#, #"{"id":"WH-1","id":"WH-2"}"#])
    func malformed(body: String) throws {
        let refusal = judge(try Certified.paypal(body)).refusal
        #expect(refusal == "format/malformed_json" || refusal == "format/missing_field")
    }
}
