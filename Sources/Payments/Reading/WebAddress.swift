/// An `https://` address, or an `http://` one on this machine, split just far enough to name its origin.
package struct WebAddress: Sendable, Equatable {
    /// The whole text.
    package let text: String
    /// `scheme://host[:port]`, lower case.
    package let origin: String
    /// Without brackets, lower case.
    package let host: String
    package let isSecure: Bool

    /// nil for another scheme, a user name or password in it, a blank or control character, an empty or strange
    /// host, or plain `http` to anywhere but this machine.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
        let secure = bytes.starts(with: "https://".utf8)
        guard secure || bytes.starts(with: "http://".utf8) else { return nil }
        let rest = bytes.dropFirst(secure ? 8 : 7)
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? rest.endIndex
        let authority = String(decoding: rest[..<end], as: UTF8.self).lowercased()
        guard let host = Self.host(authority), secure || Self.isLoopback(host) else { return nil }
        self.text = text
        self.host = host
        origin = (secure ? "https://" : "http://") + authority
        isSecure = secure
    }

    /// Whether it leads to this machine alone.
    package var isLoopback: Bool { Self.isLoopback(host) }

    /// Whether a host, without brackets and in lower case, is this machine.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The host of `host`, `host:port` or `[v6]:port`; nil when it has another form.
    private static func host(_ authority: String) -> String? {
        var name = authority
        var port: Substring?
        if authority.utf8.first == UInt8(ascii: "["), let close = authority.lastIndex(of: "]") {
            name = String(authority[authority.index(after: authority.startIndex)..<close])
            let tail = authority[authority.index(after: close)...]
            guard tail.isEmpty || tail.first == ":" else { return nil }
            port = tail.isEmpty ? nil : tail.dropFirst()
            guard !name.isEmpty, name.utf8.allSatisfy({ Field.isWord($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { return nil }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                name = String(authority[..<colon])
                port = authority[authority.index(after: colon)...]
            }
            guard !name.isEmpty, name.utf8.allSatisfy({ Field.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
            else { return nil }
        }
        if let port {
            guard (1...5).contains(port.utf8.count), let number = Field.seconds(port), (1...65_535).contains(number) else { return nil }
        }
        return name
    }
}
