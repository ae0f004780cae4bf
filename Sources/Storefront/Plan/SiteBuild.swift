import Catalog
import Glibc

/// A shop folder and the moment it is built for: reads what changed since the last build, renders what that touches, publishes it.
///
/// What comes out is byte for byte what a clean build makes. ``Site/load(folder:baseThemes:now:drafts:)`` and
/// ``Site/build(_:)`` are the same without a memory.
package struct SiteBuild: Sendable {
    /// The shop folder.
    package var folder: String
    /// Theme folders below the shop's own `templates/`, the strongest first.
    package var baseThemes: [String]
    /// Unix seconds; products not yet published or expired are left out.
    package var now: Int64
    /// Whether drafts are taken in.
    package var drafts: Bool

    package init(folder: String, baseThemes: [String] = [], now: Int64, drafts: Bool = false) {
        self.folder = folder
        self.baseThemes = baseThemes
        self.now = now
        self.drafts = drafts
    }

    /// Publishes the site. It blocks, as ``Site/build(_:)`` does.
    ///
    /// - Parameter request: `clean` forgets what earlier builds noted.
    /// - Throws: ``SiteError``, with every mistake of the shop, also of files that did not change.
    package func run(_ request: BuildRequest) throws(SiteError) -> BuildReport {
        try request.check()
        let out = try OutFolder(claiming: request.out)
        return try SiteLock.hold(out.lockPath, patience: request.patience) { () throws(SiteError) in
            let began = Self.clock()
            let cache = request.clean ? nil : BuildCache(path: out.cachePath, program: RunningProgram.digest)
            let compared = cache?.sources.compared(in: folder)
            if let cache, let compared, compared.isSame, let report = try UnchangedSite(self, request, out, cache).report(began) {
                return report
            }
            let state = try out.state()
            if let cache, let compared {
                // Whatever goes wrong with a memory is said by a build without one.
                do throws(SiteError) {
                    return try build(request, out, state, (cache, compared.sources), began)
                } catch  where error.code == .broken || error.code == .changedMeanwhile {}
            }
            return try build(request, out, state, nil, began)
        }
    }

    private func build(
        _ request: BuildRequest, _ out: OutFolder, _ state: OutFolder.State, _ memory: (cache: BuildCache, known: ContentSources)?,
        _ began: Int64
    ) throws(SiteError) -> BuildReport {
        let theme = themeStamp(began, request)
        let site = try Site.load(
            folder: folder, baseThemes: baseThemes, now: now, drafts: drafts, marks: nil, known: memory?.known, profile: request.profile)
        var (report, offers) = try site.publish(request, out, state, cache: memory?.cache)
        report.warnings = site.catalogue.warnings
        report.nextBuild = site.catalogue.nextChange
        // What the merchant should know is found while rendering, so with notes the next build looks again.
        let question = BuildCache.Question(
            request: digest(request), theme: report.notes.isEmpty ? theme : 0, since: now, until: site.catalogue.nextChange)
        let sources = site.sourced.sources.settled(before: began, grain: request.clockGrain)
        let manifest = ContentHash.of(try Files.read(out.manifestPath))
        BuildCache(question: question, sources: sources, offers: offers, manifest: manifest)
            .write(to: out.cachePath, program: RunningProgram.digest)
        return report
    }

    /// The digest of all that was asked for.
    func digest(_ request: BuildRequest) -> UInt64 {
        var digester = Digester()
        digester.add(request.digest)
        digester.add(drafts)
        digester.add(folder)
        digester.add(baseThemes)
        return digester.digest
    }

    /// How the theme's files look from outside.
    func themeStamp(_ began: Int64, _ request: BuildRequest) -> UInt64 {
        // Where the theme's folders cannot be told, the build will say why.
        guard let shop = try? Shop.load(folder: folder),
            case .success(let layers) = ThemeLayers.folders(folder, theme: shop.theme, shipped: baseThemes)
        else { return 0 }
        return ThemeFolder(layers, shopFolder: folder).stamp(before: began, grain: request.clockGrain)
    }

    /// Nanoseconds since 1970, as file systems stamp files with.
    private static func clock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
