import Catalog
import Payments
import Testing
import Transport

struct BTCPayTests {
    /// An event and the invoice that the server answers for it.
    private func judge(event: [(String, String)] = [], _ invoice: String, status: Int = 200) async throws -> Verdict {
        let notice = GatewaySigner.notice("btcpay", GatewaySigner.changed(KnownGateways.btcpayBody, event))
        return try await GatewaySigner.gateway("btcpay", http: Interface(status, invoice).client).verdict(notice)
    }

    @Test("An event signed by another implementation is accepted with what its invoice says")
    func knownAnswer() async throws {
        let fact = Fact(
            .paid, dedupeKey: "InvKnown1|InvoiceSettled", orderID: "KF_TEST_01", amountMinor: 1999, currency: "USD",
            gatewayTransactionID: "InvKnown1", sessionID: "InvKnown1", noticeID: "D1", occurredAt: 1_799_999_998)
        let interface = Interface(200, GatewaySigner.invoice())
        let verdict = try await GatewaySigner.gateway("btcpay", http: interface.client).verdict(GatewaySigner.known("btcpay"))
        #expect(verdict == .accepted(fact, success: NoticeReply(status: 200)))
        #expect(interface.request?.url == "https://btcpay.example/api/v1/stores/StoreKeyfront1/invoices/InvKnown1")
        #expect(interface.request?.headers.contains(HTTPField("Authorization", "token \(GatewaySecrets.api)")) == true)
    }

    @Test("An event names no amount, so without its invoice it is not judged, and a 503 makes the server repeat it")
    func unprepared() async throws {
        let gateway = try GatewaySigner.gateway("btcpay")
        guard case .rejected(let category, let reason, let reply) = gateway.judge(GatewaySigner.known("btcpay"), now: Signer.now) else {
            Issue.record("an event alone was accepted")
            return
        }
        #expect(category == .policy && reason == "not_confirmed" && reply.status == 503)
        for status in [500, 429, 403] {
            await #expect(throws: PaymentError.self) { try await judge("", status: status) }
        }
    }

    @Test("An event that settles is believed only as far as the invoice: a leaked secret alone pays nothing")
    func contradiction() async throws {
        for status in ["New", "Processing", "Expired", "Invalid", "settled"] {
            let verdict = try await judge(GatewaySigner.invoice(("Settled", status)))
            #expect(verdict.refusal == "policy/not_confirmed")
        }
        #expect(try await judge("", status: 404).refusal == "policy/not_confirmed")
    }

    @Test(
        "Seen but not confirmed is not paid, and needs no look at the invoice",
        arguments: ["InvoiceProcessing", "InvoiceReceivedPayment", "InvoicePaymentSettled", "InvoiceCreated"])
    func early(type: String) async throws {
        let notice = GatewaySigner.notice("btcpay", KnownGateways.btcpayBody.replacing("InvoiceSettled", with: type))
        let fact = try #require(try await GatewaySigner.gateway("btcpay").verdict(notice).fact)
        #expect(fact.kind == .ignored && fact.remarks.isEmpty)
    }

    @Test("An invoice that ran out releases the order; one with a part of the money in it goes to a person")
    func expired() async throws {
        let event = [("InvoiceSettled", "InvoiceExpired")]
        let failed = try #require(try await judge(event: event, GatewaySigner.invoice(("Settled", "Expired"))).fact)
        #expect(failed.kind == .failed && failed.orderID == "KF_TEST_01" && failed.amountMinor == nil)
        let part = try #require(try await judge(event: event, GatewaySigner.invoice(("Settled", "Expired"), ("None", "PaidPartial"))).fact)
        #expect(part.kind == .ignored && part.remarks == [.needsLookup])
        // It ran out, and was settled late: the event that settles says so, not this one.
        let late = try #require(try await judge(event: event, GatewaySigner.invoice()).fact)
        #expect(late.kind == .ignored && late.dedupeKey == "InvKnown1|InvoiceExpired")
    }

    @Test("An invoice that is declared invalid goes to a person")
    func invalid() async throws {
        let verdict = try await judge(event: [("InvoiceSettled", "InvoiceInvalid")], GatewaySigner.invoice(("Settled", "Invalid")))
        #expect(verdict.fact?.kind == .failed && verdict.fact?.remarks == [.needsLookup])
    }

    @Test("A redelivery has another delivery id and is the same fact")
    func redelivery() async throws {
        let first = try await judge(GatewaySigner.invoice()).fact
        let second = try await judge(event: [(#""deliveryId": "D2""#, #""deliveryId": "D3""#)], GatewaySigner.invoice()).fact
        #expect(first != nil && first == second)
    }

    @Test("The amount of the invoice is exact, whatever zeros follow; an invoice for any amount pays nothing")
    func amounts() async throws {
        for amount in [#""19.99000000""#, "19.99", #""19.990""#] {
            #expect(try await judge(GatewaySigner.invoice((#""19.99""#, amount))).fact?.amountMinor == 1999)
        }
        for amount in [#""0""#, #""0.00""#, "null", #""19.999""#, #""-19.99""#, "1e2", #""1,999""#, "[19.99]"] {
            #expect(try await judge(GatewaySigner.invoice((#""19.99""#, amount))).refusal == "policy/not_confirmed")
        }
    }

    @Test("An event or an invoice of another store is refused")
    func store() async throws {
        #expect(try await judge(event: [("StoreKeyfront1", "StoreOther")], GatewaySigner.invoice()).refusal == "identity/store_mismatch")
        await #expect(throws: PaymentError.self) { try await judge(GatewaySigner.invoice(("StoreKeyfront1", "StoreOther"))) }
        await #expect(throws: PaymentError.self) { try await judge(GatewaySigner.invoice((#""id":"InvKnown1""#, #""id":"Inv2""#))) }
    }

    @Test("A signature of another form than sha256 is refused")
    func header() throws {
        let gateway = try GatewaySigner.gateway("btcpay")
        for header in [String(KnownGateways.btcpayHeader.dropFirst(7)), "sha1=00", "SHA256=00", "", "sha256 =00"] {
            let notice = GatewaySigner.notice("BTCPay-Sig", header, KnownGateways.btcpayBody)
            #expect(gateway.judge(notice, now: Signer.now).refusal == "signature/malformed_signature_header")
        }
        let empty = GatewaySigner.notice("BTCPay-Sig", "sha256=", KnownGateways.btcpayBody)
        #expect(gateway.judge(empty, now: Signer.now).refusal == "signature/bad_signature")
    }

    @Test("A checkout is one invoice; an open one of the order is used again, unless it is for another amount")
    func checkout() async throws {
        let new = GatewaySigner.invoice(("Settled", "New"))
        let session = CheckoutSession(way: .redirect("https://btcpay.example/i/InvKnown1"), gatewayReference: "InvKnown1")
        let interface = Interface([(200, Array("[]".utf8)), (200, Array(new.utf8))])
        let intent = try CheckoutIntent.sample(minor: 1999, currency: "USD", affiliate: "0123abcd")
        #expect(try await GatewaySigner.gateway("btcpay", http: interface.client).createCheckout(intent) == session)
        #expect(interface.requests.map(\.method) == ["GET", "POST"])
        let body = String(decoding: interface.requests[1].body, as: UTF8.self)
        #expect(
            body.contains(#""amount":"19.99","currency":"USD","metadata":{"orderId":"KF_TEST_01""#)
                && body.contains(#""expirationMinutes":15"#))
        let again = Interface(200, "[\(new)]")
        #expect(try await GatewaySigner.gateway("btcpay", http: again.client).createCheckout(intent) == session)
        #expect(again.requests.count == 1)
        let other = Interface([(200, Array("[\(new)]".utf8)), (200, Array(new.utf8))])
        _ = try await GatewaySigner.gateway("btcpay", http: other.client).createCheckout(.sample(minor: 2000, currency: "USD"))
        #expect(other.requests.count == 2)
    }

    @Test("A question is answered with the invoice's state; a refund is the server's own affair")
    func query() async throws {
        func ask(_ invoice: String) async throws -> Fact? {
            try await GatewaySigner.gateway("btcpay", http: Interface(200, invoice).client)
                .query(PaymentReference(order: "KF_TEST_01", gatewayReference: "InvKnown1"))
        }
        let paid = try #require(try await ask(GatewaySigner.invoice()))
        #expect(paid.kind == .paid && paid.amountMinor == 1999)
        #expect(try await ask(GatewaySigner.invoice(("Settled", "Processing"))) == nil)
        await #expect(throws: PaymentError.self) { try await ask(GatewaySigner.invoice(("KF_TEST_01", "KF_TEST_02"))) }
        let gateway = try GatewaySigner.gateway("btcpay")
        let amount = Money(minor: 1, currency: try Currency(code: "USD"))
        let error = await #expect(throws: PaymentError.self) {
            try await gateway.refund(RefundRequest(order: "KF_TEST_01", transaction: "InvKnown1", amount: amount, key: "k"))
        }
        #expect(error?.code == .unsupported)
    }
}
