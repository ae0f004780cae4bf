package import Catalog

/// One thing that `keyfront check` has found: a diagnostic, its rule, and the pages it is on.
package struct CheckFinding: Sendable, Hashable {
    /// Stable, for programs: `link.missing`, `html.nesting`, `price.differs`.
    package let rule: String
    /// What is wrong and where the merchant or the theme's author wrote it; the page's own place where that is not known.
    package let diagnostic: Diagnostic
    /// The first pages that show it, as paths below the site, sorted; empty when it is about no page.
    package let pages: [String]
    /// How many pages show it in all.
    package let count: Int

    package init(_ rule: String, _ diagnostic: Diagnostic, pages: [String] = []) {
        self.init(rule, diagnostic, pages: pages, count: pages.count)
    }

    private init(_ rule: String, _ diagnostic: Diagnostic, pages: [String], count: Int) {
        self.rule = rule
        self.diagnostic = diagnostic
        self.pages = pages
        self.count = count
    }

    package var isError: Bool { diagnostic.severity == .error }

    /// The diagnostic as people read it, with the pages behind its message.
    package var description: String {
        guard let first = pages.first else { return diagnostic.description }
        let more = count == 1 ? "" : ", and \(count - 1) more page\(count == 2 ? "" : "s")"
        return Diagnostic(
            diagnostic.severity, at: diagnostic.location, "\(diagnostic.message) (\(first)\(more))", hint: diagnostic.hint,
            sourceLine: diagnostic.sourceLine
        ).description
    }

    /// Findings that differ in nothing but their pages become one; sorted by place, then rule.
    static func merged(_ findings: [CheckFinding]) -> [CheckFinding] {
        struct Key: Hashable {
            let rule: String
            let diagnostic: Diagnostic
        }
        var pages: [Key: Set<String>] = [:]
        for finding in findings { pages[Key(rule: finding.rule, diagnostic: finding.diagnostic), default: []].formUnion(finding.pages) }
        return pages.map { key, pages in
            let sorted = pages.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return CheckFinding(key.rule, key.diagnostic, pages: Array(sorted.prefix(3)), count: sorted.count)
        }
        .sorted { one, other in
            if one.diagnostic < other.diagnostic { return true }
            if other.diagnostic < one.diagnostic { return false }
            return one.rule.utf8.lexicographicallyPrecedes(other.rule.utf8)
        }
    }
}
