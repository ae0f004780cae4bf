import Catalog

/// Everything that can be said about a shop without publishing it: `keyfront check`.
///
/// What a build refuses is refused here too, with the same words. Then the site is built aside, with the theme's marks in
/// it, and every page is read as a browser and a search engine would. It blocks, as ``Site/build(_:)`` does.
package struct SiteCheck: Sendable {
    /// What a check found.
    package struct Report: Sendable {
        /// How many pages were read.
        package let pages: Int
        /// Sorted by place; equal ones of several pages are one.
        package let findings: [CheckFinding]

        package init(pages: Int, findings: [CheckFinding]) {
            self.pages = pages
            self.findings = findings
        }
    }

    /// The shop, with a theme that is marked: not to be published.
    package let site: Site
    private let marks: SourceMarks
    private let themes: [String]

    /// Stands for a promoter, so that landing pages are read as well.
    private static let promoter = PromoterPage(token: "0000000000000000", name: "Promoter", message: "A message.")

    /// Reads a shop; see ``Site/load(folder:baseThemes:now:drafts:marks:)``.
    ///
    /// - Throws: ``SiteError`` with every mistake that a build would refuse.
    package init(folder: String, baseThemes: [String] = [], now: Int64, drafts: Bool = false) throws(SiteError) {
        let marks = SourceMarks()
        do throws(SiteError) {
            site = try Site.load(folder: folder, baseThemes: baseThemes, now: now, drafts: drafts, marks: marks)
        } catch {
            // Marks move columns: read again without them, so that the mistakes are told at their places.
            _ = try Site.load(folder: folder, baseThemes: baseThemes, now: now, drafts: drafts)
            throw error
        }
        self.marks = marks
        themes = baseThemes
    }

    /// Builds the site into a folder of the caller's and judges it.
    ///
    /// - Parameters:
    ///   - scratch: an empty folder, or one that is not there yet. The caller removes it.
    ///   - paymentOrigins: as in ``BuildRequest/paymentOrigins``.
    ///   - jobs: threads; the report does not depend on it.
    /// - Throws: ``SiteError`` when the site cannot be built or read.
    package func run(scratch: String, paymentOrigins: [String] = [], jobs: Int = 2) throws(SiteError) -> Report {
        let shop = site.catalogue.shop
        let promoters = shop.promoters.pages == .none ? [] : [Self.promoter]
        _ = try site.build(BuildRequest(out: scratch, promoters: promoters, paymentOrigins: paymentOrigins, jobs: jobs))
        let files = Files.tree(scratch)
        let names = files.filter { $0.hasSuffix(".html") }
        let origin = PageOrigin(site.catalogue, marks: marks, shopFolder: site.shopFolder)
        let prices = PriceRule(catalog: try? Files.read("\(scratch)/catalog.json"))
        let products = productPages()
        let read = try parallelMap(names.count, jobs: jobs) { (index) throws(SiteError) in
            let (facts, faults) = PageReader.read(try Files.read("\(scratch)/\(names[index])"))
            var page = CheckedPage(path: names[index], facts: facts, faults: faults)
            var findings = faults.map { fault in
                origin.finding(fault.rule, fault.message, hint: fault.hint, fault.place, on: page.path, isWarning: fault.isWarning)
            }
            if let (product, language) = products[page.path] {
                findings += prices.findings(site.catalogue.products[product], page, language: language, origin)
            }
            page.facts.text = ""
            return (page: page, findings: findings)
        }
        let pages = read.map(\.page)
        let links = links(files, pages)
        var findings = read.flatMap(\.findings)
        for page in pages { findings += links.findings(page, origin) }
        for product in site.catalogue.products { findings += prices.findings(product, origin) }
        findings += ReachRule.findings(pages, links: links, origin)
        findings += TranslationRule.findings(site.catalogue)
        findings += try styles()
        findings += site.catalogue.warnings.map { CheckFinding("source", $0) }
        return Report(pages: pages.count, findings: CheckFinding.merged(findings))
    }

    private func links(_ files: [String], _ pages: [CheckedPage]) -> LinkRule {
        let links = Links(url: site.catalogue.shop.url, languages: site.catalogue.shop.languages)
        return LinkRule(
            base: links.base, origin: links.origin, files: Set(files),
            anchors: Dictionary(pages.map { ($0.path, $0.facts.ids) }, uniquingKeysWith: { first, _ in first }))
    }

    /// The page of each product in each language.
    private func productPages() -> [String: (product: Int, language: String)] {
        let shop = site.catalogue.shop
        let links = Links(url: shop.url, languages: shop.languages)
        var pages: [String: (product: Int, language: String)] = [:]
        for (number, product) in site.catalogue.products.enumerated() {
            for (language, tag) in shop.languages.enumerated() {
                pages[links.url(SitePath.file(Links.product(product.slug)), language: language)] = (number, tag)
            }
        }
        return pages
    }

    /// The theme's style sheets, as they were written.
    private func styles() throws(SiteError) -> [CheckFinding] {
        guard case .success(let folders) = ThemeLayers.folders(site.shopFolder, theme: site.catalogue.shop.theme, shipped: themes) else {
            return []
        }
        var findings: [CheckFinding] = []
        for file in ThemeFolder(folders, shopFolder: site.shopFolder).files()
        where file.path.hasPrefix("assets/") && file.path.hasSuffix(".css") {
            findings += ContrastRule.findings(try Files.read(file.location), path: file.shown)
        }
        return findings
    }
}
