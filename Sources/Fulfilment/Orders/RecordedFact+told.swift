internal import Payments

extension RecordedFact {
    /// What a gateway's fact is to the books.
    init(_ fact: Fact, account: String, foreignTransaction: Bool) {
        let kind: Kind =
            switch fact.kind {
            case .paid: .paid
            case .refunded: .refunded
            case .disputed: .disputed
            case .disputeClosed: fact.disputeWon == true ? .disputeWon : .disputeLost
            case .failed: .failed
            case .ignored: .other
            }
        self.init(
            account: account, dedupeKey: fact.inboxKey, kind: kind, amountMinor: fact.amountMinor, currency: fact.currency,
            transaction: fact.gatewayTransactionID, refundMeaning: fact.refundAmount.map { $0 == .cumulative ? .cumulative : .single },
            fullRefund: fact.fullRefund == true, dispute: fact.disputeID, foreignTransaction: foreignTransaction)
    }
}
