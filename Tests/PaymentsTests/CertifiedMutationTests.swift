import Payments
import Testing

/// Forgery by changing authentic notices of WeChat Pay and PayPal, from a fixed seed.
struct CertifiedMutationTests {
    private struct Target {
        let notice: RawNotice
        /// Headers of which every byte is signed, or is the signature, or names the key.
        let covered: [Int]
        let judge: (RawNotice) -> Verdict
    }

    private func targets() throws -> [Target] {
        let wechat = try Certified.gateway("wechat", Certified.wechatSettings)
        let paypal = try Certified.paypalNotices()
        return [
            Target(
                notice: try Certified.wechat(try Certified.sealed("TRANSACTION.SUCCESS", Certified.transaction)), covered: [0, 1, 2, 3],
                judge: { wechat.judge($0, now: Signer.now) }),
            Target(
                notice: try Certified.paypal(Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture)), covered: [0, 1, 2, 3, 4],
                judge: { paypal.judge($0, now: Signer.now) }),
        ]
    }

    /// One byte of the body or of a covered header, made another. A header's name of a key is one whatever the case of its
    /// letters, so a change of case alone is not made there.
    private func mutated(_ target: Target, _ random: inout Seeded) -> RawNotice {
        let notice = target.notice
        let sizes = target.covered.map { notice.headers[$0].value.utf8.count }
        var place = Int.random(in: 0..<(notice.body.count + sizes.reduce(0, +)), using: &random)
        var change = UInt8.random(in: 1...255, using: &random)
        var body = notice.body
        var headers = notice.headers
        if place < body.count {
            body[place] ^= change
            return RawNotice(method: notice.method, path: notice.path, headers: headers, body: body)
        }
        place -= body.count
        for index in target.covered {
            var bytes = Array(headers[index].value.utf8)
            if place < bytes.count {
                if change == 0x20 { change = 0x01 }
                bytes[place] ^= change
                headers[index].value = String(decoding: bytes, as: UTF8.self)
                break
            }
            place -= bytes.count
        }
        return RawNotice(method: notice.method, path: notice.path, headers: headers, body: body)
    }

    @Test("Of 10,000 notices with one byte changed none is accepted")
    func singleBytes() throws {
        var random = Seeded(state: 20_261_121)
        for target in try targets() {
            #expect(target.judge(target.notice).fact != nil)
            var accepted = 0
            for _ in 0..<5_000 where target.judge(mutated(target, &random)).fact != nil { accepted += 1 }
            #expect(accepted == 0)
        }
    }

    @Test("Of 2,000 notices cut, doubled, or with parts exchanged none is accepted")
    func structures() throws {
        var random = Seeded(state: 4)
        for target in try targets() {
            let notice = target.notice
            var accepted = 0
            for _ in 0..<1_000 {
                var body = notice.body
                var headers = notice.headers
                switch Int.random(in: 0..<5, using: &random) {
                case 0: body.removeSubrange(Int.random(in: 0..<body.count, using: &random)...)
                case 1: body += body.suffix(Int.random(in: 1...body.count, using: &random))
                case 2: body.insert(UInt8.random(in: 0...255, using: &random), at: Int.random(in: 0...body.count, using: &random))
                case 3: headers.remove(at: target.covered.randomElement(using: &random) ?? 0)
                default:
                    let (one, two) = (
                        Int.random(in: 0..<headers.count, using: &random), Int.random(in: 0..<headers.count - 1, using: &random)
                    )
                    let other = two >= one ? two + 1 : two
                    let value = headers[one].value
                    headers[one].value = headers[other].value
                    headers[other].value = value
                }
                if target.judge(RawNotice(method: "POST", path: "/", headers: headers, body: body)).fact != nil { accepted += 1 }
            }
            #expect(accepted == 0)
        }
    }

    @Test("Of 2,000 broken contents under a good signature none crashes, and none is a payment that says not how much")
    func brokenContents() throws {
        var random = Seeded(state: 9)
        let wechat = try Certified.gateway("wechat", Certified.wechatSettings)
        let paypal = try Certified.paypalNotices()
        func broken(_ text: String) -> String {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = bytes.indices.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        for _ in 0..<1_000 {
            let facts = [
                wechat.judge(
                    try Certified.wechat(try Certified.sealed("TRANSACTION.SUCCESS", broken(Certified.transaction))), now: Signer.now),
                paypal.judge(
                    try Certified.paypal(broken(Certified.event("PAYMENT.CAPTURE.COMPLETED", Certified.capture))), now: Signer.now),
            ].compactMap(\.fact)
            for fact in facts where fact.kind == .paid { #expect((fact.amountMinor ?? 0) > 0 && fact.currency?.utf8.count == 3) }
        }
    }
}
