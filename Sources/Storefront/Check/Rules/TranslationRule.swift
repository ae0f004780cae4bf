import Catalog

/// Texts that a language of the shop lacks: a page then shows the default language's.
enum TranslationRule {
    static func findings(_ catalogue: Catalogue) -> [CheckFinding] {
        let others = catalogue.shop.languages.dropFirst()
        var findings: [CheckFinding] = []
        func look(_ path: String, has: (String) -> Bool) {
            let missing = others.filter { !has($0) }
            guard !missing.isEmpty, !path.isEmpty else { return }
            findings.append(
                CheckFinding(
                    "text.translation",
                    Diagnostic(
                        .warning, at: SourceLocation(path: path, line: 1, column: 1),
                        "there is no text in \(missing.joined(separator: ", "))",
                        hint: "write \(missing.map { translated(path, $0) }.joined(separator: ", "))")))
        }
        for product in catalogue.products { look(product.text(catalogue.shop.defaultLanguage).path) { product.texts[$0] != nil } }
        for page in catalogue.pages { look(page.text(catalogue.shop.defaultLanguage).path) { page.texts[$0] != nil } }
        for topic in catalogue.categories + catalogue.tags {
            look(topic.text(catalogue.shop.defaultLanguage).path) { topic.texts[$0] != nil }
        }
        return findings
    }

    /// `content/pages/terms.md` → `content/pages/terms.zh-CN.md`.
    private static func translated(_ path: String, _ language: String) -> String {
        path.hasSuffix(".md") ? "\(path.dropLast(3)).\(language).md" : path
    }
}
