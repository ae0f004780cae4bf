internal import Catalog
internal import Cryptography
internal import Fulfilment
package import Payments
internal import Transport

/// Finds the gateway of an account by its name; nil when there is none.
package typealias GatewayFinder = @Sendable (_ account: String) throws(OperationError) -> (any Gateway)?

extension Installation {
    /// Refunds through the gateway that took the payment. What no gateway took is booked as a person's refund.
    func refund(order: String, amountMinor: Int64?, key: String, gateways: GatewayFinder?) async throws -> OrderAnswer {
        let account = try await engine.order(id: order).gateway
        // Looked for first: a refund that nobody can carry out is not written down.
        let gateway = try gateways?(account) ?? gateway(named: account)
        switch try await engine.beginRefund(order: order, amountMinor: amountMinor, key: key) {
        case .known(let summary): return OrderAnswer(summary, refunded: 0, .repeated)
        case .byHand: return try await refundByHand(order: order, amountMinor: amountMinor, key: key)
        case .ask(let refund):
            let (summary, isDone) = try await RefundDesk(engine: engine).carryOut(refund, at: gateway)
            return OrderAnswer(summary, refunded: refund.amount.minor, isDone ? .done : .waiting)
        }
    }

    /// Books what a person gave back.
    func refundByHand(order: String, amountMinor: Int64?, key: String) async throws -> OrderAnswer {
        let before = try await engine.summary(order: order).refundedMinor
        let summary = try await engine.recordRefund(order: order, amountMinor: amountMinor, key: key)
        let booked = summary.refundedMinor - before
        return OrderAnswer(summary, refunded: booked, booked > 0 ? .byHand : .repeated)
    }

    /// One account, made from its own secrets alone: without a daemon the command line needs no others.
    private func gateway(named account: String) throws(OperationError) -> any Gateway {
        let shop = shop
        let set = try OperationError.wrapNow {
            try GatewaySet(
                accounts: shop.gateways.filter { $0.name.utf8.elementsEqual(account.utf8) }, webhookURL: shop.webhook.url,
                listenHost: shop.webhook.host, secrets: place.secrets, sandboxKey: keyring.subkey("sandbox"), http: .live())
        }
        guard let gateway = set.gateway(named: account) else {
            throw OperationError(
                .conflict, "the account “\(account)” that took the payment is not in shop.yaml any more",
                hint: "put it back, or refund at the gateway and book it with --by-hand")
        }
        return gateway
    }
}
