import Catalog
import Cryptography
import Templates

/// Draws the pictures that link previews show: the theme's `share/card.svg`, filled and turned into PNG by the picture tool.
///
/// Inputs: the theme's drawing, the texts on it, the product's first picture, and the tool with the machine's fonts. Kept in the
/// picture cache by the drawing, so one card is drawn once.
struct Cards: Sendable {
    /// Open Graph previews are cut to about 1.91 : 1; this is the size the large networks ask for.
    static let width = 1200
    static let height = 630
    /// The theme's drawing; without it there are no cards.
    static let template = "share/card.svg"

    let cache: PictureCache
    let shopFolder: String

    /// Nil where cards can not be drawn: no tool, no drawing in the theme, or a tool that reads no SVG.
    init?(_ theme: Theme, shopFolder: String, tool: PictureTool) {
        guard tool.path != nil, theme.templates("").names.contains(Self.template) else { return nil }
        cache = PictureCache(shopFolder: shopFolder, tool: tool)
        self.shopFolder = shopFolder
        let probe = Array("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"><path d=\"M0 0h1v1\"/></svg>".utf8)
        guard (try? cache.converted(probe, "svg", size: "2x1", options: "", ending: "png")) != nil else { return nil }
    }

    /// What the shop looks like in a link preview.
    func shop(_ edition: Edition) throws(SiteError) -> [UInt8] {
        try draw(edition, title: edition.text("site_title"), kind: "", price: "", image: nil)
    }

    /// What a product looks like in a link preview.
    func product(_ product: Product, _ edition: Edition) throws(SiteError) -> [UInt8] {
        let lowest = product.variants.min { $0.price.minor < $1.price.minor } ?? product.variants[0]
        let kind = product.category.flatMap { edition.plan.categoryPlaces[$0] }.map { edition.topics.categoryTitles[$0] } ?? ""
        return try draw(
            edition, title: product.text(edition.tag).title, kind: kind, price: lowest.price.display(edition.tag),
            image: try product.images.first.map { (image) throws(SiteError) in try inlined("\(shopFolder)/\(image.path)") })
    }

    private func draw(_ edition: Edition, title: String, kind: String, price: String, image: String?) throws(SiteError) -> [UInt8] {
        let svg: [UInt8]
        do throws(TemplateError) {
            svg = try edition.templates.render(
                Self.template,
                .record([
                    Name.lang: .text(edition.tag), Name.shop: edition.shop,
                    Name.card: .record([
                        Name.lines: .list(TextLines.wrapped(title, ems: 10, most: 4).map(Value.text)), Name.kind: .text(kind),
                        Name.price: .text(price), Name.image: .text(image ?? ""),
                    ]),
                ]))
        } catch {
            throw .broken([error.diagnostic])
        }
        return try cache.converted(svg, "svg", size: "\(Self.width)x\(Self.height)", options: "compression=9", ending: "png")
    }

    /// A picture as a `data:` address (RFC 2397): drawings as they are, photographs as a small JPEG. What can not be converted is left out.
    private func inlined(_ path: String) throws(SiteError) -> String {
        let content = try Files.read(path)
        if PictureFormat(content) == .svg { return "data:image/svg+xml;base64," + Base64.encode(content) }
        guard let format = PictureFormat.isScaled(content) else { return "" }
        do throws(SiteError) {
            let small = try cache.converted(content, format.rawValue, size: "640x640>", options: "Q=85,background=255", ending: "jpg")
            return "data:image/jpeg;base64," + Base64.encode(small)
        } catch {
            guard error.code == .picture else { throw error }
            return ""
        }
    }
}
