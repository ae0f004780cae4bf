/// The mail server of a shop, read from the URL in its settings.
struct SMTPEndpoint: Sendable, Equatable {
    /// How the connection is protected.
    enum Security: Sendable, Equatable {
        /// None: a loopback host.
        case none
        /// STARTTLS, verified, or no mail at all.
        case startTLS
        /// TLS from the first byte, verified.
        case implicit
    }

    let host: String
    let url: String
    let user: String?
    let security: Security

    /// Reads `smtp://host:port` or `smtps://user@host:port`. The `user` may be percent-encoded (`%40` for its @).
    ///
    /// Throws `.configuration` for another scheme, a password in the URL, or a path or query after the host.
    /// `encryptsLoopback` demands STARTTLS of a loopback host too.
    init(_ text: String, encryptsLoopback: Bool = false) throws(TransportError) {
        let parsed = try CurlURL(text)
        guard parsed.scheme == "smtp" || parsed.scheme == "smtps" else {
            throw TransportError(.configuration, "“\(parsed.scheme)” is not a scheme for mail", hint: "use smtps://user@host:465")
        }
        guard parsed.path == "/", !parsed.hasQuery else {
            throw TransportError(.configuration, "the mail server's URL has more than a host and a port")
        }
        guard !parsed.hasPassword else {
            throw TransportError(
                .configuration, "the mail server's URL holds a password", hint: "use KEYFRONT_SMTP_PASSWORD or password_file")
        }
        host = parsed.host
        url = "\(parsed.scheme)://\(parsed.host)" + (parsed.port.map { ":\($0)" } ?? "")
        user = parsed.user
        security = parsed.scheme == "smtps" ? .implicit : parsed.isLoopback && !encryptsLoopback ? .none : .startTLS
    }
}
