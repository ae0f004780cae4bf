/// One HTTP request, whole: nothing in it is streamed.
package struct HTTPRequest: Sendable {
    package var method: String
    /// Absolute; `https`, or `http` to a loopback host.
    package var url: String
    /// In the order in which they are sent. `Host` and `Content-Length` are libcurl's.
    package var headers: [HTTPField]
    package var body: [UInt8]
    /// Seconds for the whole exchange, from name look-up to the last byte.
    package var timeout: Int
    /// Bytes of body accepted; a longer answer is an error, never a cut one.
    package var maximumBody: Int

    package init(
        method: String, url: String, headers: [HTTPField] = [], body: [UInt8] = [], timeout: Int = 20, maximumBody: Int = 1 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumBody = maximumBody
    }
}

/// One header line.
package struct HTTPField: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A whole answer, whatever its status: a 4xx or 5xx is an answer, not an error.
package struct HTTPResponse: Sendable, Equatable {
    package let status: Int
    /// As received, in order.
    package let headers: [HTTPField]
    package let body: [UInt8]

    package init(status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name; names compare without case, as ASCII bytes.
    package func header(_ name: String) -> String? {
        let wanted = asciiLowercased(name)
        return headers.first { asciiLowercased($0.name) == wanted }?.value
    }
}

/// Lower-case bytes of an ASCII name. Bytes above 127 stay as they are, so no two names merge by Unicode rules.
func asciiLowercased(_ text: String) -> [UInt8] {
    text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
}
