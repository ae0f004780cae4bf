import CCurl

/// A URL as libcurl itself reads it, so that what is checked is what is connected to.
struct CurlURL {
    let scheme: String
    /// Lower-case; an IPv6 address keeps its brackets.
    let host: String
    let port: Int?
    /// Percent-decoded, or nil.
    let user: String?
    let hasUser: Bool
    let hasPassword: Bool
    let path: String
    let hasQuery: Bool

    /// Throws `.configuration` on text that libcurl refuses, or that holds anything but visible ASCII.
    init(_ text: String) throws(TransportError) {
        let refusal = TransportError(.configuration, "the URL is not well-formed")
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let url = curl_url() else { throw refusal }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK else { throw refusal }
        func part(_ which: CURLUPart, _ flags: Int32 = 0) -> String? {
            var pointer: UnsafeMutablePointer<CChar>?
            guard curl_url_get(url, which, &pointer, UInt32(flags)) == CURLUE_OK, let pointer else { return nil }
            defer { curl_free(pointer) }
            return String(validatingCString: pointer)
        }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST), !host.isEmpty else { throw refusal }
        self.scheme = scheme.lowercased()
        self.host = host.lowercased()
        port = part(CURLUPART_PORT).flatMap { Int($0) }
        user = part(CURLUPART_USER, CURLU_URLDECODE)
        hasUser = part(CURLUPART_USER) != nil || part(CURLUPART_PASSWORD) != nil
        hasPassword = part(CURLUPART_PASSWORD) != nil
        path = part(CURLUPART_PATH) ?? "/"
        hasQuery = part(CURLUPART_QUERY) != nil || part(CURLUPART_FRAGMENT) != nil
    }

    /// `localhost` (which libcurl never asks a name server for), 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
    }
}
