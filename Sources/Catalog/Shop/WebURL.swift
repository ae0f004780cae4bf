/// Addresses in `shop.yaml`.
enum WebURL {
    /// An `http` or `https` address without user, query or fragment.
    ///
    /// - Returns: `text` without slashes at its end.
    /// - Throws: ``CatalogError`` `.url`.
    static func base(_ text: String) throws(CatalogError) -> String {
        let hint = "write e.g. https://shop.example"
        let scheme = text.hasPrefix("https://") ? "https://" : text.hasPrefix("http://") ? "http://" : ""
        guard !scheme.isEmpty else { throw CatalogError(.url, "“\(text)” is not a web address", hint: hint) }
        let rest = text.dropFirst(scheme.count)
        if rest.contains("?") || rest.contains("#") { throw CatalogError(.url, "the address must have no “?” and no “#”", hint: hint) }
        if rest.contains("@") { throw CatalogError(.url, "the address must name no user", hint: hint) }
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        guard HostPort(String(authority), defaultPort: 0) != nil,
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) })
        else { throw CatalogError(.url, "“\(text)” is not a web address", hint: hint) }
        var trimmed = text
        while trimmed.hasSuffix("/") { trimmed.removeLast() }
        return trimmed
    }

    /// Whether the address is plain `http` to another machine.
    static func isUnprotected(_ url: String) -> Bool {
        guard url.hasPrefix("http://"), let place = HostPort(String(url.dropFirst(7).prefix { $0 != "/" }), defaultPort: 0) else {
            return false
        }
        return !(place.host == "localhost" || place.host == "::1" || place.host.hasPrefix("127."))
    }

    /// `smtp://host:port` or `smtps://user@host:port`.
    ///
    /// - Throws: ``CatalogError`` `.url`; the message never holds the text.
    static func smtp(_ text: String) throws(CatalogError) -> String {
        let hint = "write e.g. smtps://user@mail.example:465"
        let scheme = text.hasPrefix("smtps://") ? "smtps://" : text.hasPrefix("smtp://") ? "smtp://" : ""
        guard !scheme.isEmpty else { throw CatalogError(.url, "this is not an address of a mail server", hint: hint) }
        let rest = text.dropFirst(scheme.count)
        let at = rest.lastIndex(of: "@")
        let user = at.map { rest[..<$0] }
        let place = at.map { rest[rest.index(after: $0)...] } ?? rest
        let userIsPlain =
            user.map { !$0.isEmpty && $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !":/?#\"<>\\".utf8.contains($0) } } ?? true
        guard userIsPlain, HostPort(String(place), defaultPort: 0) != nil else {
            throw CatalogError(.url, "this is not an address of a mail server", hint: hint)
        }
        return text
    }

    /// Whether a URL carries a password: `scheme://user:password@…`.
    static func password(in text: String) -> String? {
        guard let start = text.range(of: "://")?.upperBound else { return nil }
        let authority = text[start...].prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else { return nil }
        let password = authority[authority.index(after: colon)..<at]
        return password.isEmpty ? nil : String(password)
    }
}

extension String {
    /// The first place of `other`, by characters.
    fileprivate func range(of other: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }
}
