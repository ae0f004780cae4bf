import CCurl

/// Turns a libcurl result into our error. The URL and the addresses stay out of it: libcurl's fixed texts, not its error buffer.
struct CurlFailure {
    let error: TransportError

    init(_ result: CURLcode, _ handle: CurlHandle, _ state: CurlTransferState, host: String) {
        let code = handle.responseCode
        let status = code == 0 ? nil : code
        let cause = String(cString: curl_easy_strerror(result))
        func failure(_ kind: TransportError.Code, _ message: String, hint: String? = nil) -> TransportError {
            TransportError(kind, message, hint: hint, status: status, cause: cause)
        }
        if state.isCancelled {
            error = TransportError(.cancelled, "the transfer to \(host) was cancelled")
        } else if state.isTooLarge {
            error = TransportError(.tooLarge, "the answer of \(host) is longer than allowed", status: status)
        } else {
            switch result {
            case CURLE_OPERATION_TIMEDOUT: error = failure(.timeout, "\(host) did not answer in time")
            case CURLE_LOGIN_DENIED:
                error = failure(
                    .authentication, "\(host) refused our name and password", hint: "check the user in the URL and the password")
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
                error = failure(.encryption, "the certificate of \(host) is not trusted", hint: "use the name that is in its certificate")
            case CURLE_USE_SSL_FAILED:
                error = failure(.encryption, "\(host) offers no STARTTLS", hint: "use smtps://, or a mail server that offers STARTTLS")
            case CURLE_SSL_CONNECT_ERROR: error = failure(.encryption, "no TLS connection to \(host)")
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: error = failure(.configuration, "libcurl refused the URL")
            default: error = failure(.temporary, "the transfer to \(host) failed")
            }
        }
    }
}
