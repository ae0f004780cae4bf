/// `promoters:` what a promoter earns and when.
package struct PromoterTerms: Hashable, Sendable {
    /// How long a buyer stays with the promoter who brought them.
    package enum Binding: Hashable, Sendable {
        /// Made at the first paid order, for ever.
        case permanent
        /// The first link followed counts for the one order.
        case first
        /// The last link followed counts for the one order.
        case last
        /// Made at a paid order, ends after so many days.
        case window(days: Int)
    }

    /// Which pages every promoter gets on the static site.
    package enum Pages: String, Sendable, CaseIterable {
        case none, landing, full
    }

    /// Level 1 (direct) first; 0…3 of them, together at most 100 %.
    package let levels: [ExactRate]
    /// T+N: days before a commission can be paid out.
    package let holdDays: Int
    package let minimumPayout: Money
    package let binding: Binding
    package let pages: Pages
}
