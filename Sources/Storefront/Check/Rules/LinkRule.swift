/// Whether links, pictures and other references inside a site lead somewhere, and to an element that is there.
struct LinkRule: Sendable {
    /// The path of the shop's URL: empty, or `/shop`.
    let base: String
    /// Scheme and host of the shop's URL.
    let origin: String
    /// Every file of the site.
    let files: Set<String>
    /// The ids of each page.
    let anchors: [String: Set<String>]

    /// Why a link leads nowhere; nil when it does, or leads elsewhere.
    ///
    /// - Parameter page: the page it is on, as a path below the site.
    func reason(_ link: String, on page: String) -> String? {
        guard let target = target(link, on: page) else { return isInside(link) ? "it is outside of the shop's own path" : nil }
        guard files.contains(target.file) else { return "there is no such file in the site" }
        guard !target.anchor.isEmpty, let known = anchors[target.file], !known.contains(target.anchor) else { return nil }
        return "there is no element with this id"
    }

    /// The file a link leads to, and the id in it; nil when it leads out of the site.
    func target(_ link: String, on page: String) -> (file: String, anchor: String)? {
        var link = Substring(link)
        // An absolute address of the shop itself, as `canonical` and `hreflang` have it.
        if link.hasPrefix(origin), link.dropFirst(origin.count).first.map({ $0 == "/" }) ?? true { link = link.dropFirst(origin.count) }
        if link.hasPrefix("//") || Self.hasScheme(link) { return nil }
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let anchor = parts.count == 2 ? Self.decoded(parts[1]) : ""
        let path = Self.decoded(parts.first.map { $0.prefix { $0 != "?" } } ?? "")
        if path.isEmpty { return (page, anchor) }
        if path.hasPrefix("/") {
            guard path.hasPrefix(base + "/") else { return nil }
            return (SitePath.file(String(path.dropFirst(base.count + 1))), anchor)
        }
        var names = page.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/", omittingEmptySubsequences: false) where part != "." {
            if part == ".." { _ = names.popLast() } else { names.append(String(part)) }
        }
        return (SitePath.file(names.joined(separator: "/")), anchor)
    }

    private func isInside(_ link: String) -> Bool { link.hasPrefix("/") && !link.hasPrefix("//") }

    /// Whether a link begins with a scheme (RFC 3986, 3.1): `mailto:`, `https:`.
    private static func hasScheme(_ link: Substring) -> Bool {
        let scheme = link.utf8.prefix {
            $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        return scheme.count < link.utf8.count && !scheme.isEmpty && link.utf8[scheme.endIndex] == UInt8(ascii: ":")
    }

    /// Percent-encoding undone (RFC 3986, 2.1).
    private static func decoded(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let pair = rest.prefix(2)
            if byte == UInt8(ascii: "%"), pair.count == 2, let value = UInt8(String(decoding: Array(pair), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What is wrong with the links of one page.
    func findings(_ page: CheckedPage, _ origin: PageOrigin) -> [CheckFinding] {
        page.facts.links.compactMap { link in
            // Forms are sent to the daemon; a page names no other place of the site in them.
            guard !link.source.hasSuffix(" action"), let reason = reason(link.target, on: page.path) else { return nil }
            let isPicture = link.source.hasPrefix("img") || link.source.hasPrefix("source") || link.source.hasSuffix("srcset")
            return origin.finding(
                isPicture ? "image.missing" : "link.missing", "“\(link.target)” (\(link.source)) leads nowhere: \(reason)", link.place,
                on: page.path, searching: written(link.target))
        }
    }

    /// How a merchant may have written a link in Markdown: as it is, without the shop's path, without the language, its anchor alone.
    private func written(_ link: String) -> [String] {
        var found = [link]
        if link.hasPrefix(base + "/") { found.append(String(link.dropFirst(base.count))) }
        if let slash = found.last?.dropFirst().firstIndex(of: "/"), let last = found.last { found.append(String(last[slash...])) }
        if let hash = link.firstIndex(of: "#") { found.append(String(link[hash...])) }
        if let name = link.split(whereSeparator: { $0 == "/" || $0 == "#" }).last { found.append(String(name)) }
        return found
    }
}
