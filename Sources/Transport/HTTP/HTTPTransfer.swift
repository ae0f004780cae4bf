import CCurl

/// A checked request, ready to be performed on a libcurl thread.
struct HTTPTransfer: Sendable {
    private let request: HTTPRequest
    private let host: String
    private let authorities: String?

    /// Checks everything a caller may get wrong before a byte is sent.
    init(_ request: HTTPRequest, authorities: String?) throws(TransportError) {
        guard HTTPGrammar.isToken(request.method) else {
            throw TransportError(.configuration, "“\(request.method)” is not an HTTP method")
        }
        for field in request.headers {
            guard HTTPGrammar.isToken(field.name), HTTPGrammar.isFieldValue(field.value) else {
                throw TransportError(.message, "the header “\(HTTPGrammar.printable(field.name))” is not one line of header text")
            }
        }
        let url = try CurlURL(request.url)
        switch url.scheme {
        case "https": break
        case "http":
            guard url.isLoopback else {
                throw TransportError(
                    .configuration, "http:// to \(url.host) is refused", hint: "use https://; http:// is for loopback only")
            }
        default: throw TransportError(.configuration, "“\(url.scheme)” is not a scheme for HTTP", hint: "use https://")
        }
        guard !url.hasUser else {
            throw TransportError(.configuration, "a URL with a name or password in it is refused", hint: "send an Authorization header")
        }
        self.request = request
        host = url.host
        self.authorities = authorities
    }

    /// Performs the exchange; blocks the thread it is on.
    func perform(on handle: CurlHandle, _ cancellation: Cancellation) throws(TransportError) -> HTTPResponse {
        handle.reset()
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_URL, request.url)
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_TIMEOUT, request.timeout)
        handle.set(CURLOPT_CONNECTTIMEOUT, min(request.timeout, 10))
        handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        if let authorities { handle.set(CURLOPT_CAINFO, authorities) }

        let state = CurlTransferState(upload: [], maximumBody: request.maximumBody, cancellation: cancellation)
        if request.method == "HEAD" { handle.set(CURLOPT_NOBODY, 1) }
        if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            handle.set(CURLOPT_POST, 1)
            handle.setBody(request.body)
        }
        if request.method != "HEAD" { handle.set(CURLOPT_CUSTOMREQUEST, request.method) }
        // No `Expect: 100-continue`: bodies are small, and waiting for it costs a round trip.
        var lines = ["Expect:"]
        if !request.headers.contains(where: { asciiLowercased($0.name) == asciiLowercased("Content-Type") }) {
            lines.append("Content-Type:")
        }
        // libcurl drops "Name:" with nothing after it; "Name;" is its form for an empty value.
        lines += request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        handle.setList(CURLOPT_HTTPHEADER, lines)

        let result = handle.perform(state)
        guard result == CURLE_OK else { throw CurlFailure(result, handle, state, host: host).error }
        return HTTPResponse(status: handle.responseCode, headers: state.headers, body: state.received)
    }
}
