import Catalog
import Foundation
import Payments
import Testing

struct EPayNoticeTests {
    private let md5: any Gateway
    private let rsa: any Gateway

    init() throws {
        let set = try FormSigner.set([
            FormSigner.account("v1", "epay", FormSigner.epaySettings), FormSigner.account("v2", "epay", FormSigner.epayRSASettings),
        ])
        md5 = try #require(set.gateway(named: "v1"))
        rsa = try #require(set.gateway(named: "v2"))
    }

    private func judge(_ changes: (String, String?)...) -> Verdict {
        md5.judge(FormSigner.get(FormSigner.epayForm(changes)), now: Signer.now)
    }

    @Test("Notices signed by another implementation are accepted with all that they say")
    func knownAnswers() {
        let expected = Fact(
            .paid, dedupeKey: "2027011516000012345", orderID: "KF_KNOWN_04", amountMinor: 6800, currency: "CNY",
            gatewayTransactionID: "2027011516000012345")
        let success = NoticeReply(status: 200, headers: [.init("Content-Type", "text/plain")], body: "success")
        #expect(md5.judge(FormSigner.get(KnownForms.epayMD5), now: Signer.now) == .accepted(expected, success: success))
        var timed = expected
        timed.occurredAt = 1_799_999_950
        #expect(rsa.judge(FormSigner.get(KnownForms.epayRSA), now: Signer.now) == .accepted(timed, success: success))
    }

    @Test("Accounts take GET, and POST from the clones that send it")
    func methods() {
        #expect(md5.noticeMethods == ["GET", "POST"] && md5.noticeMethod == "GET")
        #expect(md5.judge(FormSigner.post(KnownForms.epayMD5), now: Signer.now).fact?.kind == .paid)
        #expect(rsa.judge(FormSigner.post(KnownForms.epayRSA), now: Signer.now).fact?.kind == .paid)
    }

    @Test("The second generation's notices are good for 300 seconds either way, and need their time")
    func clock() {
        for now in [Signer.now - 300, Signer.now + 300] { #expect(rsa.judge(FormSigner.get(KnownForms.epayRSA), now: now).fact != nil) }
        for now in [Signer.now - 301, Signer.now + 301] {
            #expect(rsa.judge(FormSigner.get(KnownForms.epayRSA), now: now).refusal == "replay/stale_timestamp")
        }
        for time in [nil, "", "18e8", "+1800000000", "1800000000.0", "１８００００００００", "9999999999999999999"] as [String?] {
            let form = FormSigner.epayForm([("timestamp", time)], version: .v2)
            #expect(rsa.judge(FormSigner.get(form), now: Signer.now).refusal == "replay/missing_timestamp")
        }
        // The first generation has no clock.
        #expect(md5.judge(FormSigner.get(KnownForms.epayMD5), now: Signer.now + 100_000_000).fact?.kind == .paid)
    }

    @Test("Values without content are not signed, a zero is; blanks are content in the first generation alone")
    func empty() {
        #expect(md5.judge(FormSigner.get(KnownForms.epayMD5 + "&buyer="), now: Signer.now).fact != nil)
        #expect(md5.judge(FormSigner.get(KnownForms.epayMD5 + "&buyer=0"), now: Signer.now).refusal == "signature/bad_signature")
        #expect(md5.judge(FormSigner.get(KnownForms.epayMD5 + "&buyer=+"), now: Signer.now).refusal == "signature/bad_signature")
        #expect(rsa.judge(FormSigner.get(KnownForms.epayRSA + "&api_trade_no=+%09%0a"), now: Signer.now).fact != nil)
        #expect(rsa.judge(FormSigner.get(KnownForms.epayRSA + "&api_trade_no=0"), now: Signer.now).refusal == "signature/bad_signature")
        #expect(judge(("param", "0")).fact?.affiliate == "0")
    }

    @Test(
        "Only one status is a payment; every other one is taken and changes nothing",
        arguments: ["TRADE_CLOSED", "TRADE_FINISHED", "WAIT_BUYER_PAY", "trade_success", "1", "TRADE_SUCCESS "])
    func statuses(status: String) {
        #expect(judge(("trade_status", status)).fact?.kind == .ignored)
    }

    @Test(
        "A number shortened by the site is the same amount",
        arguments: [("68", 6800), ("68.0", 6800), ("9.9", 990), ("0.01", 1), ("100", 10_000)] as [(String, Int64)])
    func shortened(text: String, fen: Int64) {
        #expect(judge(("money", text)).fact?.amountMinor == fen)
    }

    @Test(
        "An amount that is not strict decimal text above nothing is refused",
        arguments: [
            "0", "0.00", "-68", "+68", "68.000", "6,8", "68.", ".68", "6.8E1", "1e2", "12abc", " 68", "６８", "0x44", "9999999999999", "NaN",
        ])
    func amounts(text: String) {
        #expect(judge(("money", text)).refusal == "format/invalid_amount")
    }

    @Test("A missing field is refused; an array in place of the amount is a missing one")
    func missing() {
        for name in ["money", "trade_no", "out_trade_no", "trade_status"] {
            #expect(judge((name, nil)).refusal == "format/missing_field")
            #expect(judge((name, "")).refusal == "format/missing_field")
        }
        #expect(judge(("money", nil), ("money[]", "68")).refusal == "format/missing_field")
    }

    @Test("A notice for another merchant of the site is refused")
    func addressee() {
        for other in ["1002", "01001", "1001 ", nil] { #expect(judge(("pid", other)).refusal == "identity/pid_mismatch") }
        let form = FormSigner.epayForm([("pid", "1002")], version: .v2)
        #expect(rsa.judge(FormSigner.get(form), now: Signer.now).refusal == "identity/pid_mismatch")
    }

    @Test("The account says how notices are signed, never the notice")
    func downgrade() {
        let forged = FormSigner.epayForm(key: "").replacing("sign%5Ftype=MD5", with: "")
        for tail in ["sign%5Ftype=MD5", "sign%5Ftype=md5", "sign%5Ftype=", "sign%5Ftype=RSA2"] {
            #expect(rsa.judge(FormSigner.get(forged + tail), now: Signer.now).refusal == "signature/wrong_sign_type")
        }
        #expect(rsa.judge(FormSigner.get(String(forged.dropLast())), now: Signer.now).refusal == "signature/wrong_sign_type")
        #expect(rsa.judge(FormSigner.get(forged + "sign%5Ftype=RSA"), now: Signer.now).refusal == "signature/bad_signature")
        #expect(md5.judge(FormSigner.get(KnownForms.epayRSA), now: Signer.now).refusal == "signature/wrong_sign_type")
        let bare = KnownForms.epayMD5.replacing("&sign_type=MD5", with: "")
        #expect(bare != KnownForms.epayMD5 && md5.judge(FormSigner.get(bare), now: Signer.now).fact != nil)
    }

    @Test("A signature under no key, another key, or in another form is refused; upper case is the same number")
    func signatures() {
        for key in ["", " ", "KeyfrontEPayTestKey0123456789abd", "&key=\(FormSigner.epayKey)"] {
            #expect(md5.judge(FormSigner.get(FormSigner.epayForm(key: key)), now: Signer.now).refusal == "signature/bad_signature")
        }
        let form = KnownForms.epayMD5
        guard let start = form.range(of: "&sign=")?.upperBound, let end = form.range(of: "&sign_type")?.lowerBound else {
            Issue.record("the known form has no signature")
            return
        }
        func with(_ sign: String) -> Verdict {
            md5.judge(FormSigner.get(form.replacingCharacters(in: start..<end, with: sign)), now: Signer.now)
        }
        #expect(with(form[start..<end].uppercased()).fact?.kind == .paid)
        #expect(with("").refusal == "signature/missing_signature")
        for sign in [
            "0", String(form[start..<end].dropLast()), form[start..<end] + "0", form[start..<end] + "%00",
            "0e462097431906509019562988736854",
        ] {
            #expect(with(sign).refusal == "signature/bad_signature")
        }
        #expect(md5.judge(FormSigner.get(""), now: Signer.now).refusal == "signature/missing_signature")
        #expect(
            md5.judge(RawNotice(method: "GET", path: "/", headers: [], body: []), now: Signer.now).refusal == "signature/missing_signature")
    }

    @Test("While a key is changed both are believed")
    func rolling() throws {
        let settings = FormSigner.epaySettings.merging(["key": .list(["NEW_KEY", "EPAY_KEY"])]) { $1 }
        let new = "AnotherEPayTestKey0123456789abcd"
        let environment = FormSigner.environment.merging(["NEW_KEY": new]) { $1 }
        let both = try #require(
            try FormSigner.set([FormSigner.account("v1", "epay", settings)], environment: environment).gateway(named: "v1"))
        for key in [FormSigner.epayKey, new] {
            #expect(both.judge(FormSigner.get(FormSigner.epayForm(key: key)), now: Signer.now).fact?.kind == .paid)
        }
    }
}
