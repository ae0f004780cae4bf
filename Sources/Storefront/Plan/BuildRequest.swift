package import Catalog

/// Where a site is published, for whom, and how.
package struct BuildRequest: Sendable {
    /// The out folder; made if it is missing.
    package var out: String
    /// Everyone who gets pages of their own; each token once.
    package var promoters: [PromoterPage]
    /// Origins that buyers may be sent to from the daemon: gateways' pages, `https://checkout.stripe.com`.
    package var paymentOrigins: [String]
    /// Threads to render on; the result does not depend on it.
    package var jobs: Int
    /// Writes every file again, whatever the manifest says.
    package var clean: Bool
    /// How long to wait for another build of the folder, in milliseconds.
    package var patience: Int
    /// How coarse the file system's clock is held to be, in nanoseconds: a file that changed within it before a build is read
    /// again by the next one.
    package var clockGrain: Int64 = 100_000_000
    /// Told where the time goes.
    package var profile: Profile?
    /// Makes smaller pictures and cards for link previews; without it pictures are published as they are.
    package var pictureTool: PictureTool

    package init(
        out: String, promoters: [PromoterPage] = [], paymentOrigins: [String] = [], jobs: Int = 2, clean: Bool = false,
        patience: Int = 30_000, pictureTool: PictureTool = .none
    ) {
        self.out = out
        self.promoters = promoters
        self.paymentOrigins = paymentOrigins
        self.jobs = jobs
        self.clean = clean
        self.patience = patience
        self.pictureTool = pictureTool
    }
}

extension BuildRequest {
    /// - Throws: ``SiteError`` for tokens that cannot stand in addresses, or that two promoters have.
    func check() throws(SiteError) {
        for promoter in promoters where !SitePath.isToken(promoter.token) {
            throw SiteError(.invalidName, "a promoter's token must be 8 to 64 lower-case letters and digits")
        }
        guard Set(promoters.map(\.token)).count == promoters.count else { throw SiteError(.collision, "two promoters have one token") }
    }

    /// The digest of all in it that pages may show, but for the promoters themselves.
    var pageDigest: UInt64 {
        var digester = Digester()
        digester.add(paymentOrigins)
        digester.add(pictureTool.path ?? "")
        return digester.digest
    }

    /// The digest of all in it that decides what the site consists of.
    var digest: UInt64 {
        var digester = Digester()
        digester.add(pageDigest)
        digester.add(promoters.count)
        for promoter in promoters {
            digester.add(promoter.token)
            digester.add(promoter.name)
            digester.add(promoter.message)
        }
        return digester.digest
    }
}

/// What a build did.
package struct BuildReport: Sendable, Equatable {
    /// Files that are new or have new content.
    package var written: Int
    /// Files that were in place already.
    package var unchanged: Int
    /// Files of the site before that are no longer listed.
    package var removed: Int
    /// Files that are HTML pages, of all the site has.
    package var pages: Int
    /// Doubts that did not stop the build, sorted.
    package var warnings: [Diagnostic] = []
    /// The next moment (unix seconds) at which a product appears or expires and the site must be built again; nil: never.
    package var nextBuild: Int64?
    /// What the merchant should know, a line each.
    package var notes: [String] = []
}
