package import Catalog

/// A promoter's earnings, as the promoter sees them.
package struct PromoterView: Sendable {
    package enum CommissionState: String, Sendable, Hashable {
        case pending, available, reversed
    }

    package struct Commission: Sendable {
        /// Unix seconds.
        package var at: Int64
        package var level: Int64
        package var amount: Money
        package var state: CommissionState
        package var product: String
        package var rate: ExactRate?
    }

    package var id: String
    package var token: String
    package var language: String
    package var pending: Money
    package var available: Money
    package var paid: Money
    /// Newest first, at most 100.
    package var commissions: [Commission]
}

/// A promoter as the merchant lists them.
package struct PromoterSummary: Sendable, Hashable {
    package var id: String
    package var token: String
    package var parent: String?
    package var pendingMinor: Int64
    package var availableMinor: Int64
    package var paidMinor: Int64
    package var currency: String
    package var createdAt: Int64
    package var active: Bool
}
