import Catalog

/// Rewrites the links and pictures inside a Markdown text to where their targets are published.
struct BodyLinks: Sendable {
    let links: Links
    let media: Media
    let language: Int
    let catalogue: Catalogue
    /// The words of the theme in this language.
    let texts: [String: String]

    /// The text's HTML with every place that names something of the shop resolved.
    ///
    /// `terms.md` and `/pages/terms/` lead to the page in the reader's language; files lead to their
    /// published names. Pictures are offered in the sizes there are, with width and height, and are loaded when they come near.
    func html(_ prose: Prose) -> [UInt8] {
        guard !prose.references.isEmpty || !prose.inserts.isEmpty else { return prose.html }
        var out: [UInt8] = []
        out.reserveCapacity(prose.html.count + prose.references.count * 64)
        var done = 0
        var inserts = prose.inserts[...]
        func fill(upTo end: Int) {
            while let insert = inserts.first, insert.offset <= end {
                out += prose.html[done..<insert.offset]
                done = insert.offset
                out.append(escaped: text(insert.kind))
                inserts.removeFirst()
            }
        }
        for reference in prose.references {
            fill(upTo: reference.range.lowerBound)
            if reference.kind == .image, let picture = media.picture(reference.path),
                let end = prose.html[reference.range.upperBound...].firstIndex(of: UInt8(ascii: ">"))
            {
                out += prose.html[done..<reference.range.lowerBound - Self.opening.count]
                write(picture, rest: prose.html[(reference.range.upperBound + 1)...end], to: &out)
                done = end + 1
            } else if let target = target(reference) {
                out += prose.html[done..<reference.range.lowerBound]
                out.append(escaped: target)
                done = reference.range.upperBound
            }
        }
        fill(upTo: prose.html.count)
        return out + prose.html[done...]
    }

    /// What stands in a place that the text left open.
    private func text(_ kind: Prose.Insert.Kind) -> String {
        switch kind {
        case .price(let sku): catalogue.variant(sku: sku)?.variant.price.display(catalogue.shop.languages[language]) ?? ""
        case .word(let key): texts[key] ?? ""
        }
    }

    /// What the Markdown renderer writes before a picture's address; behind it come `"`, the other attributes and `>`.
    private static let opening = Array("<img src=\"".utf8)

    /// - Parameter rest: the tag's other attributes with its end.
    private func write(_ picture: Picture, rest: ArraySlice<UInt8>, to out: inout [UInt8]) {
        if !picture.sources.isEmpty { out.append("<picture>") }
        for source in picture.sources {
            out.append("<source type=\"\(source.type)\" sizes=\"(min-width: 46rem) 44rem, 100vw\" srcset=\"")
            out.append(escaped: source.set)
            out.append("\">")
        }
        out += Self.opening
        out.append(escaped: picture.url)
        out.append("\"")
        if let width = picture.width, let height = picture.height { out.append(" width=\"\(width)\" height=\"\(height)\"") }
        out.append(" loading=\"lazy\" decoding=\"async\"")
        out += rest
        if !picture.sources.isEmpty { out.append("</picture>") }
    }

    private func target(_ reference: Prose.Reference) -> String? {
        if reference.kind == .buy {
            return catalogue.variant(sku: reference.path).map { links.href(Links.product($0.product.slug), language: language) }
        }
        if let url = media.url(reference.path) { return url + reference.suffix }
        if let target = Self.markdownTarget(reference.path) { return links.href(target, language: language) + reference.suffix }
        guard reference.kind == .link, reference.path.hasPrefix("/") else { return nil }
        return links.href(String(reference.path.dropFirst()), language: language) + reference.suffix
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
