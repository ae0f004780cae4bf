import Catalog
import Cryptography
import Foundation
import Payments
import Testing
import Transport

struct AlipayGatewayTests {
    private let trade = "2027011522001400000000000001"

    private func gateway(_ http: HTTPClient = .unreachable, _ more: [String: GatewayAccount.Setting] = [:]) throws -> any Gateway {
        let settings = FormSigner.alipaySettings.merging(more) { $1 }
        return try #require(try FormSigner.set([FormSigner.account("ali", "alipay", settings)], http: http).gateway(named: "ali"))
    }

    /// The decoded query, and whether our key signed it: `sign_type` included, sorted, joined.
    private func parameters(_ address: String) throws -> (base: String, values: [String: String]) {
        let components = try #require(URLComponents(string: address.replacing("+", with: "%20")))
        var values: [String: String] = [:]
        for item in components.queryItems ?? [] { values[item.name] = item.value }
        return (address.components(separatedBy: "?")[0], values)
    }

    private func isSigned(_ values: [String: String]) throws -> Bool {
        let text = values.filter { $0.key != "sign" }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let sign = try #require(values["sign"].flatMap { Base64.decode($0) })
        return try RSAPublicKey(text: RSAKeys.merchantPublic).verify(signature: sign, message: Array(text.utf8))
    }

    @Test("A checkout is a signed address at Alipay, in Beijing's time, with nothing sent before")
    func checkout() async throws {
        let intent = try CheckoutIntent.sample(minor: 6800, currency: "CNY", affiliate: "0123abcd0123abcd")
        guard case .redirect(let address) = try await gateway().createCheckout(intent).way else {
            Issue.record("a redirect is expected")
            return
        }
        var (base, values) = try parameters(address)
        #expect(base == "https://openapi.alipay.com/gateway.do")
        #expect(try isSigned(values))
        values["sign"] = nil
        #expect(
            values == [
                "app_id": FormSigner.appID, "method": "alipay.trade.page.pay", "format": "JSON", "charset": "utf-8", "sign_type": "RSA2",
                "timestamp": "2027-01-15 16:00:00", "version": "1.0", "notify_url": "https://shop.example/notify/card",
                "return_url": "https://shop.example/orders/abc?x=1&y=2",
                "biz_content":
                    #"{"out_trade_no":"KF_TEST_01","passback_params":"0123abcd0123abcd","product_code":"FAST_INSTANT_TRADE_PAY","subject":"年度会员 C++ more","time_expire":"2027-01-15 16:15:00","total_amount":"68.00"}"#,
            ])
    }

    @Test("Phones get Alipay's page for phones; the sandbox and a stand-in have addresses of their own")
    func variants() async throws {
        let intent = try CheckoutIntent.sample(minor: 1, currency: "CNY")
        for (more, expected) in [
            (["page": .text("phone")], "https://openapi.alipay.com/gateway.do?app_id=2021000000001234&method=alipay.trade.wap.pay"),
            (
                ["test_mode": .bool(true)],
                "https://openapi-sandbox.dl.alipaydev.com/gateway.do?app_id=2021000000001234&method=alipay.trade.page.pay"
            ),
            (
                ["api": .text("http://127.0.0.1:9/gateway.do")],
                "http://127.0.0.1:9/gateway.do?app_id=2021000000001234&method=alipay.trade.page.pay"
            ),
        ] as [([String: GatewayAccount.Setting], String)] {
            guard case .redirect(let address) = try await gateway(.unreachable, more).createCheckout(intent).way else { continue }
            #expect(address.hasPrefix(expected + "&"))
            #expect(address.contains("QUICK_WAP_WAY") == (more["page"] != nil) && address.contains("%22total_amount%22%3A%220.01%22"))
        }
    }

    @Test("Another currency, or nothing, is refused", arguments: [(6800, "USD"), (0, "CNY"), (-1, "CNY")] as [(Int64, String)])
    func currencies(minor: Int64, currency: String) async throws {
        let error = await #expect(throws: PaymentError.self) {
            try await gateway().createCheckout(.sample(minor: minor, currency: currency))
        }
        #expect(error?.code == .refused)
    }

    private func ask(_ answer: (Int, [UInt8])) async throws -> Fact? {
        try await gateway(Interface([answer]).client).query(PaymentReference(order: "KF_TEST_01", gatewayReference: nil))
    }

    private func found(_ status: String, _ more: String = "", order: String = "KF_TEST_01") -> (Int, [UInt8]) {
        FormSigner.alipayAnswer(
            "alipay.trade.query",
            #"{"code":"10000","msg":"Success","out_trade_no":"\#(order)","trade_no":"\#(trade)","trade_status":"\#(status)","total_amount":"68.00"\#(more)}"#
        )
    }

    @Test("A question is answered with the fact that a notice would bring, under the same key against repeats")
    func query() async throws {
        let paid = try #require(try await ask(found("TRADE_SUCCESS", #","send_pay_date":"2027-01-15 15:59:10","buyer_logon_id":"a**@b""#)))
        #expect(paid.kind == .paid && paid.orderID == "KF_TEST_01" && paid.amountMinor == 6800 && paid.currency == "CNY")
        #expect(paid.dedupeKey == "\(trade)|TRADE_SUCCESS" && paid.gatewayTransactionID == trade && paid.occurredAt == 1_799_999_950)
        #expect(try await ask(found("WAIT_BUYER_PAY")) == nil)
        #expect(try await ask(found("TRADE_CLOSED"))?.kind == .failed)
        let refunded = try await ask(found("TRADE_CLOSED", #","send_pay_date":"2027-01-15 15:59:10""#))
        #expect(refunded?.kind == .refunded && refunded?.amountMinor == 6800 && refunded?.fullRefund == true)
        #expect(refunded?.dedupeKey == "\(trade)|refund|68.00")
        let unknown = FormSigner.alipayAnswer(
            "alipay.trade.query", #"{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST","sub_msg":"交易不存在"}"#)
        #expect(try await ask(unknown) == nil)
    }

    @Test("A call is a signed form: everything in the address but the content")
    func call() async throws {
        let interface = Interface([found("WAIT_BUYER_PAY")])
        _ = try await gateway(interface.client).query(PaymentReference(order: "KF_TEST_01", gatewayReference: nil))
        let request = try #require(interface.request)
        #expect(request.method == "POST")
        var (_, values) = try parameters(request.url + "&" + String(decoding: request.body, as: UTF8.self))
        #expect(try isSigned(values))
        #expect(values.removeValue(forKey: "biz_content") == #"{"out_trade_no":"KF_TEST_01"}"#)
        #expect(values["method"] == "alipay.trade.query" && values["notify_url"] == nil)
        #expect(!request.url.contains("biz_content"))
    }

    @Test("An answer counts only under Alipay's signature over its very text")
    func answerSignature() async throws {
        let good = String(decoding: found("TRADE_SUCCESS").1, as: UTF8.self)
        #expect(try await ask((200, Array(good.utf8)))?.kind == .paid)
        for (part, other) in [
            ("68.00", "0.01"), ("68.00", "68.0"), ("\"msg\":\"Success\",", ""), (":{\"code\"", ":{ \"code\""), ("\"sign\"", "\"sgin\""),
            ("\"sign\":\"", "\"sign\":\"A"), ("alipay_trade_query_response", "error_response\":{\"code\":\"10000\"},\"x"),
        ] {
            let text = good.replacing(part, with: other)
            #expect(text != good)
            let error = await #expect(throws: PaymentError.self, "\(other)") { try await ask((200, Array(text.utf8))) }
            #expect(error?.code == .malformedAnswer)
        }
        let ours = FormSigner.alipayAnswer("alipay.trade.query", #"{"code":"10000"}"#, key: RSAKeys.merchantPrivate)
        await #expect(throws: PaymentError.self) { try await ask(ours) }
        // Escapes and blanks inside the object are signed as they are written.
        let odd = FormSigner.alipayAnswer(
            "alipay.trade.query",
            "{ \"code\" : \"10000\", \"out_trade_no\":\"KF_TEST_\\u0030\\u0031\",\n\"trade_no\":\"\(trade)\",\"trade_status\":\"TRADE_SUCCESS\",\"total_amount\":\"68.00\",\"fund\":[{\"a}\":\"\\\"]\"}] }"
        )
        #expect(try await ask(odd)?.kind == .paid)
    }

    @Test("An answer about another order is not believed")
    func otherOrder() async throws {
        let error = await #expect(throws: PaymentError.self) { try await ask(found("TRADE_SUCCESS", order: "KF_TEST_02")) }
        #expect(error?.code == .malformedAnswer)
    }

    @Test(
        "Failures say whether to try again, and repeat a word at most",
        arguments: [
            (
                (200, #"{"alipay_trade_query_response":{"code":"20000","sub_code":"isp.unknow-error"}}"#), PaymentError.Code.unreachable,
                "isp.unknow-error"
            ),
            ((200, #"{"alipay_trade_query_response":{"code":"40004","sub_code":"ACQ.SYSTEM_ERROR"}}"#), .unreachable, "ACQ.SYSTEM_ERROR"),
            (
                (200, #"{"error_response":{"code":"40002","sub_code":"isv.invalid-signature","sub_msg":"验签出错 KF_TEST_01"}}"#), .refused,
                "isv.invalid-signature"
            ),
            ((200, #"{"alipay_trade_query_response":{"code":"40004","sub_code":"a b KF_TEST_01"}}"#), .refused, nil),
            ((503, ""), .unreachable, nil), ((429, ""), .unreachable, nil), ((404, ""), .refused, nil), ((302, ""), .refused, nil),
            ((200, ""), .malformedAnswer, nil), ((200, "[]"), .malformedAnswer, nil), ((200, "<html>"), .malformedAnswer, nil),
            ((200, "{}"), .malformedAnswer, nil),
            ((200, #"{"alipay_trade_query_response":{"code":10000},"sign":""}"#), .malformedAnswer, nil),
        ] as [((Int, String), PaymentError.Code, String?)])
    func failures(answer: (Int, String), code: PaymentError.Code, cause: String?) async throws {
        let error = await #expect(throws: PaymentError.self) { try await ask((answer.0, Array(answer.1.utf8))) }
        #expect(error?.code == code && error?.cause == cause && error?.location == "gateways.ali")
        #expect(error?.description.contains("KF_TEST_01") == false)
    }

    private func refund(_ answers: [(Int, [UInt8])]) async throws -> (RefundReceipt, [HTTPRequest]) {
        let interface = Interface(answers)
        let amount = Money(minor: 1000, currency: try Currency(code: "CNY"))
        let receipt = try await gateway(interface.client).refund(
            RefundRequest(order: "KF_TEST_01", transaction: trade, amount: amount, key: "KF_TEST_01-1"))
        return (receipt, interface.requests)
    }

    private func refunded(_ change: String) -> (Int, [UInt8]) {
        FormSigner.alipayAnswer(
            "alipay.trade.refund", #"{"code":"10000","trade_no":"\#(trade)","out_trade_no":"KF_TEST_01","refund_fee":"10.00"\#(change)}"#)
    }

    @Test("A refund names the trade, the amount and its key; money that did not move in this call is asked about")
    func refund() async throws {
        let (done, requests) = try await refund([refunded(#","fund_change":"Y""#)])
        #expect(done == RefundReceipt(reference: "KF_TEST_01-1", done: true) && requests.count == 1)
        let (_, values) = try parameters(requests[0].url + "&" + String(decoding: requests[0].body, as: UTF8.self))
        #expect(values["method"] == "alipay.trade.refund")
        #expect(values["biz_content"] == #"{"trade_no":"\#(trade)","refund_amount":"10.00","out_request_no":"KF_TEST_01-1"}"#)

        for (status, isDone) in [(#","refund_status":"REFUND_SUCCESS""#, true), ("", false)] {
            let lookup = FormSigner.alipayAnswer(
                "alipay.trade.fastpay.refund.query", #"{"code":"10000","out_request_no":"KF_TEST_01-1"\#(status)}"#)
            let (receipt, asked) = try await refund([refunded(#","fund_change":"N""#), lookup])
            #expect(receipt.done == isDone && asked.count == 2 && asked[1].url.contains("alipay.trade.fastpay.refund.query"))
        }
    }

    @Test("A refund that Alipay refuses, or answers about another trade, is an error")
    func refusedRefund() async throws {
        let refused = FormSigner.alipayAnswer("alipay.trade.refund", #"{"code":"40004","sub_code":"ACQ.SELLER_BALANCE_NOT_ENOUGH"}"#)
        let error = await #expect(throws: PaymentError.self) { try await refund([refused]) }
        #expect(error?.code == .refused && error?.cause == "ACQ.SELLER_BALANCE_NOT_ENOUGH")
        let other = FormSigner.alipayAnswer("alipay.trade.refund", #"{"code":"10000","trade_no":"1","fund_change":"Y"}"#)
        await #expect(throws: PaymentError.self) { try await refund([other]) }
    }
}
