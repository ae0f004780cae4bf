/// A request that has arrived whole: nothing decoded, nothing trusted.
struct Inbound: Sendable {
    /// Upper case, as sent.
    var method: String
    /// Still percent-encoded, without the query.
    var path: String
    /// Without `?`; nil when there was none.
    var query: String?
    /// In the order they came, repeats kept.
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// Who asks: the peer, or the client that a listed proxy names. For limits alone.
    var client: NetworkAddress?
    /// Whether a peer that is no listed proxy says that it asks for somebody else: who that is cannot be known.
    var isRelayedByStranger = false

    init(
        method: String, path: String, query: String? = nil, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        client: NetworkAddress? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.client = client
    }

    /// The values of a header; its name compares without ASCII case.
    func values(of header: String) -> [String] {
        let wanted = asciiLowercased(header)
        return headers.filter { asciiLowercased($0.name) == wanted }.map(\.value)
    }

    /// The path without its first `/`, at every further `/`.
    var segments: [String] {
        path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
    }

    /// The media type of the body, lower case, without parameters; nil when it is missing or said twice.
    var mediaType: String? {
        let values = values(of: "Content-Type")
        guard values.count == 1, let type = values[0].split(separator: ";", omittingEmptySubsequences: false).first else { return nil }
        return String(decoding: asciiLowercased(String(type)).filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
    }

    /// Whether JSON is wanted rather than a page: it is named in `Accept`, and HTML is not named before it.
    ///
    /// Weights (`q=`) are not weighed: who sends them is a browser, and browsers name `text/html` first.
    var wantsJSON: Bool {
        for value in values(of: "Accept") {
            for item in value.split(separator: ",") {
                let type = item.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
                if type == "text/html" || type == "application/xhtml+xml" { return false }
                if type == "application/json" || type == "application/problem+json" { return true }
            }
        }
        return mediaType == "application/json"
    }
}

/// Lower-case bytes of an ASCII name. Other bytes stay, so no two names merge by Unicode's rules.
func asciiLowercased(_ text: String) -> [UInt8] {
    text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
}
