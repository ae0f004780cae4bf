import Catalog

/// `llms.txt` (llmstxt.org): what the shop is and where things are, in Markdown, for programs that read for people.
///
/// Products beyond the first ``Plan/showcase`` are in `catalog.json`, which it names.
enum LanguageModelFile {
    static func bytes(_ edition: Edition) -> [UInt8] {
        let catalogue = edition.catalogue
        var text = "# \(plain(catalogue.shop.name))\n\n"
        let about = edition.text("site_description")
        if !about.isEmpty { text += "> \(plain(about))\n\n" }
        func list(_ title: String, _ lines: [String]) {
            guard !lines.isEmpty else { return }
            if !title.isEmpty { text += "## \(plain(title))\n\n" }
            text += lines.map { "- \($0)\n" }.joined() + "\n"
        }
        list(
            edition.text("all_products"),
            edition.plan.listed.prefix(Plan.showcase).map { index in
                let product = catalogue.products[index]
                let own = product.text(edition.tag)
                let lowest = product.variants.map(\.price.minor).min() ?? 0
                let price = Money(minor: lowest, currency: catalogue.shop.currency).display(edition.tag)
                return link(
                    own.title, Links.product(product.slug), [price, own.summary].filter { !$0.isEmpty }.joined(separator: ". "), edition)
            })
        list(
            edition.text("categories"),
            catalogue.categories.indices.map { index in
                link(
                    edition.topics.categoryTitles[index], Links.listing("categories", catalogue.categories[index].slug, page: 1),
                    edition.topics.categorySummaries[index], edition)
            })
        list(
            edition.text("about_this_shop"),
            catalogue.pages.map { link($0.text(edition.tag).title, Links.page($0.slug), $0.text(edition.tag).summary, edition) })
        list(
            "Optional",
            [
                "[catalog.json](\(edition.links.absolute("catalog.json", language: 0)))",
                "[sitemap.xml](\(edition.links.absolute("sitemap.xml", language: 0)))",
            ])
        return Array(text.dropLast().utf8)
    }

    private static func link(_ title: String, _ path: String, _ about: String, _ edition: Edition) -> String {
        let url = ServerFiles.encoded(edition.links.absolute(path, language: edition.language))
        return "[\(plain(title))](\(url))" + (about.isEmpty ? "" : ": \(plain(about))")
    }

    /// A text on one line that opens no link, heading or list of its own.
    private static func plain(_ text: String) -> String {
        var out = ""
        for character in text {
            if character.isNewline {
                out += " "
            } else if "[]<>\\`*_".contains(character) {
                out += "\\\(character)"
            } else {
                out.append(character)
            }
        }
        return out
    }
}
