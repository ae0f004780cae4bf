import Cryptography
import Payments

/// What the fuzzer's bytes are fed to. Each judge gets them twice: as they are, and under a good signature, because no fuzzer finds
/// one and everything behind it would stay untried.
enum Targets {
    static let names = tests.map(\.name)

    static func take(_ bytes: [UInt8], _ name: String) {
        for target in tests where name == "all" || name == target.name { target.test(bytes) }
    }

    private static let tests: [(name: String, test: @Sendable ([UInt8]) -> Void)] =
        [("stripe", stripe), ("standard", standard), ("alipay", alipay), ("epay", epay), ("wechat", wechat), ("paypal", paypal)] + others
        + [("form", form), ("json", json), ("case", recorded)] + ContentTargets.all

    /// A fact that pays says how much of what, or the judge is wrong.
    static func check(_ verdict: Verdict) {
        guard case .accepted(let fact, _) = verdict, fact.kind == .paid else { return }
        precondition((fact.amountMinor ?? 0) > 0 && fact.currency?.utf8.count == 3, "a payment without an amount")
    }

    static func made<T>(_ make: () throws -> T) -> T {
        do { return try make() } catch { preconditionFailure("the target cannot be made: \(error)") }
    }

    // MARK: Judges

    private static let stripeScheme = made { try StripeNotices(secrets: [Signer.stripeSecret], livemode: true) }
    private static let standardScheme = made { try StandardNotices(secrets: [Signer.standardSecret]) }
    private static let paypalScheme = made { try Certified.paypalNotices() }
    private static let wechatGateway = made { try Certified.gateway("wechat", Certified.wechatSettings) }
    private static let forms = made {
        try FormSigner.set([
            FormSigner.account("ali", "alipay", FormSigner.alipaySettings), FormSigner.account("v1", "epay", FormSigner.epaySettings),
            FormSigner.account("v2", "epay", FormSigner.epayRSASettings),
        ])
    }

    private static func stripe(_ bytes: [UInt8]) {
        let code = Hex.encode(Digest.hmacSHA256(key: Array(Signer.stripeSecret.utf8), Array("\(Signer.now).".utf8) + bytes))
        check(stripeScheme.judge(post(bytes, [("Stripe-Signature", "t=\(Signer.now),v1=\(code)")]), now: Signer.now))
        check(stripeScheme.judge(wild(bytes, ["stripe-signature"]), now: Signer.now))
    }

    private static func standard(_ bytes: [UInt8]) {
        check(standardScheme.judge(Signer.standard(bytes: bytes), now: Signer.now))
        check(standardScheme.judge(wild(bytes, StandardNotices.securityHeaders), now: Signer.now))
    }

    private static func alipay(_ bytes: [UInt8]) {
        guard let gateway = forms.gateway(named: "ali") else { return }
        check(gateway.judge(FormSigner.post(bytes), now: Signer.now))
        let changes = changes(bytes)
        check(gateway.judge(FormSigner.post(FormSigner.alipayForm(changes)), now: Signer.now))
        check(gateway.judge(FormSigner.get(FormSigner.alipayForm(changes)), now: Signer.now))
    }

    private static func epay(_ bytes: [UInt8]) {
        guard let one = forms.gateway(named: "v1"), let two = forms.gateway(named: "v2") else { return }
        let query = String(decoding: bytes, as: UTF8.self)
        check(one.judge(FormSigner.get(query), now: Signer.now))
        check(two.judge(FormSigner.post(bytes), now: Signer.now))
        check(one.judge(FormSigner.get(FormSigner.epayForm(changes(bytes))), now: Signer.now))
        check(two.judge(FormSigner.get(FormSigner.epayForm(changes(bytes), version: .v2)), now: Signer.now))
    }

    private static func wechat(_ bytes: [UInt8]) {
        check(wechatGateway.judge(wild(bytes, WeChatNotices.securityHeaders), now: Signer.now))
        // The bytes as the whole message, then sealed inside a good one, as a payment and as a refund.
        if let headers = try? Certified.wechatHeaders(bytes) { check(wechatGateway.judge(post(bytes, headers), now: Signer.now)) }
        for type in ["TRANSACTION.SUCCESS", "REFUND.SUCCESS"] {
            guard let notice = try? Certified.wechat(try Certified.sealed(type, String(decoding: bytes, as: UTF8.self))) else { continue }
            check(wechatGateway.judge(notice, now: Signer.now))
        }
    }

    private static func paypal(_ bytes: [UInt8]) {
        check(paypalScheme.judge(wild(bytes, PayPalNotices.securityHeaders), now: Signer.now))
        if let notice = try? Certified.paypal(String(decoding: bytes, as: UTF8.self)) { check(paypalScheme.judge(notice, now: Signer.now)) }
    }

    // MARK: Readers

    private static func form(_ bytes: [UInt8]) {
        _ = (try? FormFields(bytes)).flatMap { $0["sku"] }
        guard let gateway = forms.gateway(named: "v1") else { return }
        check(gateway.judge(FormSigner.post(bytes), now: Signer.now))
    }

    /// What was read and is written again must be read as the same.
    private static func json(_ bytes: [UInt8]) {
        guard let value = try? JSONReader.read(bytes) else { return }
        let written = value.written
        guard let again = try? JSONReader.read(Array(written.utf8)) else { preconditionFailure("what was written cannot be read") }
        precondition(Array(again.written.utf8) == Array(written.utf8), "written twice, it differs")
        _ = try? JSONReader.members(of: bytes)
    }

    private static func recorded(_ bytes: [UInt8]) {
        guard let cases = try? NoticeCase.read(bytes) else { return }
        for result in NoticeCase.judge(cases) { _ = (result.json, result.text) }
    }

    // MARK: From bytes to notices

    static func post(_ body: [UInt8], _ headers: [(name: String, value: String)]) -> RawNotice {
        RawNotice(method: "POST", path: "/notify/x", headers: headers, body: body)
    }

    /// The lines of the input as the values of the headers; what follows them is the body.
    static func wild(_ bytes: [UInt8], _ names: [String]) -> RawNotice {
        let lines = bytes.split(separator: 0x0A, maxSplits: names.count, omittingEmptySubsequences: false)
        let headers = zip(names, lines).map { (name: $0, value: String(decoding: $1, as: UTF8.self)) }
        return post(lines.count > names.count ? Array(lines[names.count]) : [], headers)
    }

    /// The lines `name=value` of the input as changes of a good form; a line without a value takes the parameter out.
    static func changes(_ bytes: [UInt8]) -> [(String, String?)] {
        bytes.split(separator: 0x0A).prefix(8).map { line in
            let parts = line.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
            return (String(decoding: parts[0], as: UTF8.self), parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : nil)
        }
    }
}
