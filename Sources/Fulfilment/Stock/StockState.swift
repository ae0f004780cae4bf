/// Where a key is in its life.
package enum StockState: String, Sendable, Hashable, CaseIterable {
    /// May be handed out.
    case free
    /// Reserved for an order that is not paid yet.
    case held
    /// Handed out.
    case sold
    /// One text for many buyers; `uses` says how many have it.
    case shared
    /// Handed out, and the payment is disputed: it may have to be disabled where it is used.
    case disputed
    /// Withdrawn by the merchant, or lost in a dispute; never handed out again.
    case recalled
    /// Its batch has ended (`stock import --expires`) before it was handed out; never handed out any more.
    case lapsed
}
