import Catalog
import Templates

/// What every page has beside its own content: head, navigation, checkout.
struct Frame: Sendable {
    /// What differs from page to page.
    struct Page {
        var title: String
        var description: String
        /// Without its language.
        var path: String
        /// Where search engines should look instead; nil: here.
        var canonical: (path: String, language: Int)?
        var noindex = false
        var type = "website"
        /// For link previews, from the host's root; nil: none.
        var image: String?
        /// Whether that is a card of ours, whose size is known.
        var isCard = false
        var data: [JSON] = []
        /// The languages that have a text of their own for this page.
        var languages: [Int]
        /// Place in the navigation, if it is there.
        var category: Int?
        var navPage: Int?
    }

    let site: SiteAssets
    let languageNames: [String]

    /// The fields of a page's model that are not its own.
    func fields(_ page: Page, _ edition: Edition, ref: String) -> [(Key, Value)] {
        let links = edition.links
        let canonical = page.canonical ?? (page.path, edition.language)
        let languages = edition.catalogue.shop.languages
        let alternates =
            languages.count < 2
            ? []
            : languages.indices.map { index in
                Value.record([
                    Name.lang: .text(languages[index]), Name.name: .text(languageNames[index]),
                    Name.url: .text(links.absolute(page.path, language: index)), Name.href: .text(links.href(page.path, language: index)),
                    Name.current: .bool(index == edition.language),
                ])
            }
        let translations =
            page.languages.count < 2 || page.noindex
            ? []
            : page.languages.map { index in
                Value.record([Name.lang: .text(languages[index]), Name.url: .text(links.absolute(page.path, language: index))])
            }
        return [
            (Name.lang, .text(edition.tag)), (Name.shop, edition.shop), (Name.checkout, edition.checkout), (Name.ref, .text(ref)),
            (Name.nav, navigation(page, edition)), (Name.data, edition.data),
            (
                Name.page,
                .record([
                    Name.title: .text(page.title), Name.description: .text(page.description),
                    Name.url: .text(links.absolute(canonical.path, language: canonical.language)), Name.noindex: .bool(page.noindex),
                    Name.alternates: .list(alternates), Name.translations: .list(translations),
                    Name.css: site.css, Name.scripts: site.scripts, Name.csp: .text(site.policy),
                    Name.image: .text(page.image.map { links.origin + $0 } ?? ""), Name.isCard: .bool(page.isCard),
                    Name.type: .text(page.type),
                    Name.jsonld: page.data.isEmpty ? .null : .html((page.data.count == 1 ? page.data[0] : .list(page.data)).bytes),
                    Name.feedUrl: .text(links.href("feed.xml", language: edition.language)), Name.icon: .text(site.icon),
                    Name.searchUrl: .text(links.href("search.json", language: edition.language)),
                ])
            ),
        ]
    }

    private func navigation(_ page: Page, _ edition: Edition) -> Value {
        func items(_ records: [Record], _ current: Int?) -> Value {
            var items = records.map(Value.record)
            if let current, current < records.count {
                items[current] = .record([
                    Name.title: records[current][Name.title] ?? .null, Name.url: records[current][Name.url] ?? .null,
                    Name.current: true,
                ])
            }
            return .list(items)
        }
        return .record([
            Name.homeUrl: .text(edition.links.href("", language: edition.language)),
            Name.categories: items(edition.navCategories, page.category), Name.pages: items(edition.navPages, page.navPage),
        ])
    }
}
