/// Sets a fact against our books: does the order exist, was it made for this account, do currency, amount and
/// transaction agree? Pure: the same in the daemon's transaction and in `notice verify`.
///
/// - Parameters:
///   - fact: what an authentic notice says.
///   - account: the account whose route it came in on.
///   - order: the order that `fact.orderID` names, or else the one that its transaction paid; nil when there is none.
///   - transactionOrder: id of the order that `fact.gatewayTransactionID` paid at this account, if it paid one.
///   - repeated: whether a fact with this account and dedupe key was booked before.
package func decide(
    _ fact: Fact, account: String, order: OrderContext?, transactionOrder: String? = nil, repeated: Bool = false
) -> Decision {
    var flags = Set(fact.remarks.map(Decision.Flag.init))
    if repeated { flags.insert(.duplicate) }
    if fact.kind != .ignored { flags.formUnion(ownership(fact, account, order, transactionOrder)) }

    var full: Bool?
    var refunded: Int64?
    if fact.kind == .paid, let order { flags.formUnion(payment(fact, order)) }
    if fact.kind == .refunded {
        full = fact.fullRefund
        if let order, let amount = fact.amountMinor, flags.isDisjoint(with: Decision.stopping) {
            if fact.currency != order.currency { flags.insert(.currencyMismatch) }
            let earlier = order.refundedMinor
            let (sum, overflow) = fact.refundAmount == .perRefund ? earlier.addingReportingOverflow(amount) : (max(earlier, amount), false)
            if overflow || sum > order.amountMinor { flags.insert(.excessRefund) }
            let total = overflow ? order.amountMinor : min(sum, order.amountMinor)
            full = fact.fullRefund ?? (total >= order.amountMinor)
            refunded = full == true ? order.amountMinor : total
        }
        if full == false { flags.insert(.partialRefund) }
    }

    let applies = fact.kind != .ignored && order != nil && flags.isDisjoint(with: Decision.stopping)
    return Decision(
        deliver: fact.kind == .paid && applies,
        flags: Decision.Flag.allCases.filter(flags.contains),
        orderID: order?.id,
        applies: applies,
        needsReview: !flags.isDisjoint(with: Decision.reviewed) || fact.kind == .disputed,
        fullRefund: full,
        refundedMinor: applies ? refunded : nil)
}

/// Is there such an order, made for this account, and is the transaction its own?
private func ownership(
    _ fact: Fact, _ account: String, _ order: OrderContext?, _ transactionOrder: String?
) -> Set<Decision.Flag> {
    // A payment that will not come concerns nobody when we do not know its order.
    guard let order else { return fact.kind == .failed || fact.remarks.contains(.needsLookup) ? [] : [.unknownOrder] }
    guard order.gateway.utf8.elementsEqual(account.utf8) else { return [.gatewayMismatch] }
    if let transactionOrder, !transactionOrder.utf8.elementsEqual(order.id.utf8) { return [.transactionReused] }
    return []
}

/// Is the payment for this much of this currency, and the first?
private func payment(_ fact: Fact, _ order: OrderContext) -> Set<Decision.Flag> {
    var flags: Set<Decision.Flag> = []
    // Numbers of two currencies are not comparable: 1999 yen is not 19.99 dollars.
    if fact.currency != order.currency {
        flags.insert(.currencyMismatch)
    } else if fact.amountMinor != order.amountMinor {
        flags.insert(.amountMismatch)
    }
    if order.paid {
        flags.insert(.duplicate)
        if let first = order.transaction, let second = fact.gatewayTransactionID, !first.utf8.elementsEqual(second.utf8) {
            flags.insert(.paidTwice)
        }
    } else if order.refundedMinor > 0, order.refundedMinor >= order.amountMinor {
        flags.insert(.refundedBefore)
    }
    return flags
}

extension Decision {
    /// With one of these the fact changes nothing in the order.
    fileprivate static let stopping: Set<Flag> = [
        .duplicate, .amountMismatch, .currencyMismatch, .unknownOrder, .gatewayMismatch, .transactionReused, .paidTwice, .refundedBefore,
    ]
    /// With one of these a person looks at it.
    fileprivate static let reviewed: Set<Flag> = [
        .amountMismatch, .currencyMismatch, .unknownOrder, .gatewayMismatch, .transactionReused, .paidTwice, .refundedBefore,
        .excessRefund, .refundFailed, .inquiry, .reversed, .needsLookup,
    ]
}

extension Decision.Flag {
    fileprivate init(_ remark: Fact.Remark) {
        self =
            switch remark {
            case .refundFailed: .refundFailed
            case .inquiry: .inquiry
            case .reversed: .reversed
            case .needsLookup: .needsLookup
            case .syncReturn: .syncReturn
            }
    }
}
