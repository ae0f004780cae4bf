/// What a set of facts says about one order.
///
/// A pure function of the *set*: facts may come in any order, and any of them may come twice.
/// The sums are over payments, told apart by the gateway's transaction id:
/// - a payment counts if it came from the order's own account, in its currency, with its exact amount;
///   any other is kept for a person (`needsReview`) and pays for nothing;
/// - a person's confirmation pays only while no gateway tells of a payment that counts: it is the same money;
/// - a refund counts against its own payment. One whose transaction is unknown (some gateways give refunds ids
///   of their own) first covers payments that were kept for a person, then the order's;
/// - of cumulative refunds the largest counts, single ones are added up, never more than the payment.
package struct Standing: Sendable, Hashable {
    /// What of the order decides: copied at checkout, never changed.
    package struct Terms: Sendable, Hashable {
        /// Minor units, more than 0.
        package var amountMinor: Int64
        package var currency: String
        /// The gateway account the order was placed for.
        package var account: String

        package init(amountMinor: Int64, currency: String, account: String) {
            self.amountMinor = amountMinor
            self.currency = currency
            self.account = account
        }

        /// Whether the fact comes from the account the order was placed for, or from a person.
        func hears(_ fact: RecordedFact) -> Bool { fact.isOperators || fact.account.utf8.elementsEqual(account.utf8) }

        /// Whether the fact is a payment of this order, to the last minor unit.
        func isPaid(by fact: RecordedFact) -> Bool {
            fact.kind == .paid && hears(fact) && fact.currency == currency && fact.amountMinor == amountMinor && !fact.foreignTransaction
        }
    }

    package enum Dispute: String, Sendable, Hashable {
        case none, open, lost
    }

    /// A payment that fits has arrived.
    package var isPaid: Bool
    /// What of the order's amount stays with the shop, 0…amount; 0 while unpaid.
    package var netMinor: Int64
    /// What of the order's amount went back, 0…amount; told before the payment too.
    package var refundedMinor: Int64
    package var dispute: Dispute
    /// Money came that does not fit the order.
    package var needsReview: Bool
    /// The same order was paid more than once, by different transactions.
    package var paidTwice: Bool

    /// Goods may go out: paid, not all refunded, not disputed.
    package var mayDeliver: Bool { isPaid && netMinor > 0 && dispute == .none }

    /// What the books recognise as sold: nothing once a dispute is lost.
    package var soldMinor: Int64 { isPaid && dispute != .lost ? netMinor : 0 }

    package init(of facts: some Sequence<RecordedFact>, terms: Terms) {
        var payments = Payments()
        var disputes = Disputes()
        var seen = Set<Identity>()
        for fact in facts where seen.insert(Identity(account: fact.account, key: fact.dedupeKey)).inserted {
            payments.add(fact, terms)
            if terms.hears(fact) { disputes.add(fact) }
        }
        let paid = payments.totals(terms)
        isPaid = paid.fitting > 0
        paidTwice = paid.fitting > 1
        netMinor = paid.fitting > 0 ? terms.amountMinor - paid.refunded : 0
        refundedMinor = paid.refunded
        needsReview = paid.strange
        dispute = disputes.outcome
    }

    private struct Identity: Hashable {
        var account: String
        var key: String
    }
}

/// The disputes of an order, each open until it is decided.
private struct Disputes {
    private var opened = Set<String>()
    private var won = Set<String>()
    private var lost = false

    mutating func add(_ fact: RecordedFact) {
        // Without an id there is one dispute: the transaction a dispute names is its own at some gateways.
        let name = fact.dispute ?? ""
        switch fact.kind {
        case .disputed: opened.insert(name)
        case .disputeWon: won.insert(name)
        case .disputeLost: lost = true
        default: break
        }
    }

    var outcome: Standing.Dispute {
        if lost { return .lost }
        return won.contains("") || opened.isSubset(of: won) ? .none : .open
    }
}
