/// What went wrong in this layer. Never carries a key, a plain text or a signature.
package struct CryptographyError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// OpenSSL could not do what it always can: out of memory, or no randomness.
        case unavailable
        /// A key has the wrong length, form or type.
        case invalidKey = "invalid_key"
        /// A sealed text was changed, or belongs to another key or place.
        case notAuthentic = "not_authentic"
        /// A text is not in the form that it should have.
        case malformed
        /// A key file is missing, unreadable, or readable by others.
        case keyFile = "key_file"
    }

    package let code: Code
    package let message: String
    /// What to do about it.
    package let hint: String?
    /// The file in question, if it was about one.
    package let location: String?
    /// What the operating system said.
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
