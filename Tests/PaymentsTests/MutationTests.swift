import Payments
import Testing

/// Forgery by changing one byte of an authentic notice, a hundred thousand times from a fixed seed.
struct MutationTests {
    /// One byte of the body or of a security header, made another. Every one of them is covered by the signature.
    private func mutated(_ notice: RawNotice, _ random: inout Seeded) -> RawNotice {
        let security = notice.headers.map { Array($0.value.utf8) }
        var place = Int.random(in: 0..<(notice.body.count + security.reduce(0) { $0 + $1.count }), using: &random)
        let change = UInt8.random(in: 1...255, using: &random)
        var body = notice.body
        if place < body.count {
            body[place] ^= change
            return RawNotice(method: notice.method, path: notice.path, headers: notice.headers, body: body)
        }
        place -= body.count
        var headers = notice.headers
        for (index, value) in security.enumerated() {
            if place < value.count {
                var value = value
                value[place] ^= change
                headers[index].value = String(decoding: value, as: UTF8.self)
                break
            }
            place -= value.count
        }
        return RawNotice(method: notice.method, path: notice.path, headers: headers, body: body)
    }

    @Test("Of 100,000 notices with one byte changed none is accepted")
    func singleBytes() throws {
        let stripe = try StripeNotices(secrets: [Signer.stripeSecret], livemode: true)
        let standard = try StandardNotices(secrets: [Signer.standardSecret])
        let event = Signer.stripe(Signer.event("checkout.session.completed", Signer.session()))
        let payload = Signer.standard(Signer.payload("payment.paid", Signer.paidData))
        #expect(stripe.judge(event, now: Signer.now).fact != nil)
        #expect(standard.judge(payload, now: Signer.now).fact != nil)
        var random = Seeded(state: 20_261_121)
        var accepted = 0
        for _ in 0..<50_000 {
            if stripe.judge(mutated(event, &random), now: Signer.now).fact != nil { accepted += 1 }
            if standard.judge(mutated(payload, &random), now: Signer.now).fact != nil { accepted += 1 }
        }
        #expect(accepted == 0)
    }

    @Test("Changing what is not signed changes nothing: an unknown scheme beside the good signature")
    func unsignedBytes() throws {
        let stripe = try StripeNotices(secrets: [Signer.stripeSecret], livemode: true)
        let good = Signer.stripe(Signer.event("checkout.session.completed", Signer.session()))
        let value = try #require(good.values(of: "stripe-signature").first)
        for tail in [",v0=00", ",v0=ff", ",v9=x", ",", ",junk"] {
            let notice = RawNotice(method: "POST", path: "/", headers: [("stripe-signature", value + tail)], body: good.body)
            #expect(stripe.judge(notice, now: Signer.now).fact == stripe.judge(good, now: Signer.now).fact)
        }
    }

    @Test("Of 20,000 broken contents under a good signature none crashes, and none changes what it must not")
    func brokenContents() throws {
        let standard = try StandardNotices(secrets: [Signer.standardSecret])
        let body = Array(Signer.payload("payment.paid", Signer.paidData).utf8)
        var random = Seeded(state: 7)
        for _ in 0..<20_000 {
            var bytes = body
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = bytes.indices.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            let fact = standard.judge(Signer.standard(bytes: bytes), now: Signer.now).fact
            if let fact, fact.kind == .paid { #expect((fact.amountMinor ?? 0) > 0 && fact.currency?.utf8.count == 3) }
        }
    }
}
