/// Where an order stands, as buyers and merchants see it.
///
/// It is never stored as a decision: it follows from the facts that gateways told (`Standing`), from what was
/// handed out, and from whether the time to pay is over (`OrderState.of`).
package enum OrderState: String, Sendable, Hashable, CaseIterable {
    /// Waiting for the payment.
    case pending
    /// Paid, and every key handed out.
    case fulfilled
    /// Paid, but keys are missing; filled by itself when stock arrives.
    case owed
    /// All money went back.
    case refunded
    /// The buyer's bank disputes the payment, or took it back.
    case disputed
    /// Not paid in time. A payment that still arrives is honoured.
    case expired
    /// Money came that does not fit the order: a person decides.
    case review

    /// The state of an order.
    /// - Parameters:
    ///   - standing: what the facts say.
    ///   - granted: how many keys were handed out.
    ///   - quantity: how many were ordered.
    ///   - lapsed: the time to pay is over.
    package static func of(_ standing: Standing, granted: Int64, quantity: Int64, lapsed: Bool) -> OrderState {
        if standing.isPaid {
            if standing.dispute != .none { return .disputed }
            if standing.netMinor == 0 { return .refunded }
            return granted >= quantity ? .fulfilled : .owed
        }
        if standing.needsReview { return .review }
        return lapsed ? .expired : .pending
    }
}
