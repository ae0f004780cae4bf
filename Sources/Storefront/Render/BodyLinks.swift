import Catalog

/// Rewrites the links and pictures inside a Markdown text to where their targets are published.
struct BodyLinks: Sendable {
    let links: Links
    let media: Media
    let language: Int

    /// The text's HTML with every place that names something of the shop resolved.
    ///
    /// `terms.md` and `/pages/terms/` lead to the page in the reader's language; files lead to their
    /// published names.
    func html(_ prose: Prose) -> [UInt8] {
        prose.resolved { reference in
            if let url = media.url(reference.path) { return url + reference.suffix }
            if let target = Self.markdownTarget(reference.path) { return links.href(target, language: language) + reference.suffix }
            guard reference.kind == .link, reference.path.hasPrefix("/") else { return nil }
            return links.href(String(reference.path.dropFirst()), language: language) + reference.suffix
        }
    }

    /// What a Markdown file of the shop becomes: `content/pages/terms.zh.md` → `pages/terms/`.
    static func markdownTarget(_ path: String) -> String? {
        let names = path.split(separator: "/").map(String.init)
        guard names.count >= 3, names[0] == "content", let file = names.last, file.hasSuffix(".md") else { return nil }
        let folder = ["products", "pages", "categories", "tags"].first { $0 == names[1] }
        guard let folder else { return nil }
        let stem = file.dropLast(3).prefix { $0 != "." }
        return "\(folder)/\(stem == "index" && names.count > 3 ? names[2] : String(stem))/"
    }
}
