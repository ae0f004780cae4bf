internal import Cryptography

/// An amount that goes from one account to another: two entries that sum to zero. Never changed, never deleted.
package struct Transfer: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A payment: gateway → sales.
        case sale
        /// Money that went back: sales → gateway.
        case refund
        /// Earned, waiting for T+N: commission → promoter's pending.
        case commission
        /// A pending commission resolved to nothing: pending → commission.
        case void
        /// A pending commission resolved to its whole amount: pending → available.
        case post
        /// Taken back after it was posted: available → commission.
        case clawback
        /// Paid out: available → payouts.
        case payout
        /// A payout that did not arrive: payouts → available.
        case returned
    }

    /// 16 bytes: see `id(...)`.
    package var id: [UInt8]
    package var kind: Kind
    /// Empty for payouts.
    package var order: String
    /// 1 for a direct commission, 2 and 3 for indirect ones, 0 for anything else.
    package var level: Int64
    package var debit: LedgerAccount
    package var credit: LedgerAccount
    /// Minor units, more than 0.
    package var amountMinor: Int64
    package var currency: String
    /// The dedupe key of the fact that caused it, or what else did (`mature`).
    package var cause: String
    /// The pending transfer that a `void` or `post` resolves.
    package var resolves: [UInt8]?
    /// Basis points and base (minor units) of a commission: why it is what it is. 0 for others.
    package var rate: Int64
    package var baseMinor: Int64
    /// Unix seconds.
    package var at: Int64

    package init(
        id: [UInt8], kind: Kind, order: String, level: Int64, debit: LedgerAccount, credit: LedgerAccount, amountMinor: Int64,
        currency: String, cause: String, resolves: [UInt8]?, rate: Int64, baseMinor: Int64, at: Int64
    ) {
        self.id = id
        self.kind = kind
        self.order = order
        self.level = level
        self.debit = debit
        self.credit = credit
        self.amountMinor = amountMinor
        self.currency = currency
        self.cause = cause
        self.resolves = resolves
        self.rate = rate
        self.baseMinor = baseMinor
        self.at = at
    }

    /// A digest of what makes a transfer one of its kind, so that doing something again says "exists".
    ///
    /// The first 16 bytes of SHA-256 over the parts, each led by its length.
    package static func id(shop: String, order: String, cause: String, level: Int64, kind: Kind) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in [shop, order, cause, String(level), kind.rawValue] {
            let utf8 = Array(part.utf8)
            withUnsafeBytes(of: UInt32(utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: utf8)
        }
        return Array(Digest.sha256(bytes).prefix(16))
    }

    /// The id of what resolves a pending transfer, post or void alike: so it can be resolved once (I4).
    package static func resolution(of pending: [UInt8]) -> [UInt8] {
        Array(Digest.sha256(Array("keyfront/1/resolution".utf8) + pending).prefix(16))
    }
}

/// One side of a transfer.
package struct LedgerEntry: Sendable, Hashable {
    package var account: LedgerAccount
    /// Minor units; a debit is negative.
    package var amountMinor: Int64
    package var currency: String
}

extension Transfer {
    /// The two sides.
    package var entries: [LedgerEntry] {
        [
            LedgerEntry(account: debit, amountMinor: -amountMinor, currency: currency),
            LedgerEntry(account: credit, amountMinor: amountMinor, currency: currency),
        ]
    }
}
