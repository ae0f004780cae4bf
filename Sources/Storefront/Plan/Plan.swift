package import Catalog

/// Every file of a site and what it is made of: computed before anything is rendered.
///
/// A pure function of the catalogue and the promoters' settings; it reads no file.
package struct Plan: Sendable {
    /// What a route shows. Numbers are places in the catalogue's lists; pages count from 1.
    package enum Content: Sendable, Equatable {
        case home
        case product(Int)
        case category(Int, page: Int)
        case tag(Int, page: Int)
        case page(Int)
        case notFound
        case search, feed
        case catalog, robots
        /// Which products, categories and pages there are, for programs that read for people.
        case languageModels
        /// The site map, or the index of its parts.
        case sitemap
        /// From 1.
        case sitemapPart(Int)
        /// A picture of the shop for link previews; only where the picture tool is.
        case shopCard
        /// The same of a product that has a picture.
        case productCard(Int)
        case server(ServerFile)
        /// Once for each promoter.
        case landing
        /// Once for each promoter.
        case poster
        /// Once for each promoter: a product page that carries the token.
        case promoted(Int)

        /// Whether it goes through the whole shop.
        var isLong: Bool {
            switch self {
            case .home, .product, .category, .tag, .page, .notFound, .robots, .landing, .poster, .promoted, .languageModels, .shopCard,
                .productCard, .server:
                false
            default: true
            }
        }
    }

    /// Files for whatever serves the site.
    package enum ServerFile: String, Sendable, Equatable, CaseIterable {
        case headers = "_headers"
        case redirects = "_redirects"
        case nginxMaps = "_server/nginx-http.conf"
        case nginxServer = "_server/nginx-server.conf"
        case caddy = "_server/Caddyfile"
    }

    package struct Route: Sendable, Equatable {
        /// Without its language: `products/x/`, `feed.xml`. A promoter's route has ``slot`` for the token.
        package var path: String
        /// Place in the shop's languages.
        package var language: Int
        package var content: Content
    }

    /// Stands for a promoter's token in the path of a route that exists once for each of them.
    package static let slot = "{token}"
    /// Products on one page of a listing.
    package static let pageSize = 24
    /// Products on the home page and on a landing page; the rest is a link away.
    package static let showcase = 96

    /// One file each, in the order of languages, then of kinds.
    package let routes: [Route]
    /// One file each for every promoter.
    package let promoterRoutes: [Route]
    /// Products that listings show, as places in the catalogue, in its order.
    package let listed: [Int]
    /// The same by category and by tag, in the order of the catalogue's topics.
    package let inCategory: [[Int]]
    package let inTag: [[Int]]
    /// The category of a slug, as a place in the catalogue.
    let categoryPlaces: [String: Int]
    /// The tag of a slug, as a place in the catalogue.
    let tagPlaces: [String: Int]
    /// The product of a slug, as a place in the catalogue.
    let places: [String: Int]
    /// For each product of the catalogue that is listed in a category: which, and where in it.
    let inCategoryPlace: [(category: Int, position: Int)?]
    /// What the site map lists, as places in ``routes``.
    let mapped: [Int]
    /// Addresses in one part of the site map.
    let mapLimit: Int
    /// Whether there are pictures for link previews.
    let hasCards: Bool

    /// - Parameters:
    ///   - hasCards: whether the picture tool can draw them, and the theme has a drawing for them.
    ///   - mapLimit: addresses in one part of the site map; nil: as many as there may be.
    package init(_ catalogue: Catalogue, hasCards: Bool = false, mapLimit: Int? = nil) {
        let products = catalogue.products
        listed = products.indices.filter { products[$0].isListed }
        let categories = Dictionary(catalogue.categories.enumerated().map { ($1.slug, $0) }, uniquingKeysWith: { first, _ in first })
        let tags = Dictionary(catalogue.tags.enumerated().map { ($1.slug, $0) }, uniquingKeysWith: { first, _ in first })
        var inCategory = Array(repeating: [Int](), count: catalogue.categories.count)
        var inTag = Array(repeating: [Int](), count: catalogue.tags.count)
        var positions = Array<(category: Int, position: Int)?>(repeating: nil, count: products.count)
        for index in listed {
            if let place = products[index].category.flatMap({ categories[$0] }) {
                positions[index] = (place, inCategory[place].count)
                inCategory[place].append(index)
            }
            for place in products[index].tags.compactMap({ tags[$0] }) { inTag[place].append(index) }
        }
        self.inCategory = inCategory
        self.inTag = inTag
        inCategoryPlace = positions
        categoryPlaces = categories
        tagPlaces = tags
        places = Dictionary(products.enumerated().map { ($1.slug, $0) }, uniquingKeysWith: { first, _ in first })
        var routes: [Route] = []
        for language in catalogue.shop.languages.indices {
            func add(_ path: String, _ content: Content) { routes.append(Route(path: path, language: language, content: content)) }
            add("", .home)
            for (index, product) in products.enumerated() { add(Links.product(product.slug), .product(index)) }
            for (index, category) in catalogue.categories.enumerated() {
                for page in 1...Self.pages(inCategory[index].count) {
                    add(Links.listing("categories", category.slug, page: page), .category(index, page: page))
                }
            }
            for (index, tag) in catalogue.tags.enumerated() {
                for page in 1...Self.pages(inTag[index].count) { add(Links.listing("tags", tag.slug, page: page), .tag(index, page: page)) }
            }
            for (index, page) in catalogue.pages.enumerated() { add(Links.page(page.slug), .page(index)) }
            add("404.html", .notFound)
            add("search.json", .search)
            add("feed.xml", .feed)
            add("llms.txt", .languageModels)
            guard hasCards else { continue }
            add(Links.shopCard, .shopCard)
            for (index, product) in products.enumerated() where !product.images.isEmpty {
                add(Links.card(product.slug), .productCard(index))
            }
        }
        self.hasCards = hasCards
        mapped = Sitemap.listed(routes, catalogue)
        self.mapLimit = mapLimit ?? Sitemap.limit(languages: catalogue.shop.languages.count)
        func add(_ path: String, _ content: Content) { routes.append(Route(path: path, language: 0, content: content)) }
        add("catalog.json", .catalog)
        add("sitemap.xml", .sitemap)
        if mapped.count > self.mapLimit {
            for number in 1...(mapped.count + self.mapLimit - 1) / self.mapLimit { add(Sitemap.part(number), .sitemapPart(number)) }
        }
        add("robots.txt", .robots)
        for file in ServerFile.allCases { add(file.rawValue, .server(file)) }
        self.routes = routes
        promoterRoutes = Self.promoterRoutes(catalogue)
    }

    private static func promoterRoutes(_ catalogue: Catalogue) -> [Route] {
        let pages = catalogue.shop.promoters.pages
        guard pages != .none else { return [] }
        var routes = [Route(path: Links.poster(slot), language: 0, content: .poster)]
        for language in catalogue.shop.languages.indices {
            routes.append(Route(path: Links.landing(slot), language: language, content: .landing))
            guard pages == .full else { continue }
            for (index, product) in catalogue.products.enumerated() {
                routes.append(Route(path: Links.promoted(slot, product: product.slug), language: language, content: .promoted(index)))
            }
        }
        return routes
    }

    /// How many pages a listing of so many products has; at least one.
    static func pages(_ count: Int) -> Int {
        max(1, (count + pageSize - 1) / pageSize)
    }
}
