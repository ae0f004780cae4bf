package import Catalog

/// A shop read and checked, ready to be published: its catalogue and its compiled theme.
package struct Site: Sendable {
    package let theme: Theme
    /// Where image paths of the catalogue begin.
    package let shopFolder: String
    /// The catalogue, and what it was read from.
    let sourced: SourcedCatalogue

    package var catalogue: Catalogue { sourced.catalogue }

    /// Reads a shop folder: `shop.yaml`, `content/`, `templates/`, and `themes/` when shop.yaml names a theme.
    ///
    /// - Parameters:
    ///   - folder: the shop folder.
    ///   - baseThemes: theme folders below the shop's own `templates/`, the strongest first.
    ///   - now: unix seconds; products not yet published or expired are left out.
    ///   - drafts: whether drafts are taken in.
    ///   - marks: for a check, which compiles the theme with marks in it; nil: as it is.
    /// - Throws: ``SiteError`` `broken` with every mistake of catalogue, theme and texts at once.
    package static func load(
        folder: String, baseThemes: [String] = [], now: Int64, drafts: Bool = false, marks: SourceMarks? = nil
    ) throws(SiteError) -> Site {
        try load(folder: folder, baseThemes: baseThemes, now: now, drafts: drafts, marks: marks, known: nil, profile: nil)
    }

    /// - Parameter known: what an earlier build noted of the content; what looks as it did is not read again.
    static func load(
        folder: String, baseThemes: [String], now: Int64, drafts: Bool, marks: SourceMarks?, known: ContentSources?, profile: Profile?
    ) throws(SiteError) -> Site {
        guard Files.entry("\(folder)/shop.yaml") != nil else {
            throw SiteError(
                .file, "there is no shop.yaml here, so this is no shop",
                hint: "name the shop's folder with --shop, or make one: keyfront init DIR",
                path: folder)
        }
        var problems: [Diagnostic] = []
        var sourced: SourcedCatalogue?
        do throws(Diagnostics) {
            sourced = try Catalogue.load(folder: folder, now: now, drafts: drafts, known: known, profile: profile)
        } catch {
            problems += error.all
        }
        // With a broken shop.yaml the languages are not known; the theme is then checked in English.
        let shop = sourced?.catalogue.shop ?? (try? Shop.load(folder: folder))
        var layers = ["\(folder)/templates"] + baseThemes
        switch ThemeLayers.folders(folder, theme: shop?.theme ?? ThemeLayers.plain, shipped: baseThemes) {
        case .success(let folders): layers = folders
        case .failure(let mistakes): problems += mistakes.all
        }
        let themeFolder = ThemeFolder(layers, shopFolder: folder)
        let languages = shop?.languages ?? ["en"]
        let base = shop.map { Links(url: $0.url, languages: languages).base } ?? ""
        switch Theme.load(themeFolder, languages: languages, base: base, marks: marks) {
        case .failure(let errors): throw .broken(problems + errors.all)
        case .success(let theme):
            guard let sourced, problems.isEmpty else { throw .broken(problems) }
            return Site(theme: theme, shopFolder: folder, sourced: sourced)
        }
    }

    /// A product of the catalogue with its bodies and answers.
    ///
    /// - Throws: ``SiteError`` `changedMeanwhile` when its files are no longer what they were when the build began.
    func product(_ index: Int) throws(SiteError) -> Product {
        guard let product = sourced.wholeProduct(index) else {
            throw SiteError(
                .changedMeanwhile, "the files of “\(catalogue.products[index].slug)” changed while the site was built", hint: "build again")
        }
        return product
    }

    /// Publishes the whole site.
    ///
    /// Everything is rendered before anything is moved: when it throws, the old site stands (unless the
    /// code is `interrupted`). It blocks for as long as it takes, so call it from a thread of its own.
    ///
    /// - Throws: ``SiteError``.
    package func build(_ request: BuildRequest) throws(SiteError) -> BuildReport {
        try request.check()
        let out = try OutFolder(claiming: request.out)
        return try SiteLock.hold(out.lockPath, patience: request.patience) { () throws(SiteError) in
            try publish(request, out, try out.state(), cache: nil).report
        }
    }

    /// Renders and publishes what differs; call it with the lock held.
    func publish(
        _ request: BuildRequest, _ out: OutFolder, _ state: OutFolder.State, cache: BuildCache?
    ) throws(SiteError) -> (report: BuildReport, offers: [Publication.Offer]) {
        let publication = try Publication(out, state: state, trusting: !request.clean, profile: request.profile)
        do throws(SiteError) {
            let press = try Press(self, request: request, into: publication, cache: cache)
            let offers = try press.assets + press.pages() + press.promoterPages(request.promoters)
            let outcome = try publication.commit(offers)
            let report = BuildReport(
                written: outcome.written, unchanged: outcome.unchanged, removed: outcome.removed,
                pages: offers.count { $0.file.path.hasSuffix(".html") }, notes: press.notes)
            return (report, offers)
        } catch {
            out.clearStaging()
            throw error
        }
    }

    /// Adds the pages of one promoter to a published site, or replaces them.
    ///
    /// The rest of the site stays as it is; what the new pages refer to is published with them when the
    /// theme has changed since. Flushed to the disk before it returns. It blocks, as ``build(_:)`` does.
    ///
    /// - Parameter request: its `promoters` and `clean` are not looked at.
    /// - Throws: ``SiteError``, with `notPublished` when there is no site yet.
    package func publishPromoter(_ promoter: PromoterPage, _ request: BuildRequest) throws(SiteError) -> BuildReport {
        guard SitePath.isToken(promoter.token) else {
            throw SiteError(.invalidName, "a promoter's token must be 8 to 64 lower-case letters and digits")
        }
        let out = try OutFolder(claiming: request.out)
        return try SiteLock.hold(out.lockPath, patience: request.patience) { () throws(SiteError) in
            let state = try out.state()
            guard state.isPublished, state.isWhole else {
                throw SiteError(.notPublished, "no whole site is published here", hint: "run keyfront build", path: request.out)
            }
            let publication = try Publication(out, state: state, trusting: true, durable: true)
            do throws(SiteError) {
                let press = try Press(self, request: request, into: publication, cache: nil)
                let offers = try press.assets + press.promoterPages([promoter])
                let offered = Set(offers.map(\.file.path))
                let outcome = try publication.commit(offers, keeping: state.files.filter { !offered.contains($0.path) })
                return BuildReport(
                    written: outcome.written, unchanged: outcome.unchanged, removed: outcome.removed,
                    pages: offers.count { $0.file.path.hasSuffix(".html") }, notes: press.notes)
            } catch {
                out.clearStaging()
                throw error
            }
        }
    }
}
