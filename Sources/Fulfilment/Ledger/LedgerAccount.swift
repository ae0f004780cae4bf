/// An account of the books. A balance is credits minus debits, so what the shop owes and earns is positive and what
/// gateways hold for it is negative; all balances of a currency sum to zero.
package enum LedgerAccount: Sendable, Hashable {
    /// Money at a gateway account.
    case gateway(String)
    case sales
    /// What commissions cost.
    case commission
    /// Earned by a promoter, waiting for T+N.
    case pending(String)
    /// Earned by a promoter, may be paid out; negative after a claw-back of what was paid out already.
    case available(String)
    /// Paid out to promoters.
    case payouts
    case fees
    case costs

    /// As stored and exported: `gateway:card`, `sales`, `promoter:k3m9x2aa:pending`.
    package var text: String {
        switch self {
        case .gateway(let name): "gateway:\(name)"
        case .sales: "sales"
        case .commission: "commission"
        case .pending(let promoter): "promoter:\(promoter):pending"
        case .available(let promoter): "promoter:\(promoter):available"
        case .payouts: "payouts"
        case .fees: "fees"
        case .costs: "costs"
        }
    }

    /// Reads `text`; nil for anything else.
    package init?(text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("gateway", 2...): self = .gateway(parts.dropFirst().joined(separator: ":"))
        case ("promoter", 3) where parts[2] == "pending": self = .pending(parts[1])
        case ("promoter", 3) where parts[2] == "available": self = .available(parts[1])
        case ("sales", 1): self = .sales
        case ("commission", 1): self = .commission
        case ("payouts", 1): self = .payouts
        case ("fees", 1): self = .fees
        case ("costs", 1): self = .costs
        default: return nil
        }
    }

    /// The promoter whose account it is, if it is one's.
    package var promoter: String? {
        switch self {
        case .pending(let id), .available(let id): id
        default: nil
        }
    }
}
