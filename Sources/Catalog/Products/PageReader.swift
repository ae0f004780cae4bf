/// A page's or topic's files → its texts and settings.
struct PageReader {
    let shop: Shop
    let folder: ShopFolder
    /// `nav` for pages.
    let isPage: Bool

    struct Found: Sendable {
        let slug: String
        let order: Int
        let nav: Bool
        let texts: [String: PageText]
    }

    func read(_ unit: ContentUnit) -> (found: Found?, diagnostics: [Diagnostic]) {
        let main = file(unit.path, unit.folder, shop.defaultLanguage, known: ["title", "summary", "order"] + (isPage ? ["nav"] : []))
        var diagnostics = main.diagnostics
        var texts: [String: PageText] = [:]
        texts[shop.defaultLanguage] = main.text
        for translation in unit.translations {
            let other = file(translation.path, unit.folder, translation.language, known: ["title", "summary"])
            diagnostics += other.diagnostics
            texts[translation.language] = other.text
        }
        guard main.text != nil else { return (nil, diagnostics) }
        return (Found(slug: unit.slug, order: main.order, nav: main.nav, texts: texts), diagnostics)
    }

    private func file(_ path: String, _ base: String, _ language: String, known: [String]) -> (
        text: PageText?, order: Int, nav: Bool, diagnostics: [Diagnostic]
    ) {
        let opened = ContentOpener(folder: folder).open(path)
        guard let report = opened.report else { return (nil, 0, false, opened.mistakes) }
        guard let matter = opened.matter, let fields = Fields(matter.node, known: known, report: report) else {
            return (nil, 0, false, report.diagnostics)
        }
        let title = fields.text("title", required: true)
        let order = fields.integer("order", -1_000_000...1_000_000) ?? 0
        let nav = fields.flag("nav") ?? false
        let context = MarkdownContext(report: report, lineOffset: matter.bodyLineOffset, base: base, folder: folder)
        let body = MarkdownRenderer(context).render(matter.body)
        let text = title.map { PageText(language: language, title: $0, summary: fields.text("summary") ?? "", body: body, path: path) }
        return (text, order, nav, report.diagnostics)
    }
}
