/// Looks whether the links inside a published site lead somewhere.
package enum LinkCheck {
    /// A link that leads nowhere: on which page, and what it says.
    package struct Broken: Sendable, Equatable, CustomStringConvertible {
        /// The page's file, relative to the out folder.
        package var page: String
        /// The link as written, entities resolved.
        package var link: String
        /// What is missing.
        package var reason: String

        package var description: String { "\(page): “\(link)”: \(reason)" }
    }

    /// Checks every `href` and `src` that begins with `/` or `#` in every page of a published site:
    /// the file must be listed in the manifest, an anchor must be an `id` of the page it leads to.
    ///
    /// - Parameters:
    ///   - out: the published folder.
    ///   - base: the path of the shop's URL: empty, or `/shop`.
    /// - Returns: the broken links, in the order of pages and places.
    /// - Throws: ``SiteError`` `notPublished` without a manifest, `file` when a page cannot be read.
    package static func check(out: String, base: String = "", jobs: Int = 2) throws(SiteError) -> [Broken] {
        let control = "\(out)/.keyfront/manifest"
        guard Files.entry(control) != nil, let manifest = Manifest(bytes: try Files.read(control)) else {
            throw SiteError(.notPublished, "no site is published here", hint: "run keyfront build", path: out)
        }
        let files = Set(manifest.files.map(\.path))
        let pages = manifest.files.map(\.path).filter { $0.hasSuffix(".html") }
        let scans = try parallelMap(pages.count, jobs: jobs) { (index) throws(SiteError) in
            HTMLScan(try Files.read("\(out)/\(pages[index])"))
        }
        let anchors = Dictionary(zip(pages, scans.map(\.anchors)), uniquingKeysWith: { $1 })
        var broken: [Broken] = []
        for (page, scan) in zip(pages, scans) {
            for link in scan.links {
                guard let reason = reason(link, on: page, base: base, files: files, anchors: anchors) else { continue }
                broken.append(Broken(page: page, link: link, reason: reason))
            }
        }
        return broken
    }

    private static func reason(
        _ link: String, on page: String, base: String, files: Set<String>, anchors: [String: Set<String>]
    ) -> String? {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let anchor = parts.count == 2 ? decoded(parts[1]) : ""
        var target = page
        if let path = parts.first, !path.isEmpty {
            let plain = decoded(path.prefix { $0 != "?" })
            guard plain.hasPrefix(base + "/") else { return "outside of the shop's own path" }
            target = SitePath.file(String(plain.dropFirst(base.count + 1)))
            guard files.contains(target) else { return "there is no such file" }
        }
        guard !anchor.isEmpty, let known = anchors[target], !known.contains(anchor) else { return nil }
        return "there is no element with this id"
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
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
}

/// The attributes of a page that links are made of, found without building a tree.
struct HTMLScan: Sendable {
    /// Values of `href` and `src` that begin with one `/` or with `#`.
    var links: [String] = []
    /// Values of `id`.
    var anchors: Set<String> = []

    init(_ html: [UInt8]) {
        var at = 0
        while at < html.count {
            guard html[at] == UInt8(ascii: "<") else {
                at += 1
                continue
            }
            if html[at...].starts(with: "<!--".utf8) {
                at = html[at...].firstRange(of: Array("-->".utf8))?.upperBound ?? html.count
                continue
            }
            at = tag(html, at + 1)
        }
    }

    /// Reads one tag's attributes; the offset behind it.
    private mutating func tag(_ html: [UInt8], _ start: Int) -> Int {
        var at = start
        while at < html.count, html[at] != UInt8(ascii: ">") {
            guard html[at] == UInt8(ascii: "=") else {
                at += 1
                continue
            }
            var nameStart = at
            while nameStart > start, html[nameStart - 1] > 0x20 { nameStart -= 1 }
            let name = html[nameStart..<at]
            at += 1
            guard at < html.count else { return at }
            let quote = html[at]
            let value: ArraySlice<UInt8>
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                let end = html[(at + 1)...].firstIndex(of: quote) ?? html.count
                value = html[(at + 1)..<end]
                at = min(end + 1, html.count)
            } else {
                let end = html[at...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ">") } ?? html.count
                value = html[at..<end]
                at = end
            }
            note(name, value)
        }
        return at + 1
    }

    private mutating func note(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if name.elementsEqual("id".utf8) {
            anchors.insert(Self.text(value))
        } else if name.elementsEqual("href".utf8) || name.elementsEqual("src".utf8) {
            let isLocal = value.first == UInt8(ascii: "/") && value.dropFirst().first != UInt8(ascii: "/")
            if isLocal || value.first == UInt8(ascii: "#") { links.append(Self.text(value)) }
        }
    }

    private static func text(_ value: ArraySlice<UInt8>) -> String {
        var text = String(decoding: value, as: UTF8.self)
        guard value.contains(UInt8(ascii: "&")) else { return text }
        for (entity, character) in [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text
    }
}
