/// A page's or topic's files → its texts and settings.
struct PageReader {
    let shop: Shop
    let folder: ShopFolder

    struct Found: Sendable {
        let slug: String
        let order: Int
        let nav: Bool
        let texts: [String: PageText]
        let isDraft: Bool
        let time: Lifetime
        /// Old addresses that lead to it.
        let aliases: [Alias]
    }

    private enum Status: String, CaseIterable {
        case active, draft
    }

    /// What only the file in the default language says.
    private struct Settings {
        var order = 0
        var nav = false
        var isDraft = false
        var time = Lifetime(publishAt: nil, expiresAt: nil)
        var aliases: [Alias] = []
    }

    /// `pages`, `categories` or `tags`.
    let section: String

    func read(_ unit: ContentUnit) -> (found: Found?, diagnostics: [Diagnostic]) {
        let keys =
            ["title", "summary", "order", "aliases"] + (section == "pages" ? ["nav", "status", "publish_at", "expires_at"] : [])
        let main = file(unit.path, unit.folder, shop.defaultLanguage, known: keys)
        var diagnostics = main.diagnostics
        var texts: [String: PageText] = [:]
        texts[shop.defaultLanguage] = main.text
        for translation in unit.translations {
            let other = file(translation.path, unit.folder, translation.language, known: ["title", "summary"])
            diagnostics += other.diagnostics
            texts[translation.language] = other.text
        }
        guard main.text != nil else { return (nil, diagnostics) }
        let settings = main.settings
        let found = Found(
            slug: unit.slug, order: settings.order, nav: settings.nav, texts: texts, isDraft: settings.isDraft, time: settings.time,
            aliases: settings.aliases)
        return (found, diagnostics)
    }

    private func file(_ path: String, _ base: String, _ language: String, known: [String]) -> (
        text: PageText?, settings: Settings, diagnostics: [Diagnostic]
    ) {
        let opened = ContentOpener(folder: folder).open(path)
        guard let report = opened.report else { return (nil, Settings(), opened.mistakes) }
        guard let matter = opened.matter, let fields = Fields(matter.node, known: known, report: report) else {
            return (nil, Settings(), report.diagnostics)
        }
        let title = fields.text("title", required: true)
        let settings = Settings(
            order: fields.integer("order", -1_000_000...1_000_000) ?? 0, nav: fields.flag("nav") ?? false,
            isDraft: fields.choice("status", Status.self) == .draft, time: Lifetime(fields),
            aliases: RedirectReader.aliases(fields, section: section))
        let context = MarkdownContext(report: report, lineOffset: matter.bodyLineOffset, base: base, folder: folder)
        let body = MarkdownRenderer(context).render(matter.body)
        let text = title.map { PageText(language: language, title: $0, summary: fields.text("summary") ?? "", body: body, path: path) }
        return (text, settings, report.diagnostics)
    }
}
