import Catalog
import Cryptography
import Payments
import Testing
import Transport

struct PayPalGatewayTests {
    /// PayPal as it should be: a token, the certificate, and what is asked for by path.
    private func peer(_ answers: [String: String] = [:], status: Int = 200) -> Peer {
        Peer { request in
            func answer(_ text: String, _ status: Int = 200) -> HTTPResponse { HTTPResponse(status: status, body: Array(text.utf8)) }
            if request.url.hasSuffix("/v1/oauth2/token") {
                return answer(#"{"access_token":"A21AAtoken","token_type":"Bearer","expires_in":32400}"#)
            }
            if request.url == Certified.certificateURL { return answer(Certified.chain) }
            for (path, text) in answers where request.url.hasSuffix(path) { return answer(text, status) }
            return answer(#"{"name":"RESOURCE_NOT_FOUND","details":[{"issue":"INVALID_RESOURCE_ID"}]}"#, 404)
        }
    }

    private func gateway(_ peer: Peer, _ changes: [String: GatewayAccount.Setting] = [:]) throws -> any Gateway {
        try Certified.gateway("paypal", Certified.paypalSettings.merging(changes) { $1 }, http: peer.client)
    }

    private var paid: RawNotice {
        get throws { try Certified.paypal(Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture)) }
    }

    private let captures = "/v2/payments/captures/5DV01"

    /// What the daemon does with a notice.
    private func receive(_ notice: RawNotice, at gateway: any Gateway) async throws -> Verdict {
        try await gateway.prepare(for: notice)
        return gateway.judge(notice, now: Signer.now)
    }

    @Test("A payment counts when PayPal, asked, says the same; the certificate is fetched once")
    func confirmed() async throws {
        let peer = peer([captures: Certified.capture])
        let gateway = try gateway(peer)
        for _ in 0..<2 { #expect(try await receive(try paid, at: gateway).fact?.kind == .paid) }
        #expect(
            peer.requests.map(\.line) == [
                "GET \(Certified.certificateURL)", "POST https://api-m.paypal.com/v1/oauth2/token",
                "GET https://api-m.paypal.com\(captures)",
                "GET https://api-m.paypal.com\(captures)",
            ])
        #expect(
            peer.requests[1].header("Authorization") == "Basic "
                + Base64.encode(Array("AbcKeyfrontClient0123456789:EKeyfrontPayPalSecret0123456789".utf8)))
        #expect(peer.requests[2].header("Authorization") == "Bearer A21AAtoken" && peer.requests[0].header("Authorization") == nil)
    }

    @Test(
        "A payment that PayPal knows otherwise, or not at all, is refused",
        arguments: [
            ("\"COMPLETED\"", "\"PENDING\""), ("19.99", "0.01"), ("USD", "MXN"),
            ("KF_TEST_01", "KF_TEST_02"), ("\"5DV01\"", "\"5DV02\""),
        ])
    func contradicted(part: String, other: String) async throws {
        let gateway = try gateway(peer([captures: Certified.capture.replacing(part, with: other)]))
        #expect(
            try await receive(try paid, at: gateway)
                == .rejected(category: .policy, reason: "not_confirmed", reply: NoticeReply(status: 400)))
    }

    @Test("A payment that was given back in full since is authentic and counts for nothing: kept for a person, success to PayPal")
    func givenBack() async throws {
        let since = Certified.capture.replacing("\"COMPLETED\"", with: "\"REFUNDED\"")
        let verdict = try await receive(try paid, at: try gateway(peer([captures: since])))
        let fact = try #require(verdict.fact)
        #expect(fact.kind == .ignored && fact.remarks == [.needsLookup])
        #expect(fact.transmission?.bodyDigest == Digest.sha256(try paid.body))
        // Of another amount it is not that payment.
        let other = try gateway(peer([captures: since.replacing("19.99", with: "0.01")]))
        #expect(try await receive(try paid, at: other).refusal == "policy/not_confirmed")
    }

    @Test("A payment that PayPal does not know is refused; when PayPal cannot be asked, the notice has to come again")
    func unknown() async throws {
        #expect(try await receive(try paid, at: try gateway(peer())).refusal == "policy/not_confirmed")
        let down = try gateway(peer([captures: "{}"], status: 503))
        let error = await #expect(throws: PaymentError.self) { try await receive(try paid, at: down) }
        #expect(error?.code == .unreachable)
        guard case .rejected(.policy, "not_confirmed", let reply) = down.judge(try paid, now: Signer.now) else {
            Issue.record("it was accepted without a confirmation")
            return
        }
        #expect(reply.status == 503)
    }

    @Test("A forgery by checksum is refused: the transmission came with another body, or PayPal does not know the payment")
    func forgery() async throws {
        let known = try JSONReader.read(Array(KnownCertified.paypalBody.utf8))
        let capture = try #require(known["resource"]).written
        func notice(_ body: String) -> RawNotice {
            RawNotice(
                method: "POST", path: "/",
                headers: [
                    ("PAYPAL-TRANSMISSION-ID", KnownCertified.paypalID), ("PAYPAL-TRANSMISSION-TIME", KnownCertified.paypalTime),
                    ("PAYPAL-TRANSMISSION-SIG", KnownCertified.paypalSignature), ("PAYPAL-CERT-URL", Certified.certificateURL),
                    ("PAYPAL-AUTH-ALGO", "SHA256withRSA"),
                ], body: Array(body.utf8))
        }
        let forged = notice(KnownCertified.paypalForgery)
        let gateway = try gateway(peer(["/v2/payments/captures/5DV00000000000001": capture]))
        // It comes first, and does not keep the true one out.
        #expect(try await receive(forged, at: gateway).refusal == "policy/not_confirmed")
        #expect(try await receive(notice(KnownCertified.paypalBody), at: gateway).fact?.orderID == "KF_KNOWN_02")
        #expect(try await receive(forged, at: gateway).refusal == "replay/transmission_id_reused")
        #expect(try await receive(notice(KnownCertified.paypalBody), at: gateway).fact?.orderID == "KF_KNOWN_02")
    }

    @Test("What is not authentic makes us ask for nothing but, at PayPal, for a certificate")
    func strangers() async throws {
        let peer = peer([captures: Certified.capture])
        let gateway = try gateway(peer)
        let body = Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture)
        for url in [
            "https://evil.example/v1/notifications/certs/CERT-1", "http://api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com/v2/checkout/orders", "https://api.paypal.com/v1/notifications/certs/../../x",
            "https://api.paypal.com/v1/notifications/certs/CERT-1?x", "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
        ] {
            let verdict = try await receive(try Certified.paypal(body, url: url), at: gateway)
            #expect(verdict.fact == nil)
        }
        #expect(peer.requests.isEmpty)
        #expect(
            try await receive(try Certified.paypal(body, webhook: "9ZZ99999ZZ999999Z"), at: gateway).refusal == "signature/bad_signature")
        #expect(peer.requests.map(\.url) == [Certified.certificateURL])
    }

    @Test("An address that gives no certificate is not asked again for a minute; one that cannot be reached is tried again")
    func failingCertificates() async throws {
        for answer in ["", "not PEM", CertificateFixtures.root.replacing("A", with: "B")] {
            let peer = Peer { _ in HTTPResponse(status: 200, body: Array(answer.utf8)) }
            let gateway = try gateway(peer)
            for _ in 0..<3 { #expect(try await receive(try paid, at: gateway).refusal == "signature/untrusted_certificate") }
            #expect(peer.requests.count == 1)
        }
        let down = try gateway(Peer { _ throws(TransportError) in throw TransportError(.timeout, "no answer") })
        for _ in 0..<2 { await #expect(throws: PaymentError.self) { try await down.prepare(for: try paid) } }
    }

    @Test("A refund is confirmed as well; a dispute and an unrelated event need no question")
    func others() async throws {
        let refund = try Certified.paypal(Certified.event("PAYMENT.CAPTURE.REFUNDED", Certified.refund))
        #expect(try await receive(refund, at: try gateway(peer(["/v2/payments/refunds/1JU01": Certified.refund]))).fact?.kind == .refunded)
        let more = Certified.refund.replacing("5.00", with: "4.00")
        #expect(try await receive(refund, at: try gateway(peer(["/v2/payments/refunds/1JU01": more]))).refusal == "policy/not_confirmed")
        let unrelated = try Certified.paypal(Certified.event("VAULT.PAYMENT-TOKEN.CREATED", #"{"id":"x"}"#))
        let peer = peer()
        #expect(try await receive(unrelated, at: try gateway(peer)).fact?.kind == .ignored)
        #expect(peer.requests.count == 1)
    }

    @Test("An order that the buyer approved is captured, once however often we hear of it")
    func approval() async throws {
        let order =
            #"{"id":"8MC01","status":"APPROVED","purchase_units":[{"custom_id":"KF_TEST_01","amount":{"currency_code":"USD","value":"19.99"}}]}"#
        let notice = try Certified.paypal(Certified.event("CHECKOUT.ORDER.APPROVED", order))
        let peer = peer(["/v2/checkout/orders/8MC01/capture": #"{"id":"8MC01","status":"COMPLETED"}"#])
        let gateway = try gateway(peer)
        for _ in 0..<2 { #expect(try await receive(notice, at: gateway).fact?.kind == .ignored) }
        let captures = peer.requests.filter { $0.method == "POST" && $0.url.hasSuffix("/capture") }
        #expect(captures.map { $0.header("PayPal-Request-Id") } == ["cap-8MC01", "cap-8MC01"])
        let done = self.peer(
            ["/v2/checkout/orders/8MC01/capture": #"{"name":"UNPROCESSABLE_ENTITY","details":[{"issue":"ORDER_ALREADY_CAPTURED"}]}"#],
            status: 422)
        #expect(try await receive(notice, at: try self.gateway(done)).fact?.kind == .ignored)
    }

    @Test("A checkout is one order with ours in it twice, named so that a repeat is the same order")
    func checkout() async throws {
        let peer = peer([
            "/v2/checkout/orders":
                #"{"id":"8MC01","status":"PAYER_ACTION_REQUIRED","links":[{"href":"https://api-m.paypal.com/v2/checkout/orders/8MC01","rel":"self"},"#
                + #"{"href":"https://www.paypal.com/checkoutnow?token=8MC01","rel":"payer-action"}]}"#
        ])
        let session = try await gateway(peer).createCheckout(.sample(minor: 1999, currency: "USD"))
        #expect(session == CheckoutSession(way: .redirect("https://www.paypal.com/checkoutnow?token=8MC01"), gatewayReference: "8MC01"))
        let request = try #require(peer.requests.last)
        #expect(request.line == "POST https://api-m.paypal.com/v2/checkout/orders" && request.header("PayPal-Request-Id") == "KF_TEST_01")
        #expect(
            request.text
                == #"{"intent":"CAPTURE","purchase_units":[{"custom_id":"KF_TEST_01","invoice_id":"KF_TEST_01","#
                + #""description":"年度会员 C++ & more","amount":{"currency_code":"USD","value":"19.99"}}],"payment_source":{"paypal":"#
                + #"{"experience_context":{"user_action":"PAY_NOW","shipping_preference":"NO_SHIPPING","locale":"zh-CN","#
                + #""return_url":"https://shop.example/orders/abc?x=1&y=2","cancel_url":"https://shop.example/orders/abc?x=1&y=2"}}}}"#)
        for answer in ["{}", #"{"id":"8MC01"}"#, #"{"id":"8MC01","links":[{"href":"javascript:alert(1)","rel":"approve"}]}"#, "[]", ""] {
            let error = await #expect(throws: PaymentError.self) {
                try await gateway(self.peer(["/v2/checkout/orders": answer])).createCheckout(.sample(minor: 1999, currency: "USD"))
            }
            #expect(error?.code == .malformedAnswer)
        }
    }

    @Test(
        "Amounts are written as PayPal reads them, or refused",
        arguments: [
            (1999, "USD", "19.99"), (5, "EUR", "0.05"), (1500, "JPY", "1500"), (30_000, "TWD", "300"), (30_000, "HUF", "300"),
            (30_050, "TWD", nil), (5_120, "KWD", nil), (100, "KRW", nil), (0, "USD", nil), (-1, "USD", nil),
        ] as [(Int64, String, String?)])
    func amounts(minor: Int64, currency: String, text: String?) throws {
        let money = Money(minor: minor, currency: try Currency(code: currency))
        #expect((try? PayPalAmount.value(money)) == text)
    }

    @Test("The token is kept, and fetched anew when PayPal no longer takes it")
    func tokens() async throws {
        let peer = Peer { request in
            if request.url.hasSuffix("/token") {
                return HTTPResponse(status: 200, body: Array(#"{"access_token":"A21","expires_in":32400}"#.utf8))
            }
            return HTTPResponse(status: 401, body: Array(#"{"name":"AUTHENTICATION_FAILURE","message":"A21"}"#.utf8))
        }
        let error = await #expect(throws: PaymentError.self) {
            try await gateway(peer).createCheckout(.sample(minor: 1999, currency: "USD"))
        }
        #expect(error?.code == .refused && error?.cause == "AUTHENTICATION_FAILURE" && error?.description.contains("A21") == false)
        #expect(peer.requests.count == 4)
        let no = Peer { _ in HTTPResponse(status: 401, body: Array(#"{"error":"invalid_client"}"#.utf8)) }
        let refused = await #expect(throws: PaymentError.self) {
            try await gateway(no).createCheckout(.sample(minor: 1999, currency: "USD"))
        }
        #expect(refused?.code == .refused && refused?.cause == "invalid_client" && no.requests.count == 1)
    }

    @Test("A question captures what was approved, and answers with the capture's fact")
    func query() async throws {
        let reference = PaymentReference(order: "KF_TEST_01", gatewayReference: "8MC01")
        func order(_ status: String, _ capture: String = "") -> String {
            #"{"id":"8MC01","status":"\#(status)","purchase_units":[{"custom_id":"KF_TEST_01","payments":{"captures":[\#(capture)]}}]}"#
        }
        func ask(_ answers: [String: String]) async throws -> Fact? { try await gateway(peer(answers)).query(reference) }
        let path = "/v2/checkout/orders/8MC01"
        #expect(try await ask([path: order("CREATED")]) == nil)
        #expect(try await ask([path: order("PAYER_ACTION_REQUIRED")]) == nil)
        #expect(try await ask([path: order("VOIDED")])?.kind == .failed)
        let captured = try await ask([path: order("APPROVED"), path + "/capture": order("COMPLETED", Certified.capture)])
        #expect(captured?.kind == .paid && captured?.gatewayTransactionID == "5DV01" && captured?.orderID == "KF_TEST_01")
        #expect(captured?.sessionID == "8MC01")
        #expect(try await ask([path: order("COMPLETED", Certified.capture)])?.kind == .paid)
        #expect(try await ask([path: order("COMPLETED", Certified.capture.replacing("COMPLETED", with: "PENDING"))]) == nil)
        #expect(
            try await ask([path: order("COMPLETED", Certified.capture.replacing("COMPLETED", with: "REFUNDED"))])?.remarks == [.needsLookup]
        )
        for bad in [order("COMPLETED").replacing("KF_TEST_01", with: "KF_TEST_02"), order("COMPLETED").replacing("8MC01", with: "8MC02")] {
            let error = await #expect(throws: PaymentError.self) { try await ask([path: bad]) }
            #expect(error?.code == .malformedAnswer)
        }
        await #expect(throws: PaymentError.self) {
            try await gateway(peer()).query(PaymentReference(order: "KF_TEST_01", gatewayReference: nil))
        }
    }

    @Test("A refund names its capture, its amount and its key")
    func refund() async throws {
        let request = RefundRequest(
            order: "KF_TEST_01", transaction: "5DV01", amount: Money(minor: 500, currency: try Currency(code: "USD")), key: "KF_TEST_01-1")
        let peer = peer(["/v2/payments/captures/5DV01/refund": Certified.refund], status: 201)
        #expect(try await gateway(peer).refund(request) == RefundReceipt(reference: "1JU01", done: true))
        let sent = try #require(peer.requests.last)
        #expect(sent.header("PayPal-Request-Id") == "re-KF_TEST_01-1")
        #expect(sent.text == #"{"amount":{"currency_code":"USD","value":"5.00"},"custom_id":"KF_TEST_01"}"#)
        let failed = self.peer(["/refund": Certified.refund.replacing("COMPLETED", with: "FAILED")])
        await #expect(throws: PaymentError.self) { try await gateway(failed).refund(request) }
    }

    @Test("Live and test accounts have their own addresses, and an interface of a test's its own")
    func addresses() async throws {
        let sandbox = peer([captures: Certified.capture])
        _ = try? await gateway(sandbox, ["test_mode": .bool(true)]).createCheckout(.sample(minor: 1999, currency: "USD"))
        #expect(sandbox.requests.first?.url == "https://api-m.sandbox.paypal.com/v1/oauth2/token")
        #expect(try await receive(try paid, at: try gateway(sandbox, ["test_mode": .bool(true)])).refusal == "policy/cert_url_not_allowed")
        let local = peer()
        _ = try? await gateway(local, ["api": .text("http://127.0.0.1:9/")]).createCheckout(.sample(minor: 1999, currency: "USD"))
        #expect(local.requests.first?.url == "http://127.0.0.1:9/v1/oauth2/token")
        let standIn = "http://127.0.0.1:9/v1/notifications/certs/CERT-1"
        let body = Certified.event("VAULT.PAYMENT-TOKEN.CREATED", #"{"id":"x"}"#)
        let certificate = peer(["127.0.0.1:9/v1/notifications/certs/CERT-1": Certified.chain])
        let notice = try Certified.paypal(body, url: standIn)
        #expect(try await receive(notice, at: try gateway(certificate, ["api": .text("http://127.0.0.1:9/")])).fact?.kind == .ignored)
        #expect(try await receive(notice, at: try gateway(certificate)).refusal == "signature/cert_url_not_allowed")
    }

    @Test(
        "An account without what it needs does not exist, and the message shows no secret",
        arguments: [
            ("webhook_id", "WEBHOOK_ID"), ("webhook_id", "your_webhook_id"), ("webhook_id", ""), ("webhook_id", "a b"), ("client_id", ""),
            ("client_id", "<client id>"), ("PP_SECRET", ""), ("PP_SECRET", "secret"), ("PP_SECRET", "xxxxxxxxxxxxxxxxxxxx"),
            ("PP_ROOT", "no certificate"),
        ])
    func settings(name: String, value: String) {
        var settings = Certified.paypalSettings
        var environment = Certified.environment
        if environment[name] == nil { settings[name] = .text(value) } else { environment[name] = value }
        #expect(throws: Diagnostics.self) { try Certified.gateway("paypal", settings, environment) }
    }
}
