/// An old address and where it leads now.
package struct Redirect: Hashable, Sendable {
    /// A path of the site: begins with `/`, ends with `/` unless its last part has a point in it; not percent-encoded.
    package let from: String
    /// A path of the same form (`?` and `#` may follow), or an `http(s)://` address.
    package let to: String

    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

/// An address that a merchant wrote for a page, and where.
package struct Alias: Hashable, Sendable {
    package let path: String
    package let location: SourceLocation
    /// The line; secrets in it are masked.
    package let line: String?

    package init(path: String, location: SourceLocation, line: String?) {
        self.path = path
        self.location = location
        self.line = line
    }
}

/// Paths of the site as merchants write them.
enum SitePath {
    /// `text` as a path that can be a folder or file of the site.
    ///
    /// - Throws: ``CatalogError`` `.url`.
    static func old(_ text: String) throws(CatalogError) -> String {
        let hint = "write a path of this site, e.g. /old/lamp/"
        guard text.utf8.first == UInt8(ascii: "/") else { throw CatalogError(.url, "“\(text)” is not a path", hint: hint) }
        if text.utf8.contains(UInt8(ascii: "?")) || text.utf8.contains(UInt8(ascii: "#")) {
            throw CatalogError(.url, "an old path has no “?” and no “#”", hint: hint)
        }
        let parts = text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let inner = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
        guard !inner.isEmpty, text.utf8.count <= 500,
            inner.allSatisfy({ part in !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8) }),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !"\\\"<>|%*:^`{}".utf8.contains($0) })
        else { throw CatalogError(.url, "“\(Terminal.printable(text))” cannot be a path of this site", hint: hint) }
        return folded(text)
    }

    /// Where a redirect leads.
    ///
    /// - Throws: ``CatalogError`` `.url`.
    static func target(_ text: String) throws(CatalogError) -> String {
        if text.hasPrefix("https://") || text.hasPrefix("http://") {
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }),
                HostPort(String(text.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }), defaultPort: 0) != nil
            else {
                throw CatalogError(.url, "“\(Terminal.printable(text))” is not a web address", hint: "write e.g. https://shop.example/")
            }
            return text
        }
        if text == "/" { return text }
        let end = text.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.endIndex
        guard text[end...].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }) else {
            throw CatalogError(.url, "“\(Terminal.printable(text))” is not a path", hint: "write a path or a web address")
        }
        return try old(String(text[..<end])) + text[end...]
    }

    /// With a slash at its end, unless its last part looks like the name of a file.
    private static func folded(_ path: String) -> String {
        if path.utf8.last == UInt8(ascii: "/") { return path }
        let last = path.utf8.split(separator: UInt8(ascii: "/")).last
        return last?.contains(UInt8(ascii: ".")) == true ? path : path + "/"
    }
}
