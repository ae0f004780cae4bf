import Fulfilment
import Synchronization
import Testing

@testable import Operations
@testable import Payments

@Suite("Refunds, from the command to the gateway")
struct RefundTests {
    private func paidOrder(_ installation: Installation) async throws -> String {
        _ = try await installation.run(.importKeys(KeyImport(sku: "alpha", lines: ["K-1", "K-2"])))
        let placed = try await installation.engine.checkout(
            CheckoutRequest(sku: "alpha", quantity: 1, email: "b@example.com", gateway: "test", language: "en"))
        let fact = Fact(
            .paid, dedupeKey: "p1", orderID: placed.order, amountMinor: 10_000, currency: "CNY", gatewayTransactionID: "tx1")
        _ = try await installation.engine.apply(account: "test", fact: fact, bodyDigest: [])
        return placed.order
    }

    @Test("The sandbox refunds a part, then the rest; repeating either changes nothing, and all of it is in the log")
    func sandbox() async throws {
        let shop = try TestShop()
        let installation = try await shop.open()
        let order = try await paidOrder(installation)
        let asked = Asked()
        let finder: GatewayFinder = { account throws(OperationError) in
            asked.add(account)
            return nil
        }
        for _ in 0..<2 {
            guard case .order(let part) = try await installation.run(.refund(order: order, amount: "40.00", key: "a"), gateways: finder)
            else { throw OperationError(.control, "no order") }
            #expect(part.state == "fulfilled")
        }
        #expect(try await installation.engine.order(id: order).refundedMinor == 4_000)
        for _ in 0..<2 {
            guard case .order(let rest) = try await installation.run(.refund(order: order, amount: nil, key: "rest")) else {
                throw OperationError(.control, "no order")
            }
            #expect(rest.state == "refunded")
        }
        #expect(asked.names == ["test", "test"])
        #expect(try await installation.engine.verifyLedger().findings.isEmpty)
        await installation.close()
    }

    @Test("What a gateway refuses is told with a way out, what it leaves open with the word to ask again; neither books anything")
    func failures() async throws {
        let shop = try TestShop()
        let installation = try await shop.open()
        let order = try await paidOrder(installation)
        let later = Till(PaymentError(.unreachable, "no answer"))
        await expect(.busy) { try await installation.run(.refund(order: order, amount: nil, key: "rest"), gateways: { _ in later }) }
        await expect(.busy) { try await installation.run(.refund(order: order, amount: nil, key: "rest"), gateways: { _ in later }) }
        #expect(later.keys.count == 2 && Set(later.keys).count == 1)
        let no = Till(PaymentError(.refused, "too old"))
        await expect(.conflict) { try await installation.run(.refund(order: order, amount: nil, key: "rest"), gateways: { _ in no }) }
        await expect(.conflict) { try await installation.run(.refund(order: order, amount: nil, key: "rest"), gateways: { _ in no }) }
        // The one that was open is the one that was refused; the next try has a name of its own.
        #expect(no.keys.first == later.keys.first && Set(no.keys).count == 2)
        #expect(try await installation.engine.order(id: order).refundedMinor == 0)
        guard case .order(let booked) = try await installation.run(.bookRefund(order: order, amount: nil, key: "rest")) else {
            throw OperationError(.control, "no order")
        }
        #expect(booked.state == "refunded")
        await installation.close()
    }
}

/// A gateway whose refunds fail.
private final class Till: Gateway {
    static let kind = GatewayKind.stripe
    let account = "test"
    let noticeMethod = "POST"
    private let error: PaymentError
    private let asked = Asked()

    init(_ error: PaymentError) { self.error = error }

    var keys: [String] { asked.names }

    func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        .rejected(category: .config, reason: "test", reply: NoticeReply(status: 503, headers: [], body: ""))
    }
    func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession { throw error }
    func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? { throw error }
    func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        asked.add(request.key)
        throw error
    }
}

/// What was asked, in order.
private final class Asked: Sendable {
    private let list = Mutex<[String]>([])

    func add(_ name: String) { list.withLock { $0.append(name) } }
    var names: [String] { list.withLock { $0 } }
}
