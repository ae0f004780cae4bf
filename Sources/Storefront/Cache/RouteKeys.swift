import Catalog

/// For each route the digest of everything its page is made from: equal keys, equal bytes.
///
/// Nothing is rendered for them. What pages share (program, settings, theme, navigation) is in every key; a product's page adds all
/// that its files hold and the cards it shows; a listing the cards on it. What lists the whole shop takes in all cards, and a kind
/// of route that is not named in ``key(_:)`` takes in everything there is: it is made too often rather than too seldom.
struct RouteKeys: Sendable {
    /// By language.
    private let shared: [UInt64]
    /// By product: what other pages show of it.
    private let cards: [UInt64]
    /// By product: all its files, and where what they refer to is published.
    private let products: [UInt64]
    private let categories: [UInt64]
    private let tags: [UInt64]
    private let pages: [UInt64]
    /// All cards, topics and pages.
    private let all: UInt64
    private let redirects: UInt64
    private let plan: Plan
    private let related: [[Int]]
    private let forSale: [Int]

    init(_ site: Site, _ sourced: SourcedCatalogue, plan: Plan, media: Media, request: UInt64) {
        let catalogue = site.catalogue
        let languages = catalogue.shop.languages
        // A text that names a price is made anew when that price changes.
        func addMentioned(_ mentions: [SKUMention], _ digester: inout Digester) {
            for mention in mentions {
                guard let found = catalogue.variant(sku: mention.sku) else { continue }
                digester.add(found.product.slug)
                digester.add(Int(found.variant.price.minor))
            }
        }
        func topic(_ topic: Topic) -> UInt64 {
            var digester = Digester()
            digester.add(topic.slug)
            for language in languages {
                digester.add(topic.text(language), media)
                addMentioned(topic.text(language).body.mentions, &digester)
            }
            return digester.digest
        }
        let categories = catalogue.categories.map(topic)
        let tags = catalogue.tags.map(topic)
        let tagPlaces = Dictionary(catalogue.tags.enumerated().map { ($1.slug, $0) }, uniquingKeysWith: { first, _ in first })
        cards = catalogue.products.enumerated().map { index, product in
            var digester = Digester()
            digester.add(sourced.factsDigest(index))
            digester.add(product.category.flatMap { plan.categoryPlaces[$0] }.map { categories[$0] } ?? 0)
            for tag in product.tags { digester.add(tagPlaces[tag].map { tags[$0] } ?? 0) }
            for image in product.images { digester.add(media.picture(image.path)) }
            return digester.digest
        }
        products = catalogue.products.enumerated().map { index, product in
            var digester = Digester()
            digester.add(sourced.digest(index))
            for language in languages {
                guard let text = product.texts[language] else { continue }
                digester.add(text.body.references, media)
                for question in text.faq { digester.add(question.answer.references, media) }
                addMentioned(text.mentions, &digester)
            }
            return digester.digest
        }
        pages = catalogue.pages.map { page in
            var digester = Digester()
            digester.add(page.slug)
            for language in languages {
                digester.add(page.texts[language] != nil)
                digester.add(page.text(language), media)
                addMentioned(page.text(language).body.mentions, &digester)
            }
            return digester.digest
        }
        shared = languages.indices.map { language in
            var digester = Digester()
            digester.add(RunningProgram.digest)
            digester.add(request)
            digester.add(sourced.sources.settings)
            digester.add(site.theme.digest)
            digester.add(catalogue.data)
            digester.add(language)
            // The picture tool and the theme's drawing decide it, and pages name their card.
            digester.add(plan.hasCards)
            for topic in catalogue.categories {
                digester.add(topic.slug)
                digester.add(topic.text(languages[language]).title)
            }
            for page in catalogue.pages where page.nav {
                digester.add(page.slug)
                digester.add(page.text(languages[language]).title)
            }
            return digester.digest
        }
        var moved = Digester()
        for redirect in catalogue.redirects {
            moved.add(redirect.from)
            moved.add(redirect.to)
        }
        redirects = moved.digest
        var all = Digester()
        for digest in shared + cards + categories + tags + pages { all.add(digest) }
        self.all = all.digest
        self.categories = categories
        self.tags = tags
        self.plan = plan
        related = catalogue.products.indices.map { plan.related($0, catalogue) }
        forSale = plan.listed.filter { catalogue.products[$0].isForSale }
    }

    /// The key of a route; of one that exists for each promoter, without the promoter.
    func key(_ route: Plan.Route) -> UInt64 {
        var digester = Digester()
        digester.add(shared[route.language])
        switch route.content {
        case .home:
            add(plan.listed.prefix(Plan.showcase), to: &digester)
            for (place, members) in plan.inCategory.enumerated() {
                digester.add(categories[place])
                digester.add(members.count)
            }
        case .product(let index), .promoted(let index):
            digester.add(products[index])
            digester.add(cards[index])
            add(related[index], to: &digester)
        case .category(let index, let page):
            digester.add(categories[index])
            add(listing: plan.inCategory[index], page, to: &digester)
        case .tag(let index, let page):
            digester.add(tags[index])
            add(listing: plan.inTag[index], page, to: &digester)
        case .page(let index): digester.add(pages[index])
        case .notFound, .robots, .poster, .shopCard: break
        case .productCard(let index):
            digester.add(products[index])
            digester.add(cards[index])
        case .search, .feed, .catalog, .sitemap, .sitemapPart, .languageModels: digester.add(all)
        case .server: digester.add(redirects)
        case .landing:
            add(forSale.prefix(Plan.showcase), to: &digester)
            digester.add(forSale.count)
        }
        return max(1, digester.digest)
    }

    /// The key of a promoter's file.
    static func key(_ route: UInt64, _ promoter: PromoterPage) -> UInt64 {
        var digester = Digester()
        digester.add(route)
        digester.add(promoter.token)
        digester.add(promoter.name)
        digester.add(promoter.message)
        return max(1, digester.digest)
    }

    private func add(_ shown: some Sequence<Int>, to digester: inout Digester) {
        for index in shown { digester.add(cards[index]) }
    }

    private func add(listing members: [Int], _ page: Int, to digester: inout Digester) {
        digester.add(members.count)
        add(members.dropFirst((page - 1) * Plan.pageSize).prefix(Plan.pageSize), to: &digester)
    }
}

extension Digester {
    fileprivate mutating func add(_ text: PageText, _ media: Media) {
        add(text.language)
        add(text.title)
        add(text.summary)
        add(text.html)
        for heading in text.headings {
            add(heading.id)
            add(heading.title)
            add(heading.level)
        }
        add(text.body.references, media)
    }

    /// All that a page shows of a picture.
    fileprivate mutating func add(_ picture: Picture?) {
        add(picture?.url ?? "")
        add(picture?.width ?? -1)
        add(picture?.height ?? -1)
        add(picture?.isRaster ?? false)
        for source in picture?.sources ?? [] {
            add(source.type)
            add(source.set)
        }
    }

    /// Where the files that a text refers to are published; their names say their content.
    fileprivate mutating func add(_ references: [Prose.Reference], _ media: Media) {
        for reference in references where reference.path.hasPrefix("content/") {
            add(media.url(reference.path) ?? "")
            add(media.picture(reference.path))
        }
    }
}
