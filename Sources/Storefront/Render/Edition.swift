import Catalog
import Templates

/// The shop in one language: all that many pages of it share, made once.
struct Edition: Sendable {
    let catalogue: Catalogue
    let plan: Plan
    let links: Links
    let media: Media
    let bodies: BodyLinks
    /// Place in the shop's languages.
    let language: Int
    let tag: String
    let templates: TemplateSet
    let texts: [String: String]
    /// The cards of all products; nil when too few pages are made to be worth it.
    let cards: [Value]?
    /// `{title, url}` of each category and tag, by slug.
    let topics: Topics
    let shop: Value
    /// `content/data/`, by file name.
    let data: Value
    let checkout: Value
    let navCategories: [Record]
    let navPages: [Record]
    let categories: [Value]

    /// The links of categories and tags in one language.
    struct Topics: Sendable {
        var categories: [String: Value] = [:]
        var tags: [String: Value] = [:]
        /// By place in the catalogue.
        var categoryTitles: [String] = []
        var categorySummaries: [String] = []
        var tagTitles: [String] = []
        var tagSummaries: [String] = []
        /// By slug.
        var tagNames: [String: String] = [:]
    }

    /// - Parameter eager: whether to make the cards of all products at once, for a build that renders most pages.
    init(_ site: Site, plan: Plan, links: Links, media: Media, language: Int, eager: Bool, jobs: Int) throws(SiteError) {
        let catalogue = site.catalogue
        let tag = catalogue.shop.languages[language]
        let texts = site.theme.texts(tag)
        self.catalogue = catalogue
        self.plan = plan
        self.links = links
        self.media = media
        self.language = language
        self.tag = tag
        self.texts = texts
        bodies = BodyLinks(links: links, media: media, language: language, catalogue: catalogue, texts: texts)
        templates = site.theme.templates(tag)
        data = Value(catalogue.data)
        let topics = Self.topics(catalogue, links: links, language: language, tag: tag)
        self.topics = topics
        cards =
            eager
            ? try parallelMap(catalogue.products.count, jobs: jobs) { (index) throws(SiteError) in
                let product = catalogue.products[index]
                return .record(
                    Record(Self.cardFields(product, links: links, media: media, language: language, tag: tag, topics: topics)))
            } : nil
        shop = .record([
            Name.name: .text(catalogue.shop.name), Name.url: .text(links.absolute("", language: language)),
            Name.currency: .text(catalogue.shop.currency.code),
        ])
        checkout = Self.checkout(catalogue.shop, texts: texts)
        navCategories = catalogue.categories.indices.map { index in
            [
                Name.title: .text(topics.categoryTitles[index]),
                Name.url: .text(links.href(Links.listing("categories", catalogue.categories[index].slug, page: 1), language: language)),
                Name.current: false,
            ]
        }
        navPages = catalogue.pages.filter(\.nav).map { page in
            [
                Name.title: .text(page.text(tag).title), Name.url: .text(links.href(Links.page(page.slug), language: language)),
                Name.current: false,
            ]
        }
        categories = catalogue.categories.indices.map { index in
            .record([
                Name.title: .text(topics.categoryTitles[index]),
                Name.url: .text(links.href(Links.listing("categories", catalogue.categories[index].slug, page: 1), language: language)),
                Name.count: .count(plan.inCategory[index].count), Name.summary: .text(topics.categorySummaries[index]),
            ])
        }
    }

    /// A text of the theme with its `{{names}}` filled, or an empty one; a missing key never stops a page.
    func text(_ key: String, _ values: [(String, String)] = []) -> String {
        var text = texts[key] ?? ""
        for (name, value) in values {
            text = text.split(separator: "{{\(name)}}", omittingEmptySubsequences: false).joined(separator: value)
        }
        return text
    }

    private static func topics(_ catalogue: Catalogue, links: Links, language: Int, tag: String) -> Topics {
        var topics = Topics()
        for topic in catalogue.categories {
            let text = topic.text(tag)
            topics.categoryTitles.append(text.title)
            topics.categorySummaries.append(text.summary)
            topics.categories[topic.slug] = link(
                text.title, links.href(Links.listing("categories", topic.slug, page: 1), language: language))
        }
        for topic in catalogue.tags {
            let text = topic.text(tag)
            topics.tagTitles.append(text.title)
            topics.tagSummaries.append(text.summary)
            topics.tagNames[topic.slug] = text.title
            topics.tags[topic.slug] = link(text.title, links.href(Links.listing("tags", topic.slug, page: 1), language: language))
        }
        return topics
    }

    private static func link(_ title: String, _ url: String) -> Value {
        .record([Name.title: .text(title), Name.url: .text(url)])
    }

    /// What a way to pay is called.
    func label(_ account: GatewayAccount) -> String { Self.label(account, texts) }

    private static func label(_ account: GatewayAccount, _ texts: [String: String]) -> String {
        texts["gateway_\(account.name)"] ?? texts["gateway_\(account.kind)"] ?? account.name
    }

    private static func checkout(_ shop: Shop, texts: [String: String]) -> Value {
        let gateways = shop.gateways.enumerated().map { index, gateway in
            Value.record([
                Name.name: .text(gateway.name),
                Name.label: .text(label(gateway, texts)),
                Name.first: .bool(index == 0),
            ])
        }
        return .record([
            Name.url: .text(shop.webhook.url + "/checkout"), Name.lookupUrl: .text(shop.webhook.url + "/orders/lookup"),
            Name.gateways: .list(gateways),
        ])
    }
}
