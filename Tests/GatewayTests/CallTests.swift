import Catalog
import Cryptography
import Payments
import TestSupport
import Testing
import Transport

@Suite("What the shop asks of a gateway, over HTTP")
struct CallTests {
    @Test("Asked about an order: unpaid, paid, and the same transaction that the notice named", arguments: PeerKind.answering)
    func query(_ kind: PeerKind) async throws {
        let till = try await Till(kind)
        let order = try await till.open("KF2026_00000001")
        #expect(try await till.gateway.query(order) == nil)
        try await till.simulator.perform("pay", ["order": order.order, "times": 0])
        let fact = try #require(try await till.gateway.query(order))
        #expect(fact.kind == .paid)
        #expect(fact.orderID == order.order)
        #expect(fact.amountMinor == 100_00)
        #expect(fact.currency == "CNY")
        // An epusdt server does not name the payment on the chain when it is asked.
        let transaction = kind == .epusdt ? nil : try await till.simulator.payment(of: order.order).transaction
        #expect(fact.gatewayTransactionID == transaction)
        #expect(try await till.problems() == [])
    }

    @Test(
        "A key refunds once, however often it is sent; another key refunds the rest; more than there was is refused",
        arguments: PeerKind.refundingParts)
    func refund(_ kind: PeerKind) async throws {
        let till = try await Till(kind)
        let order = try await till.open("KF2026_00000002")
        try await till.simulator.perform("pay", ["order": order.order, "times": 0])
        let transaction = try await till.transaction(of: order, kind)
        let part = RefundRequest(order: order.order, transaction: transaction, amount: till.money(30_00), key: "first")
        let receipt = try await till.gateway.refund(part)
        #expect(receipt.reference?.isEmpty == false)
        #expect(try await till.gateway.refund(part).reference == receipt.reference)
        let rest = RefundRequest(order: order.order, transaction: transaction, amount: till.money(70_00), key: "second")
        #expect(try await till.gateway.refund(rest).reference != receipt.reference)
        #expect(try await till.problems() == [])

        await #expect(throws: PaymentError.self) {
            try await till.gateway.refund(
                RefundRequest(order: order.order, transaction: transaction, amount: till.money(1), key: "third"))
        }
    }

    @Test(
        "Down, garbage, half an answer: every call says so in words that hold nothing of what was sent",
        arguments: PeerKind.main.filter { $0.answers || PeerKind.refunding.contains($0) })
    func trouble(_ kind: PeerKind) async throws {
        let till = try await Till(kind)
        let order = try await till.open("KF2026_00000003")
        try await till.simulator.perform("pay", ["order": order.order, "times": 0])
        let transaction = try await till.transaction(of: order, kind)
        let refund = RefundRequest(
            order: order.order, transaction: transaction, amount: till.money(kind.refundsParts ? 30_00 : 100_00), key: "first")
        let calls = (kind.answers ? ["query"] : []) + (PeerKind.refunding.contains(kind) ? ["refund"] : [])
        for (mood, code) in [("down", PaymentError.Code.unreachable), ("garbage", .malformedAnswer), ("cut", .unreachable)] {
            try await till.simulator.perform("mood", ["value": mood])
            for call in calls {
                do throws(PaymentError) {
                    if call == "query" { _ = try await till.gateway.query(order) } else { _ = try await till.gateway.refund(refund) }
                    Issue.record("\(mood): \(call) came back")
                } catch {
                    #expect(error.code == code, "\(mood) \(call): \(error)")
                    for secret in till.simulator.greeting.secrets.values { #expect(!"\(error)".contains(secret)) }
                }
            }
        }
        try await till.simulator.perform("mood", ["value": "well"])
        if calls.contains("refund") { #expect(try await till.gateway.refund(refund).reference?.isEmpty == false) }
    }
}

/// One account of a shop that exists as its settings alone, with the gateway's simulator behind it.
private struct Till {
    let simulator: Simulator
    let gateway: any Gateway
    private let currency: Currency

    init(_ kind: PeerKind) async throws {
        simulator = try await Simulator(kind)
        let yaml = """
            name: Till
            url: https://shop.example
            languages: [en]
            currency: CNY
            webhook: {url: "https://pay.shop.example", listen: "127.0.0.1:8080", database: "sqlite:data/keyfront.db"}
            secrets: {master_key_file: secrets/master.key}
            gateways:
              gate: \(simulator.greeting.account)
            """
        let folder = try TemporaryFolder()
        let lantern = "---\ntitle: Lantern\nprice: \"100.00\"\n---\nA light.\n"
        let catalogue = try Catalogue.load(files: ["shop.yaml": yaml, "content/products/lantern.md": lantern], now: 1)
        let set = try GatewaySet(
            accounts: catalogue.shop.gateways, webhookURL: catalogue.shop.webhook.url, listenHost: "127.0.0.1",
            secrets: SecretSource(environment: simulator.greeting.secrets, credentialsDirectory: nil, folder: folder.path),
            sandboxKey: SecretKey(Array(repeating: 7, count: 32)), http: .live(threads: 2))
        currency = catalogue.shop.currency
        gateway = try #require(set.gateway(named: "gate"))
    }

    /// Opens a payment of 100.00 yuan, and has the buyer go to the pay page.
    func open(_ order: String) async throws -> PaymentReference {
        let now = SystemClock.now()
        let session = try await gateway.createCheckout(
            CheckoutIntent(
                order: order, amount: money(100_00), description: "Lantern", language: "en", clientAddress: "203.0.113.7",
                returnURL: "https://pay.shop.example/orders/x", notifyURL: "https://pay.shop.example/notify/gate", createdAt: now,
                expiresAt: now + 900))
        if case .redirect(let url) = session.way {
            #expect(try await HTTPClient.live(threads: 1).request(method: "GET", url: url).status == 200)
        }
        return PaymentReference(order: order, gatewayReference: session.gatewayReference)
    }

    func money(_ minor: Int64) -> Money { Money(minor: minor, currency: currency) }

    /// The payment as the gateway calls it: PayPal makes one when it is asked, and Lemon Squeezy cannot be asked.
    func transaction(of order: PaymentReference, _ kind: PeerKind) async throws -> String {
        guard kind.answers else { return try await simulator.payment(of: order.order).transaction }
        return try await gateway.query(order)?.gatewayTransactionID ?? ""
    }

    func problems() async throws -> [Simulator.Call] {
        try await simulator.calls().filter { !$0.problem.isEmpty }
    }
}
