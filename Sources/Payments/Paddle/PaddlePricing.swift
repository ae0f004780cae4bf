/// What a price of ours means at Paddle, which sells in its own name and owes the tax.
package enum PaddlePricing: Sendable {
    /// Tax comes on top of the price: the buyer pays more than the shop says where there is one.
    case taxOnTop
    /// The price has the tax in it: the buyer pays what the shop says.
    case taxIncluded

    /// Paddle's `tax_mode`.
    var taxMode: String { self == .taxOnTop ? "external" : "internal" }

    /// What was paid of our price: never the grand total, which may have tax on it. Totals are text of whole minor units.
    /// Throws when a total is missing or is no amount.
    func price(_ totals: JSON?) throws(Refusal) -> Int64 {
        let names = self == .taxOnTop ? ["subtotal", "discount"] : ["total"]
        guard let totals, !names.contains(where: { totals.isMissing($0) && $0 != "discount" }) else {
            throw Refusal(.format, "missing_field")
        }
        guard let sum = Field.minorUnits(totals[names[0]]) else { throw Refusal(.format, "invalid_amount") }
        guard names.count == 2, !totals.isMissing("discount") else { return sum }
        guard let text = totals["discount"]?.text, let discount = Field.seconds(text), discount < sum else {
            throw Refusal(.format, "invalid_amount")
        }
        return sum - discount
    }
}
