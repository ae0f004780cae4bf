import Payments
import Testing

/// What is refused of a form before, and after, its signature was looked at: the same for every gateway that signs one.
struct FormNoticeTests {
    private let alipay: any Gateway
    private let epay: any Gateway

    init() throws {
        let set = try FormSigner.set([
            FormSigner.account("ali", "alipay", FormSigner.alipaySettings), FormSigner.account("epay", "epay", FormSigner.epaySettings),
        ])
        alipay = try #require(set.gateway(named: "ali"))
        epay = try #require(set.gateway(named: "epay"))
    }

    @Test("A name that comes twice is refused, signed or not, empty or not")
    func repeated() {
        for extra in ["out_trade_no=KF_TEST_02", "out_trade_no=KF_TEST_01", "out%5Ftrade_no=KF_TEST_02", "out_trade_no=", "out_trade_no"] {
            for body in ["\(extra)&\(FormSigner.alipayForm())", "\(FormSigner.alipayForm())&\(extra)"] {
                #expect(alipay.judge(FormSigner.post(body), now: Signer.now).refusal == "format/duplicate_parameter")
            }
            for query in ["\(extra)&\(FormSigner.epayForm())", "\(FormSigner.epayForm())&\(extra)"] {
                #expect(epay.judge(FormSigner.get(query), now: Signer.now).refusal == "format/duplicate_parameter")
            }
        }
    }

    @Test("Names that are canonically equal in Unicode are two names, and no crash")
    func canonical() {
        let both: [(String, String?)] = [("e\u{301}", "1"), ("\u{E9}", "2")]
        #expect(alipay.judge(FormSigner.post(FormSigner.alipayForm(both)), now: Signer.now).fact?.kind == .paid)
        #expect(epay.judge(FormSigner.get(FormSigner.epayForm(both)), now: Signer.now).fact?.kind == .paid)
        #expect(
            epay.judge(FormSigner.get(FormSigner.epayForm() + "&e%CC%81=1&%C3%A9=2"), now: Signer.now).refusal == "signature/bad_signature")
    }

    @Test("A broken escape or a parameter without a name is refused", arguments: ["a=%", "a=%4", "a=%zz", "a=%+1", "=1", "", "&", "%"])
    func broken(tail: String) {
        #expect(alipay.judge(FormSigner.post("\(FormSigner.alipayForm())&\(tail)"), now: Signer.now).refusal == "format/malformed_form")
        #expect(epay.judge(FormSigner.get("\(FormSigner.epayForm())&\(tail)"), now: Signer.now).refusal == "format/malformed_form")
    }

    @Test("Anything in the place that is not signed is refused: a query beside a body, a body beside a query")
    func bothPlaces() {
        let post = FormSigner.post(FormSigner.alipayForm())
        let withQuery = RawNotice(method: "POST", path: post.path, query: "gw=1", headers: post.headers, body: post.body)
        #expect(alipay.judge(withQuery, now: Signer.now).refusal == "format/malformed_form")
        let withBody = RawNotice(method: "GET", path: "/", query: FormSigner.epayForm(), headers: [], body: [0x61])
        #expect(epay.judge(withBody, now: Signer.now).refusal == "format/malformed_form")
        #expect(epay.judge(FormSigner.get("gw=1&\(FormSigner.epayForm())"), now: Signer.now).refusal == "signature/bad_signature")
    }

    @Test("One signed text cut into other parameters is refused: a refund cannot be hidden in the value before it")
    func borders() {
        let refunded: [(String, String?)] = [("refund_fee", "10.00")]
        #expect(alipay.judge(FormSigner.post(FormSigner.alipayForm(refunded)), now: Signer.now).fact?.kind == .refunded)
        // The signed texts of the two forms are the same bytes.
        let hidden: [(String, String?)] = [("receipt_amount", "68.00&refund_fee=10.00")]
        #expect(alipay.judge(FormSigner.post(FormSigner.alipayForm(hidden)), now: Signer.now).refusal == "format/ambiguous_parameter")
        let shifted: [(String, String?)] = [("name", "VIP&out_trade_no=KF_TEST_02")]
        #expect(epay.judge(FormSigner.get(FormSigner.epayForm(shifted)), now: Signer.now).refusal == "format/ambiguous_parameter")
        // A status that swallowed what follows it would be no success, and would take the key of the payment.
        let swallowed: [(String, String?)] = [("trade_status", "TRADE_SUCCESS&type=alipay"), ("type", nil)]
        #expect(epay.judge(FormSigner.get(FormSigner.epayForm(swallowed)), now: Signer.now).refusal == "format/ambiguous_parameter")
        let harmless: [(String, String?)] = [("subject", "C++ & more=yes & out_trade_no"), ("name", "a & b=c&&d")]
        #expect(alipay.judge(FormSigner.post(FormSigner.alipayForm(harmless)), now: Signer.now).fact?.kind == .paid)
        #expect(epay.judge(FormSigner.get(FormSigner.epayForm(harmless)), now: Signer.now).fact?.kind == .paid)
    }

    @Test("Another method is refused", arguments: ["PUT", "HEAD", "post", ""])
    func methods(method: String) {
        for (gateway, form) in [(alipay, FormSigner.alipayForm()), (epay, FormSigner.epayForm())] {
            let notice = RawNotice(method: method, path: "/", query: form, headers: [], body: [])
            #expect(gateway.judge(notice, now: Signer.now).refusal == "format/wrong_method")
        }
    }

    @Test("A hundred thousand parameters are judged, not choked on")
    func many() {
        let form = (0..<100_000).map { "p\($0)=" }.joined(separator: "&")
        #expect(alipay.judge(FormSigner.post(form), now: Signer.now).refusal == "signature/missing_signature")
    }
}
