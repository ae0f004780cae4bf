package import Catalog

/// The address of a partner's pay page with places for the order: `{order}`, `{amount}` (decimal text, `19.99`) and
/// `{currency}`. What the buyer makes of the address does not matter: the notice's amount is compared with the order's.
package struct CheckoutTemplate: Sendable {
    private let text: String
    package let origin: String

    /// nil unless it is an `https` address (or `http` on this machine) with `{order}` after the host, and no other
    /// name in braces.
    package init?(_ text: String) {
        var bare = text
        for name in ["{order}", "{amount}", "{currency}"] { bare = bare.replacing(name, with: "x") }
        guard let address = WebAddress(bare), text.utf8.starts(with: address.origin.utf8) || text.lowercased().hasPrefix(address.origin),
            !bare.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }), text.contains("{order}")
        else { return nil }
        self.text = text
        origin = address.origin
    }

    package func address(order: String, amount: Money) -> String {
        var address = text
        for (name, value) in [("{order}", order), ("{amount}", amount.decimalText), ("{currency}", amount.currency.code)] {
            address = address.replacing(name, with: FormText.escapePart(value))
        }
        return address
    }
}
