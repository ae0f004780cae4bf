import Catalog
import Payments
import Synchronization
import Testing

@testable import WebhookServer

@Suite("Opening a payment at a gateway that may be down")
struct CheckoutOpenerTests {
    private let intent: CheckoutIntent

    init() throws {
        intent = CheckoutIntent(
            order: "KF_TEST_01", amount: Money(minor: 100, currency: try Currency(code: "CNY")), description: "d", language: "en",
            returnURL: "https://s.example/r", notifyURL: "https://s.example/n", createdAt: 1, expiresAt: 2)
    }

    private func opener(_ time: TestTime) -> CheckoutOpener {
        CheckoutOpener(
            breaker: CircuitBreaker(limit: 2, pause: 30_000, now: { time.milliseconds }),
            sleep: { duration in
                // The deadline's own sleep never ends by itself; a pause ends at once.
                if duration >= .seconds(15) { try await Task.sleep(for: .seconds(3600)) }
            })
    }

    @Test("No answer is tried three times with the same order, a refusal once")
    func retries() async throws {
        let (time, till) = (TestTime(), FlakyTill([.unreachable, .unreachable, nil]))
        #expect(try await opener(time).open(intent, at: till).way == .qr("pay:KF_TEST_01"))
        #expect(till.calls == 3)
        let strict = FlakyTill([.refused, nil])
        let error = await #expect(throws: PaymentError.self) { try await opener(time).open(intent, at: strict) }
        #expect(error?.code == .refused && strict.calls == 1)
    }

    @Test("An account that is down is left alone for a while, then tried by one at a time until it answers; others are not held up")
    func rests() async throws {
        let time = TestTime()
        let opener = opener(time)
        let till = FlakyTill(Array(repeating: .unreachable, count: 9) + [nil])
        for _ in 0..<4 { await #expect(throws: PaymentError.self) { try await opener.open(intent, at: till) } }
        // Two checkouts of three tries each, then none.
        #expect(till.calls == 6)
        #expect(try await opener.open(intent, at: FlakyTill([nil], account: "other")).gatewayReference == nil)
        time.pass(30_000)
        time.pass(30_000)
        await #expect(throws: PaymentError.self) { try await opener.open(intent, at: till) }
        #expect(till.calls == 9)
        await #expect(throws: PaymentError.self) { try await opener.open(intent, at: till) }
        #expect(till.calls == 9)
        time.pass(30_000)
        _ = try await opener.open(intent, at: till)
        _ = try await opener.open(intent, at: till)
        #expect(till.calls == 11)
    }

    @Test("A gateway that never answers is given up at the deadline")
    func deadline() async throws {
        let opener = CheckoutOpener(breaker: CircuitBreaker(now: { 0 }), deadline: 15, pauses: [], sleep: { _ in })
        let error = await #expect(throws: PaymentError.self) { try await opener.open(intent, at: FlakyTill([], hangs: true)) }
        #expect(error?.code == .unreachable)
    }

    @Test("A buyer who opens the page again and again has one question asked a minute")
    func questions() {
        let time = TestTime()
        let questions = Questions(now: { time.milliseconds })
        for _ in 0..<5 { questions.add("a") }
        questions.add("b")
        #expect(questions.take() == ["a", "b"])
        questions.add("a")
        #expect(questions.take().isEmpty)
        time.pass(60_000)
        questions.add("a")
        #expect(questions.take() == ["a"])
    }
}

/// A clock that stands still until it is told.
final class TestTime: Sendable {
    private let time = Mutex<Int64>(1_000_000)
    var milliseconds: Int64 { time.withLock { $0 } }
    func pass(_ amount: Int64) { time.withLock { $0 += amount } }
}

/// A gateway that fails as its script says, and answers with a code to scan where the script says nil or is over.
final class FlakyTill: Gateway {
    static let kind = GatewayKind.wechat
    let account: String
    let noticeMethod = "POST"
    private let hangs: Bool
    private let script: [PaymentError.Code?]
    private let count = Mutex(0)

    init(_ script: [PaymentError.Code?], account: String = "down", hangs: Bool = false) {
        self.script = script
        self.account = account
        self.hangs = hangs
    }

    var calls: Int { count.withLock { $0 } }

    func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        if hangs { try? await Task.sleep(for: .seconds(3600)) }
        let call = count.withLock { count in
            count += 1
            return count
        }
        if call <= script.count, let code = script[call - 1] { throw PaymentError(code, "scripted") }
        return CheckoutSession(way: .qr("pay:\(intent.order)"), gatewayReference: nil)
    }

    func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        .rejected(category: .config, reason: "test", reply: NoticeReply(status: 503))
    }
    func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? { nil }
    func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt { throw PaymentError(.refused, "scripted") }
}
