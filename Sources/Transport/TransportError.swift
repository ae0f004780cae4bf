/// Why a mail address, a message or a transfer was refused, or why it failed on the way.
///
/// Addresses, URL queries, bodies and passwords never enter an error: `message` names a host at most.
package struct TransportError: Error, Sendable, Equatable {
    /// What a caller has to tell apart.
    package enum Code: String, Sendable {
        /// A mail address that is not an RFC 5321 address of the strict form we accept.
        case address
        /// A header, subject or message identifier that would not be one line of the form it must have.
        case message
        /// A URL, scheme, host or setting that is refused before anything is sent.
        case configuration
        /// The peer refused this very message for good (SMTP 5xx): repeating it is pointless.
        case permanent
        /// The peer, or the network, failed for now: repeat later.
        case temporary
        /// The peer did not accept our name and password. The message itself was not judged.
        case authentication
        /// TLS failed: the certificate is not trusted, or the peer offers no encryption.
        case encryption
        /// No answer within the time allowed.
        case timeout
        /// The answer is longer than the caller allowed.
        case tooLarge
        /// The task was cancelled.
        case cancelled
    }

    package let code: Code
    /// One sentence: what is wrong, without any secret in it.
    package let message: String
    /// What to do about it, or nil.
    package let hint: String?
    /// The peer's reply code (SMTP or HTTP), or nil when it sent none.
    package let status: Int?
    /// libcurl's own words for the cause, or nil.
    package let cause: String?

    package init(_ code: Code, _ message: String, hint: String? = nil, status: Int? = nil, cause: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.status = status
        self.cause = cause
    }

    /// Whether sending the same again later can succeed without anybody changing the message.
    package var isTemporary: Bool {
        switch code {
        case .temporary, .timeout, .authentication, .encryption, .cancelled: true
        case .address, .message, .configuration, .permanent, .tooLarge: false
        }
    }
}

extension TransportError: CustomStringConvertible {
    package var description: String {
        var text = message
        if let status { text += " (reply \(status))" }
        if let cause { text += ": \(cause)" }
        if let hint { text += "\n  hint: \(hint)" }
        return text
    }
}
