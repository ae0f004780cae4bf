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

    package init(
        out: String, promoters: [PromoterPage] = [], paymentOrigins: [String] = [], jobs: Int = 2, clean: Bool = false,
        patience: Int = 30_000
    ) {
        self.out = out
        self.promoters = promoters
        self.paymentOrigins = paymentOrigins
        self.jobs = jobs
        self.clean = clean
        self.patience = patience
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
}
