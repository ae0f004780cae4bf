/// What a promoter has earned, minor units of one currency.
package struct PromoterBalance: Sendable, Hashable {
    /// Waits for T+N.
    package var pendingMinor: Int64
    /// May be paid out; negative after a claw-back of what was paid out already.
    package var availableMinor: Int64
    /// Paid out in all, with what is on its way.
    package var paidMinor: Int64

    package init(pendingMinor: Int64 = 0, availableMinor: Int64 = 0, paidMinor: Int64 = 0) {
        self.pendingMinor = pendingMinor
        self.availableMinor = availableMinor
        self.paidMinor = paidMinor
    }

    /// Carries one side of a transfer.
    package mutating func add(_ entry: LedgerEntry, of transfer: Transfer) {
        switch entry.account {
        case .pending: pendingMinor += entry.amountMinor
        case .available:
            availableMinor += entry.amountMinor
            if transfer.kind == .payout || transfer.kind == .returned { paidMinor -= entry.amountMinor }
        default: break
        }
    }
}
