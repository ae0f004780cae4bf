/// What was refused or went wrong in this layer. Never carries a key, an address or a token.
package struct FulfilmentError: Error, Sendable, Hashable {
    /// The kinds a caller may tell apart; the words are stable.
    package enum Code: String, Sendable, CaseIterable {
        case unknownSKU = "unknown_sku"
        case soldOut = "sold_out"
        case invalidQuantity = "invalid_quantity"
        case invalidEmail = "invalid_email"
        case unknownGateway = "unknown_gateway"
        /// Too many unpaid orders of this buyer or this place.
        case tooManyHolds = "too_many_holds"
        case notFound = "not_found"
        /// It does not fit what is in the books.
        case conflict
        /// Something in what was asked for is not well-formed.
        case invalid
        /// Too much to do right now; the same will work later.
        case busy
        /// The database or the keys do not work.
        case unavailable
    }

    package let code: Code
    /// One sentence: what is wrong.
    package let message: String
    /// What to do about it, if there is something to do.
    package let hint: String?
    /// What the layer below said.
    package let cause: String?

    package init(_ code: Code, _ message: String, hint: String? = nil, cause: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause
    }
}

extension FulfilmentError: CustomStringConvertible {
    package var description: String {
        var text = message
        if let cause { text += " (\(cause))" }
        if let hint { text += "\n  hint: \(hint)" }
        return text
    }
}
