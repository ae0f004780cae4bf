import Payments
import Testing

/// What every gateway checks before it looks at a signature.
struct BoundsTests {
    private let body = Signer.event("checkout.session.completed", Signer.session())

    private func judge(_ notice: RawNotice) throws -> String? {
        try StripeNotices(secrets: [Signer.stripeSecret], livemode: true).judge(notice, now: Signer.now).refusal
    }

    @Test("Another method than the route's is refused", arguments: ["GET", "post", "PUT", ""])
    func method(method: String) throws {
        let good = Signer.stripe(body)
        #expect(try judge(good) == nil)
        #expect(try judge(RawNotice(method: method, path: good.path, headers: good.headers, body: good.body)) == "format/wrong_method")
    }

    @Test("A body over a mebibyte is refused though its signature is right")
    func largeBody() throws {
        let limit = body + String(repeating: " ", count: RawNotice.bodyLimit - body.utf8.count)
        #expect(try judge(Signer.stripe(limit)) == nil)
        #expect(try judge(Signer.stripe(limit + " ")) == "format/body_too_large")
    }

    @Test("Headers over 64 KiB are refused")
    func largeHeaders() throws {
        let good = Signer.stripe(body)
        let more = good.headers + [("x-filler", String(repeating: "x", count: RawNotice.headersLimit))]
        #expect(try judge(RawNotice(method: "POST", path: "/", headers: more, body: good.body)) == "format/headers_too_large")
    }

    @Test("A security header that comes twice is refused, whichever case it is in and even with the same value")
    func repeatedHeader() throws {
        let good = Signer.stripe(body)
        let value = try #require(good.values(of: "stripe-signature").first)
        for name in ["stripe-signature", "Stripe-Signature", "STRIPE-SIGNATURE"] {
            let twice = RawNotice(method: "POST", path: "/", headers: good.headers + [(name, value)], body: good.body)
            #expect(try judge(twice) == "signature/malformed_signature_header")
        }
        let standard = Signer.standard(Signer.payload("payment.paid", Signer.paidData))
        let notices = try StandardNotices(secrets: [Signer.standardSecret])
        for header in standard.headers {
            let twice = RawNotice(method: "POST", path: "/", headers: standard.headers + [header], body: standard.body)
            #expect(notices.judge(twice, now: Signer.now).refusal == "signature/malformed_header")
        }
    }

    @Test("A header whose name is equal only as Unicode is another header")
    func canonicalName() throws {
        let good = Signer.stripe(body)
        let value = try #require(good.values(of: "stripe-signature").first)
        let kelvin = RawNotice(method: "POST", path: "/", headers: [("stripe-signature\u{301}", value)], body: good.body)
        #expect(try judge(kelvin) == "signature/missing_signature_header")
    }
}
