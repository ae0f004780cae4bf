/// `lamp.zh.md` → what it says in its language. Only texts can be translated; all else is the base file's.
struct TranslationReader {
    private static let keys = ["title", "summary", "faq", "image_texts", "variants"]
    let shop: Shop
    let folder: ShopFolder

    func read(_ translation: ContentUnit.Translation, base: String, main: ProductText, skus: [String]) -> (
        text: ProductText?, variantTitles: [(sku: String, title: String)], diagnostics: [Diagnostic]
    ) {
        let opened = ContentOpener(folder: folder).open(translation.path)
        guard let report = opened.report else { return (nil, [], opened.mistakes) }
        guard let matter = opened.matter else { return (nil, [], report.diagnostics) }
        refuseSettings(matter.node, report)
        let known = Self.keys + ProductReader.keys.filter { !Self.keys.contains($0) }
        guard let fields = Fields(matter.node, known: known, report: report) else { return (nil, [], report.diagnostics) }
        let title = fields.text("title", required: true, hint: "the title in \(translation.language)")
        let context = MarkdownContext(report: report, lineOffset: matter.bodyLineOffset, base: base, folder: folder)
        let written = fields.texts("image_texts", single: true)
        if written.count > main.imageTexts.count {
            report.error(written[main.imageTexts.count].mark, "there are only \(main.imageTexts.count) images")
        }
        let imageTexts = main.imageTexts.indices.map { index in
            if index < written.count { return written[index].text }
            return main.imageTexts[index] == main.title ? title ?? main.title : main.imageTexts[index]
        }
        let text = ProductText(
            language: translation.language, title: title ?? main.title, summary: fields.text("summary") ?? "",
            body: MarkdownRenderer(context).render(matter.body),
            faq: FAQReader(report: report, folder: folder, base: base, lineOffset: 1).read(fields), imageTexts: imageTexts,
            path: translation.path)
        let titles = variants(fields, skus)
        return (text, titles, report.diagnostics)
    }

    private func refuseSettings(_ node: YAMLNode, _ report: Report) {
        guard case .fields(let fields) = node.content else { return }
        for field in fields where ProductReader.keys.contains(field.key.text) && !Self.keys.contains(field.key.text) {
            report.error(
                field.key.mark, "“\(field.key.text)” cannot be translated", hint: "it is said once, in the file of the first language")
        }
    }

    private func variants(_ fields: Fields, _ skus: [String]) -> [(sku: String, title: String)] {
        fields.list("variants").compactMap { item in
            guard let entry = Fields(item, "variants", known: ["sku", "title"], report: fields.report) else { return nil }
            let sku = entry.scalar("sku", required: true)
            let title = entry.text("title", required: true)
            guard let sku, let title else { return nil }
            guard skus.contains(sku.text) else {
                let hint = Suggestion.hint(sku.text, among: skus, all: "its variants")
                fields.report.error(sku.mark, "the product has no variant “\(sku.text)”", hint: hint)
                return nil
            }
            return (sku.text, title)
        }
    }
}
