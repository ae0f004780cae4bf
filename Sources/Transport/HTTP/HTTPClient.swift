/// The way out over HTTP, as a value: real (`live`), or a closure in a test.
package struct HTTPClient: Sendable {
    /// Sends one request and returns the whole answer. Throws `TransportError` when there is none.
    package var send: @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse

    package init(send: @escaping @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse) {
        self.send = send
    }

    /// `send` with the parts spelled out. `timeout` is in seconds, `maximumBody` in bytes.
    package func request(
        method: String, url: String, headers: [HTTPField] = [], body: [UInt8] = [], timeout: Int = 20, maximumBody: Int = 1 << 20
    ) async throws(TransportError) -> HTTPResponse {
        try await send(
            HTTPRequest(method: method, url: url, headers: headers, body: body, timeout: timeout, maximumBody: maximumBody))
    }

    /// A client that reaches nothing: every request fails and says so. The default of a test.
    package static let unreachable = HTTPClient { _ throws(TransportError) in
        throw TransportError(.configuration, "an HTTP request was made where none is expected")
    }

    /// libcurl on `threads` threads of its own (started when first needed), each with one kept-alive connection per host.
    ///
    /// TLS certificates and host names are verified, redirects are answers, environment proxies are ignored,
    /// and `http` reaches loopback hosts only.
    /// - Parameters:
    ///   - threads: how many requests run at once; more of them wait in order.
    ///   - authorities: a PEM file of certificate authorities to trust in place of the system's.
    package static func live(threads: Int = 8, authorities: String? = nil) -> HTTPClient {
        let pool = CurlPool(name: "keyfront-http", threads: threads)
        return HTTPClient { request throws(TransportError) in
            let transfer = try HTTPTransfer(request, authorities: authorities)
            return try await pool.run { handle, cancellation throws(TransportError) in
                try transfer.perform(on: handle, cancellation)
            }
        }
    }
}
