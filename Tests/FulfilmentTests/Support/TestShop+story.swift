import Catalog
import Cryptography
import Database
import Payments

@testable import Fulfilment

/// What buyers and gateways do, in one line each.
extension TestShop {
    func order(
        _ sku: String = "card", quantity: Int = 1, email: String = "b@example.com", gateway: String = "bank", ref: String? = nil,
        language: String = "en", from client: String? = nil
    ) async throws -> PlacedOrder {
        try await engine.checkout(
            CheckoutRequest(
                sku: sku, quantity: quantity, email: email, gateway: gateway, ref: ref, language: language, clientAddress: client))
    }

    @discardableResult
    func tell(_ fact: Fact, account: String = "bank") async throws -> NoticeOutcome {
        try await engine.apply(account: account, fact: fact, bodyDigest: Digest.sha256(Array(fact.dedupeKey.utf8)))
    }

    @discardableResult
    func pay(_ order: PlacedOrder) async throws -> NoticeOutcome {
        try await tell(.paid(order), account: order.gateway)
    }

    /// Places an order and pays it.
    @discardableResult
    func buy(_ sku: String = "card", email: String, ref: String? = nil, quantity: Int = 1) async throws -> PlacedOrder {
        let order = try await order(sku, quantity: quantity, email: email, ref: ref)
        try await pay(order)
        return order
    }

    @discardableResult
    func stock(_ count: Int, sku: String = "card", prefix: String = "KEY") async throws -> ImportReport {
        try await engine.importKeys(sku: sku, lines: (0..<count).map { "\(prefix)-\(sku)-\($0)" })
    }

    func view(_ order: PlacedOrder, reveal: Bool = true) async throws -> OrderView {
        try await engine.order(token: order.token, reveal: reveal)
    }

    func state(_ order: PlacedOrder) async throws -> OrderState { try await view(order, reveal: false).state }

    func balance(_ address: String) async throws -> [Int64] {
        let promoter = try await engine.promoter(address)
        return [promoter.pendingMinor, promoter.availableMinor]
    }

    func count(_ sql: String, _ arguments: [SQLValue] = []) async throws -> Int64 {
        try await database.read { tx in try tx.first(sql, arguments)?.int("n") ?? -1 }
    }

    func outbox(_ kind: OutboxItem.Kind) async throws -> Int64 {
        try await count("SELECT count(*) AS n FROM outbox WHERE kind = $1", [.text(kind.rawValue)])
    }

    func audited(_ action: AuditRecord.Action) async throws -> Int64 {
        try await count("SELECT count(*) AS n FROM audit WHERE action = $1", [.text(action.rawValue)])
    }

    /// The rules that the books and the log break: none, always.
    func findings() async throws -> [String] {
        let report = try await engine.verifyLedger()
        let audit = try await engine.verifyAudit()
        return report.findings.map { "\($0.rule): \($0.message)" } + (audit.firstBroken.map { ["audit row \($0)"] } ?? [])
    }
}

extension Fact {
    static func paid(
        _ order: PlacedOrder, key: String? = nil, transaction: String? = nil, amount: Int64? = nil, currency: String? = nil
    ) -> Fact {
        Fact(
            .paid, dedupeKey: key ?? "pay-\(order.order)", orderID: order.order, amountMinor: amount ?? order.amount.minor,
            currency: currency ?? order.amount.currency.code, gatewayTransactionID: transaction ?? "tx-\(order.order)")
    }

    static func refunded(
        _ order: PlacedOrder, _ amount: Int64, key: String, meaning: RefundAmount = .perRefund, full: Bool? = nil, named: Bool = true
    ) -> Fact {
        Fact(
            .refunded, dedupeKey: key, orderID: named ? order.order : nil, amountMinor: amount, currency: order.amount.currency.code,
            gatewayTransactionID: "tx-\(order.order)", refundAmount: meaning, fullRefund: full)
    }

    static func disputed(_ order: PlacedOrder, key: String = "dispute", id: String? = "dp") -> Fact {
        Fact(.disputed, dedupeKey: "\(key)-\(order.order)", gatewayTransactionID: "tx-\(order.order)", disputeID: id)
    }

    static func closed(_ order: PlacedOrder, won: Bool, id: String? = "dp") -> Fact {
        Fact(
            .disputeClosed, dedupeKey: "closed-\(order.order)", gatewayTransactionID: "tx-\(order.order)", disputeID: id, disputeWon: won)
    }
}
