/// What went wrong between us and a gateway. Never carries a secret, a signature, a body or a buyer's data.
package struct PaymentError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A secret or an id is missing, blank, a placeholder or of the wrong form: the route must not exist.
        case notConfigured = "gateway_not_configured"
        /// No answer, or one that says "later". Asking again may help.
        case unreachable = "gateway_unreachable"
        /// The gateway understood and said no. Asking again will not help.
        case refused = "gateway_refused"
        /// An answer that is not what the gateway's documents say.
        case malformedAnswer = "gateway_answer_malformed"
        /// This kind of gateway has no such call.
        case unsupported = "gateway_unsupported"
        /// A recorded case that cannot be read.
        case malformedCase = "case_malformed"
    }

    package let code: Code
    package let message: String
    /// What to do about it.
    package let hint: String?
    /// The account, setting or case that it is about.
    package let location: String?
    /// What a lower layer said, already free of secrets.
    package let cause: String?

    package init(_ code: Code, _ message: String, hint: String? = nil, location: String? = nil, cause: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.location = location
        self.cause = cause
    }

    package var description: String {
        var text = location.map { "\($0): \(message)" } ?? message
        if let cause { text += " (\(cause))" }
        if let hint { text += "\n  hint: \(hint)" }
        return text
    }
}
