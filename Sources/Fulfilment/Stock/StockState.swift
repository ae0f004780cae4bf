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
    /// Withdrawn by the merchant, never handed out again.
    case recalled
}
