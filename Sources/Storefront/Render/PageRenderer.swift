import Catalog
import Templates

/// Turns a route into the bytes of its file, appended to a buffer. Pure: the same route gives the same bytes on any thread.
struct PageRenderer: Sendable {
    let site: Site
    let profile: Profile?
    let editions: [Edition]
    let frame: Frame
    /// Nil where there are no cards for link previews.
    let cards: Cards?

    var catalogue: Catalogue { editions[0].catalogue }

    /// - Throws: ``SiteError`` `broken` when a template asks for what its page does not have.
    func render(_ route: Plan.Route, into out: inout [UInt8]) throws(SiteError) {
        let edition = editions[route.language]
        switch route.content {
        case .home: try home(edition, into: &out)
        case .product(let index): try product(index, edition, ref: nil, into: &out)
        case .category(let index, let page): try listing(.category, index, page, edition, into: &out)
        case .tag(let index, let page): try listing(.tag, index, page, edition, into: &out)
        case .page(let index): try page(index, edition, into: &out)
        case .notFound: try notFound(edition, into: &out)
        case .search: out += SearchIndex.bytes(edition)
        case .feed: out += Feed.bytes(edition)
        case .catalog: out += CatalogFile.bytes(editions)
        case .languageModels: out += LanguageModelFile.bytes(edition)
        case .sitemap:
            let plan = edition.plan
            let parts = (plan.mapped.count + plan.mapLimit - 1) / plan.mapLimit
            out += parts > 1 ? Sitemap.index(edition, parts: parts) : Sitemap.bytes(editions, plan.mapped[...])
        case .sitemapPart(let number):
            let plan = edition.plan
            out += Sitemap.bytes(editions, plan.mapped.dropFirst((number - 1) * plan.mapLimit).prefix(plan.mapLimit))
        case .shopCard: out += try cards?.shop(edition) ?? []
        case .productCard(let index): out += try cards?.product(catalogue.products[index], edition) ?? []
        case .server(let file): out.append(serverFile(file))
        case .robots: out.append("User-agent: *\nDisallow:\n\nSitemap: \(edition.links.absolute("sitemap.xml", language: 0))\n")
        case .landing, .poster, .promoted: break
        }
    }

    /// The catalogue's, below the path of the shop's own address.
    private func redirects(_ links: Links) -> [ServerFiles.Redirect] {
        catalogue.redirects.map { redirect in
            let target = redirect.to.hasPrefix("/") ? links.base + redirect.to : redirect.to
            return ServerFiles.Redirect(from: links.base + redirect.from, to: target)
        }
    }

    private func serverFile(_ file: Plan.ServerFile) -> String {
        let links = editions[0].links
        let files = ServerFiles(
            headers: SecurityHeaders(policy: frame.site.policy, isSecure: links.origin.hasPrefix("https:")), base: links.base,
            redirects: redirects(links), languages: Array(links.languages.dropFirst()))
        switch file {
        case .headers: return files.headersFile
        case .redirects: return files.redirectsFile
        case .nginxMaps: return files.nginxMaps
        case .nginxServer: return files.nginxServer
        case .caddy: return files.caddy
        }
    }

    /// The picture that a link preview shows of a page: a product's card, its photograph, else the shop's card.
    private func preview(_ index: Int?, _ edition: Edition) -> (url: String?, isCard: Bool) {
        let product = index.map { catalogue.products[$0] }
        if edition.plan.hasCards {
            let path = product.flatMap { $0.images.isEmpty ? nil : Links.card($0.slug) } ?? Links.shopCard
            return (edition.links.href(path, language: edition.language), true)
        }
        let picture = product?.images.first.flatMap { edition.media.picture($0.path) }
        return (picture.flatMap { $0.isRaster ? $0.url : nil }, false)
    }

    private func home(_ edition: Edition, into out: inout [UInt8]) throws(SiteError) {
        let page = Frame.Page(
            title: titled(edition.text("site_title"), edition), description: edition.text("site_description"), path: "",
            image: preview(nil, edition).url, isCard: edition.plan.hasCards, data: [StructuredData.shop(edition)],
            languages: Array(editions.indices))
        try write(
            into: &out,
            "pages/home", page, edition,
            [
                (Name.products, .list(edition.plan.listed.prefix(Plan.showcase).map { edition.card($0) })),
                (Name.categories, .list(edition.categories)),
            ])
    }

    /// A product's page.
    ///
    /// - Parameter ref: the token of the promoter whose page it is; such a page is kept out of search
    ///   engines and points to the product's own.
    func product(_ index: Int, _ edition: Edition, ref: String?, into out: inout [UInt8]) throws(SiteError) {
        let product = try site.product(index)
        let text = product.text(edition.tag)
        let own = Links.product(product.slug)
        let translated = editions.indices.filter { product.texts[editions[$0].tag] != nil }
        var steps = [step(edition.text("home"), "", edition)]
        if let place = product.category.flatMap({ edition.plan.categoryPlaces[$0] }) {
            steps.append(
                step(edition.topics.categoryTitles[place], Links.listing("categories", catalogue.categories[place].slug, page: 1), edition))
        }
        steps.append(step(text.title, own, edition))
        // An untranslated page shows the default language's text, so it names that page as the original.
        let source = translated.contains(edition.language) ? edition.language : 0
        let url = edition.links.absolute(own, language: edition.language)
        let preview = preview(index, edition)
        let page = Frame.Page(
            title: titled(text.title, edition), description: text.summary,
            path: ref.map { Links.promoted($0, product: product.slug) } ?? own,
            canonical: (own, source), noindex: ref != nil || !product.isListed, type: "product",
            image: preview.url, isCard: preview.isCard,
            data: [
                StructuredData.product(product, edition, url: url),
                StructuredData.breadcrumbs(steps.map { ($0.title, edition.links.origin + $0.href) }),
            ] + [StructuredData.questions(product, edition)].compactMap(\.self),
            languages: translated, category: product.category.flatMap { edition.plan.categoryPlaces[$0] })
        try write(
            into: &out,
            "pages/product", page, edition, [(Name.product, edition.product(product, at: index)), (Name.breadcrumbs, crumbs(steps))],
            ref: ref ?? "")
    }

    private enum Kind { case category, tag }

    private func listing(
        _ kind: Kind, _ index: Int, _ number: Int, _ edition: Edition, into out: inout [UInt8]
    ) throws(SiteError) {
        let topic = kind == .category ? catalogue.categories[index] : catalogue.tags[index]
        let members = kind == .category ? edition.plan.inCategory[index] : edition.plan.inTag[index]
        let title = kind == .category ? edition.topics.categoryTitles[index] : edition.topics.tagTitles[index]
        let summary = kind == .category ? edition.topics.categorySummaries[index] : edition.topics.tagSummaries[index]
        let root = kind == .category ? "categories" : "tags"
        let slice = members.dropFirst((number - 1) * Plan.pageSize).prefix(Plan.pageSize)
        let steps = [step(edition.text("home"), "", edition), step(title, Links.listing(root, topic.slug, page: 1), edition)]
        let numbered = number == 1 ? title : edition.text("listing_page", [("title", title), ("number", String(number))])
        let page = Frame.Page(
            title: titled(numbered, edition), description: summary, path: Links.listing(root, topic.slug, page: number),
            image: preview(nil, edition).url, isCard: edition.plan.hasCards,
            data: [StructuredData.breadcrumbs(steps.map { ($0.title, edition.links.origin + $0.href) })],
            languages: Array(editions.indices),
            category: kind == .category ? index : nil)
        let listing: Value = .record([
            Name.title: .text(title), Name.summary: .text(summary), Name.body: .html(edition.bodies.html(topic.text(edition.tag).body)),
            Name.isTag: .bool(kind == .tag), Name.isCategory: .bool(kind == .category),
            Name.products: .list(slice.map { edition.card($0) }), Name.count: .count(members.count),
            Name.pagination: pagination(Plan.pages(members.count), number) { page in
                edition.links.href(Links.listing(root, topic.slug, page: page), language: edition.language)
            },
        ])
        try write(into: &out, "pages/listing", page, edition, [(Name.listing, listing), (Name.breadcrumbs, crumbs(steps))])
    }

    private func pagination(_ count: Int, _ number: Int, url: (Int) -> String) -> Value {
        .record([
            Name.single: .bool(count == 1),
            Name.pages: .list(
                Self.shownPages(count, number).map { page, gap in
                    .record([
                        Name.number: .count(page), Name.url: .text(url(page)), Name.current: .bool(page == number), Name.gap: .bool(gap),
                    ])
                }),
            Name.previous: number > 1 ? .record([Name.url: .text(url(number - 1))]) : .null,
            Name.next: number < count ? .record([Name.url: .text(url(number + 1))]) : .null,
        ])
    }

    /// The pages a reader is offered: the first, the last, and two on each side of this one; `gap` where some before it are left out. A
    /// gap of one page is that page.
    static func shownPages(_ count: Int, _ number: Int) -> [(page: Int, gap: Bool)] {
        var shown = Set([1, count] + (number - 2...number + 2)).filter { (1...count).contains($0) }.sorted()
        if shown.count > 1, shown[1] == 3 { shown.insert(2, at: 1) }
        if shown.count > 1, shown[shown.count - 2] == count - 2 { shown.insert(count - 1, at: shown.count - 1) }
        return shown.enumerated().map { place, page in (page, place > 0 && shown[place - 1] != page - 1) }
    }

    private func page(_ index: Int, _ edition: Edition, into out: inout [UInt8]) throws(SiteError) {
        let document = catalogue.pages[index]
        let text = document.text(edition.tag)
        let path = Links.page(document.slug)
        let translated = editions.indices.filter { document.texts[editions[$0].tag] != nil }
        let steps = [step(edition.text("home"), "", edition), step(text.title, path, edition)]
        let page = Frame.Page(
            title: titled(text.title, edition), description: text.summary, path: path,
            canonical: (path, translated.contains(edition.language) ? edition.language : 0),
            image: preview(nil, edition).url, isCard: edition.plan.hasCards,
            data: [StructuredData.breadcrumbs(steps.map { ($0.title, edition.links.origin + $0.href) })], languages: translated,
            navPage: document.nav ? catalogue.pages[..<index].count(where: \.nav) : nil)
        let fields: Value = .record([
            Name.title: .text(text.title), Name.summary: .text(text.summary), Name.body: .html(edition.bodies.html(text.body)),
            Name.headings: edition.headings(text.headings), Name.hasHeadings: .bool(text.headings.count > 1),
        ])
        try write(into: &out, "pages/page", page, edition, [(Name.document, fields), (Name.breadcrumbs, crumbs(steps))])
    }

    private func notFound(_ edition: Edition, into out: inout [UInt8]) throws(SiteError) {
        let page = Frame.Page(
            title: titled(edition.text("not_found_title"), edition), description: edition.text("not_found_text"), path: "404.html",
            canonical: ("", edition.language), noindex: true, languages: [])
        try write(into: &out, "pages/not-found", page, edition, [])
    }

    /// A promoter's landing page; its texts are slots if it stands for many promoters.
    func landing(_ promoter: PromoterPage, _ edition: Edition, into out: inout [UInt8]) throws(SiteError) {
        let full = catalogue.shop.promoters.pages == .full
        let shown = edition.plan.listed.filter { catalogue.products[$0].isForSale }
        let page = Frame.Page(
            title: titled(edition.text("landing_title", [("shop.name", catalogue.shop.name)]), edition),
            description: edition.text("site_description"), path: Links.landing(promoter.token), canonical: ("", edition.language),
            noindex: true, image: preview(nil, edition).url, isCard: edition.plan.hasCards, languages: [])
        let more = shown.count > Plan.showcase ? edition.links.href("", language: edition.language) + "?ref=" + promoter.token : ""
        let fields: Value = .record([
            Name.token: .text(promoter.token), Name.name: .text(promoter.name), Name.message: .text(promoter.message),
            Name.poster: .text(edition.links.href(Links.poster(promoter.token), language: 0)),
        ])
        try write(
            into: &out,
            "pages/landing", page, edition,
            [
                (Name.promoter, fields), (Name.more, .text(more)),
                (Name.products, .list(shown.prefix(Plan.showcase).map { edition.offer($0, token: promoter.token, full: full) })),
            ], ref: promoter.token)
    }

    private struct Step {
        var title: String
        var href: String
    }

    private func step(_ title: String, _ path: String, _ edition: Edition) -> Step {
        Step(title: title, href: edition.links.href(path, language: edition.language))
    }

    private func crumbs(_ steps: [Step]) -> Value {
        .list(
            steps.enumerated().map { index, step in
                .record([Name.title: .text(step.title), Name.url: .text(step.href), Name.last: .bool(index == steps.count - 1)])
            })
    }

    /// A page's title with the shop's name, unless it says it already.
    private func titled(_ title: String, _ edition: Edition) -> String {
        let shop = catalogue.shop.name
        return title.isEmpty ? shop : title.holds(shop) ? title : "\(title) · \(shop)"
    }

    private func write(
        into out: inout [UInt8], _ template: String, _ page: Frame.Page, _ edition: Edition, _ own: [(Key, Value)], ref: String = ""
    ) throws(SiteError) {
        do throws(TemplateError) {
            guard let profile else {
                let model = Value.record(Record(frame.fields(page, edition, ref: ref) + own))
                return try edition.templates.render(template, model, into: &out)
            }
            let model = profile.measure(.models) { Value.record(Record(frame.fields(page, edition, ref: ref) + own)) }
            try profile.measure(template: template) { () throws(TemplateError) in
                try edition.templates.render(template, model, into: &out)
            }
        } catch {
            throw .broken([error.diagnostic])
        }
    }
}
