import CCurl

/// Sends mail to one server over kept-alive connections, on libcurl threads of its own.
package struct SMTPClient: Sendable {
    private let endpoint: SMTPEndpoint
    private let password: String?
    private let authorities: String?
    private let helloName: String
    private let timeout: Int
    private let pool: CurlPool

    /// - Parameters:
    ///   - url: `smtps://user@host:465`; `smtp://host` demands STARTTLS unless the host is loopback.
    ///   - password: for the user in the URL.
    ///   - connections: how many mails are sent at once, each over a connection that is used again.
    ///   - authorities: a PEM file of certificate authorities to trust in place of the system's.
    ///   - helloName: the host name to say in EHLO.
    ///   - timeout: seconds for one mail.
    ///   - encryptsLoopback: demands STARTTLS of a loopback host too.
    /// Throws `.configuration` for a URL that is refused, or a user without a password.
    package init(
        url: String, password: String? = nil, connections: Int = 4, authorities: String? = nil, helloName: String = "localhost",
        timeout: Int = 60, encryptsLoopback: Bool = false
    ) throws(TransportError) {
        endpoint = try SMTPEndpoint(url, encryptsLoopback: encryptsLoopback)
        guard endpoint.user == nil || password?.isEmpty == false else {
            throw TransportError(
                .configuration, "the mail server wants a password and there is none", hint: "set KEYFRONT_SMTP_PASSWORD or password_file")
        }
        guard helloName == "localhost" || MailAddress.isHostName(Array(helloName.utf8)[...]) else {
            throw TransportError(.configuration, "the name for EHLO is not a host name")
        }
        self.password = password
        self.authorities = authorities
        self.helloName = helloName
        self.timeout = timeout
        pool = CurlPool(name: "keyfront-smtp", threads: connections)
    }

    /// Sends one message; returns when the server has taken responsibility for it (its 250 after the data).
    ///
    /// Throws `.permanent` when the server refused this sender, recipient or message with a 5xx. Everything else that can fail (4xx,
    /// network, TLS, login) is worth a repeat: see `TransportError.isTemporary`. When the last reply is lost, the mail may have been
    /// taken; a repeat has the same Message-ID.
    package func send(_ message: [UInt8], from: MailAddress, to: MailAddress) async throws(TransportError) {
        try await pool.run { handle, cancellation throws(TransportError) in
            try transfer(message, from, to, on: handle, cancellation)
        }
    }

    /// Opens a session as for a mail (greeting, EHLO, encryption, login) and says NOOP: nothing is sent to anybody.
    /// Throws as `send`, never `.permanent` for a mail.
    package func check() async throws(TransportError) {
        try await pool.run { handle, cancellation throws(TransportError) in
            prepare(handle)
            handle.set(CURLOPT_CUSTOMREQUEST, "NOOP")
            let state = CurlTransferState(upload: [], maximumBody: 64 * 1024, cancellation: cancellation)
            let result = handle.perform(state)
            guard result == CURLE_OK else { throw CurlFailure(result, handle, state, host: endpoint.host).error }
        }
    }

    /// What every session with the server needs.
    private func prepare(_ handle: CurlHandle) {
        handle.reset()
        handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        handle.set(CURLOPT_URL, "\(endpoint.url)/\(helloName)")
        handle.set(CURLOPT_TIMEOUT, timeout)
        handle.set(CURLOPT_CONNECTTIMEOUT, min(timeout, 15))
        if endpoint.security == .startTLS { handle.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if let authorities { handle.set(CURLOPT_CAINFO, authorities) }
        if let user = endpoint.user, let password {
            handle.set(CURLOPT_USERNAME, user)
            handle.set(CURLOPT_PASSWORD, password)
        }
    }

    private func transfer(
        _ message: [UInt8], _ from: MailAddress, _ to: MailAddress, on handle: CurlHandle, _ cancellation: Cancellation
    ) throws(TransportError) {
        prepare(handle)
        handle.set(CURLOPT_UPLOAD, 1)
        handle.set(CURLOPT_MAIL_FROM, "<\(from.text)>")
        handle.setList(CURLOPT_MAIL_RCPT, ["<\(to.text)>"])

        var state = CurlTransferState(upload: message, maximumBody: 64 * 1024, cancellation: cancellation)
        var result = handle.perform(state)
        // A server may close an idle connection at the moment we use it again: before any data, once more over a fresh one.
        if result != CURLE_OK, handle.reusedConnection, handle.responseCode < 400, !state.uploadStarted, !state.isCancelled,
            result != CURLE_OPERATION_TIMEDOUT
        {
            handle.set(CURLOPT_FRESH_CONNECT, 1)
            state = CurlTransferState(upload: message, maximumBody: 64 * 1024, cancellation: cancellation)
            result = handle.perform(state)
        }
        guard result == CURLE_OK else { throw failure(result, handle, state) }
    }

    /// A 5xx is about this mail only after the session is open: in reply to MAIL, RCPT or DATA, or to the data.
    private func failure(_ result: CURLcode, _ handle: CurlHandle, _ state: CurlTransferState) -> TransportError {
        let status = handle.responseCode
        let isAboutMail = result == CURLE_SEND_ERROR || state.uploadStarted
        // 530 and 534 ask for a login or encryption, 521 and 421 close the service: settings, not this mail.
        if (500...599).contains(status), isAboutMail, ![521, 530, 534, 535, 538].contains(status), !state.isCancelled {
            return TransportError(.permanent, "\(endpoint.host) refused the mail for good", status: status)
        }
        return CurlFailure(result, handle, state, host: endpoint.host).error
    }
}
