import Catalog
import Templates

/// Renders the routes of a plan in parallel and offers each file to a publication at once, so that
/// memory holds a page a thread and not the site.
struct Press: Sendable {
    /// The offers of theme assets, pictures and files.
    let assets: [Publication.Offer]
    /// What the merchant should know.
    let notes: [String]
    private let plan: Plan
    private let renderer: PageRenderer
    private let publication: Publication
    private let keys: RouteKeys
    private let cache: BuildCache?
    private let jobs: Int

    /// How many promoters share one rendering of a page of slots.
    private static let batch = 256

    /// Publishes what pages refer to, and makes what they share.
    ///
    /// - Parameter cache: what was made of what before; a file that would be made of the same again is left as it stands.
    init(_ site: Site, request: BuildRequest, into publication: Publication, cache: BuildCache?) throws(SiteError) {
        let catalogue = site.catalogue
        let links = Links(url: catalogue.shop.url, languages: catalogue.shop.languages)
        let themeAssets = site.theme.assets
        var offers: [Publication.Offer] = []
        for output in themeAssets.outputs {
            offers.append(try publication.offer(output.content, path: output.path, kind: .asset, number: offers.count))
        }
        let (media, files) = try Media.publish(
            catalogue, shopFolder: site.shopFolder, base: links.base, tool: request.pictureTool, into: publication,
            firstNumber: offers.count, jobs: request.jobs)
        assets = offers + files
        notes = media.notes
        let cards = Cards(site.theme, shopFolder: site.shopFolder, tool: request.pictureTool)
        plan = Plan(catalogue, hasCards: cards != nil)
        let (made, shared) = (plan, site)
        let editions = try parallelMap(catalogue.shop.languages.count, jobs: request.jobs) { (language) throws(SiteError) in
            try Edition(
                shared, plan: made, links: links, media: media, language: language, eager: cache == nil, jobs: request.jobs)
        }
        let assetsOfPages = SiteAssets(themeAssets, shop: catalogue.shop, paymentOrigins: request.paymentOrigins)
        renderer = PageRenderer(
            site: site, profile: request.profile, editions: editions,
            frame: Frame(site: assetsOfPages, languageNames: editions.map { $0.texts["language_name"] ?? $0.tag }), cards: cards)
        self.publication = publication
        self.cache = cache
        keys = RouteKeys(site, site.sourced, plan: plan, media: media, request: request.pageDigest)
        jobs = request.jobs
    }

    // Staged files are numbered in three ranges, far enough apart.
    private static let pagesFrom = 100_000_000
    private static let promotersFrom = 200_000_000

    /// Every route that exists once.
    func pages() throws(SiteError) -> [Publication.Offer] {
        // What lists the whole shop takes long, so it is begun first, while the other threads make pages.
        let order =
            plan.routes.indices.filter { plan.routes[$0].content.isLong } + plan.routes.indices.filter { !plan.routes[$0].content.isLong }
        return try parallelMap(order.count, jobs: jobs, with: Self.buffer) { (buffer, place) throws(SiteError) in
            let index = order[place]
            let route = plan.routes[index]
            let path = renderer.editions[0].links.url(SitePath.file(route.path), language: route.language)
            let kind: Manifest.Kind = path.hasSuffix(".html") ? .page : .data
            let key = keys.key(route)
            if let file = standing(path, kind, key) { return Publication.Offer(file: file, staged: nil, key: key) }
            buffer.removeAll(keepingCapacity: true)
            try renderer.render(route, into: &buffer)
            return try publication.offer(buffer, path: path, kind: kind, number: Self.pagesFrom + index, key: key)
        }
    }

    /// What a thread renders into, page after page.
    private static func buffer() -> [UInt8] {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(1 << 17)
        return buffer
    }

    /// The file that stands at a path, if it was made of the same.
    private func standing(_ path: String, _ kind: Manifest.Kind, _ key: UInt64) -> Manifest.File? {
        guard let made = cache?.made[BuildCache.place(path)], made.key == key, let file = publication.standing(path),
            file.digest == made.digest, file.kind == kind
        else { return nil }
        return file
    }

    /// The routes that exist once for each promoter.
    func promoterPages(_ promoters: [PromoterPage]) throws(SiteError) -> [Publication.Offer] {
        guard !promoters.isEmpty else { return [] }
        let batches = (promoters.count + Self.batch - 1) / Self.batch
        let routes = plan.promoterRoutes
        let done = try parallelMap(routes.count * batches, jobs: jobs, with: Self.buffer) { (buffer, index) throws(SiteError) in
            let number = index / batches
            let first = index % batches * Self.batch
            let from = Self.promotersFrom + number * promoters.count
            return try batch(
                routes[number], promoters, first..<min(first + Self.batch, promoters.count), firstNumber: from, into: &buffer)
        }
        return done.flatMap(\.self)
    }

    private func batch(
        _ route: Plan.Route, _ promoters: [PromoterPage], _ range: Range<Int>, firstNumber: Int, into buffer: inout [UInt8]
    ) throws(SiteError) -> [Publication.Offer] {
        let edition = renderer.editions[route.language]
        var slots: [PromoterPage: Slots] = [:]
        var offers: [Publication.Offer] = []
        offers.reserveCapacity(range.count)
        let shared = keys.key(route)
        for index in range {
            let promoter = promoters[index]
            let path = edition.links.url(SitePath.file(Self.path(route.path, promoter.token)), language: route.language)
            let key = RouteKeys.key(shared, promoter)
            if let file = standing(path, .promoter, key) {
                offers.append(Publication.Offer(file: file, staged: nil, key: key))
                continue
            }
            buffer.removeAll(keepingCapacity: true)
            if route.content == .poster {
                buffer += try poster(promoter, edition)
            } else {
                let stand = Slots.stand(for: promoter)
                if slots[stand] == nil { slots[stand] = Slots(try rendered(route, stand, edition)) }
                slots[stand]?.fill(promoter, into: &buffer)
            }
            offers.append(try publication.offer(buffer, path: path, kind: .promoter, number: firstNumber + index, key: key))
        }
        return offers
    }

    private func rendered(_ route: Plan.Route, _ promoter: PromoterPage, _ edition: Edition) throws(SiteError) -> [UInt8] {
        var page: [UInt8] = []
        if case .promoted(let index) = route.content {
            try renderer.product(index, edition, ref: promoter.token, into: &page)
        } else {
            try renderer.landing(promoter, edition, into: &page)
        }
        return page
    }

    private func poster(_ promoter: PromoterPage, _ edition: Edition) throws(SiteError) -> [UInt8] {
        let url = edition.links.absolute(Links.landing(promoter.token), language: 0)
        guard let svg = Poster.svg(url: url, shop: edition.catalogue.shop.name, name: promoter.name) else {
            throw SiteError(.invalidName, "the shop's URL is too long for a QR code", hint: "shorten `url` in shop.yaml")
        }
        return svg
    }

    private static func path(_ pattern: String, _ token: String) -> String {
        "r/\(token)\(Substring(pattern.utf8.dropFirst("r/\(Plan.slot)".utf8.count)))"
    }
}
