package import Fulfilment
package import Payments

/// Sends money back through a gateway, and books what it says: what `order refund` does, and what the daemon does again for refunds
/// whose answer was never heard.
package struct RefundDesk: Sendable {
    private let engine: Engine

    package init(engine: Engine) { self.engine = engine }

    /// Asks the gateway for a refund that is written down. The gateway is called outside of any transaction.
    /// - Throws: `OperationError`: `conflict` when the gateway says no, or cannot refund; `busy` when it is not known what became of
    ///   it: asking again under the same key refunds once; else of the books.
    package func carryOut(_ refund: RefundOrder, at gateway: any Gateway) async throws(OperationError) -> (
        order: OrderSummary, isDone: Bool
    ) {
        let receipt: RefundReceipt
        do {
            receipt = try await gateway.refund(
                RefundRequest(order: refund.order, transaction: refund.transaction, amount: refund.amount, key: refund.gatewayKey))
        } catch {
            throw try await failed(refund, error)
        }
        let order = try await OperationError.wrap {
            try await engine.settleRefund(refund, reference: receipt.reference, done: receipt.done)
        }
        return (order, receipt.done)
    }

    private func failed(_ refund: RefundOrder, _ error: PaymentError) async throws(OperationError) -> OperationError {
        switch error.code {
        case .unreachable, .malformedAnswer, .malformedCase:
            return OperationError(
                .busy, "the gateway gave no clear answer, so the refund may or may not have been made",
                hint: "run the same command again: it goes on where it stopped, and refunds once", cause: error.message)
        case .refused, .unsupported, .notConfigured:
            try await OperationError.wrap { try await engine.refuseRefund(refund, reason: error.code.rawValue) }
            let hint = "if you give the money back yourself, book it with --by-hand"
            return OperationError(
                .conflict, error.location.map { "\($0): \(error.message)" } ?? error.message,
                hint: error.hint.map { "\($0); \(hint)" } ?? hint, cause: error.cause)
        }
    }
}
