import Catalog

/// What only all pages together show: titles and descriptions that are used twice, and pages that no link leads to.
enum ReachRule {
    static func findings(_ pages: [CheckedPage], links: LinkRule, _ origin: PageOrigin) -> [CheckFinding] {
        titles(pages, origin) + orphans(pages, links, origin)
    }

    /// Pages that search engines are to list.
    private static func isListed(_ page: CheckedPage) -> Bool { !page.facts.isHidden && !page.facts.isRedirect }

    private static func titles(_ pages: [CheckedPage], _ origin: PageOrigin) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        for (what, rule) in [("title", "page.title"), ("description", "page.description")] {
            var first: [String: String] = [:]
            for page in pages where isListed(page) && isOriginal(page) && !isContinued(page) {
                let said = what == "title" ? page.facts.title : page.facts.description
                guard let said, !said.text.isEmpty else {
                    // A tag says enough by its name.
                    if what == "description", !page.address.split(separator: "/").dropLast().contains("tags") {
                        findings.append(
                            origin.finding(
                                rule, "the page has no description", hint: "write a summary", said?.place ?? page.facts.start,
                                on: page.path,
                                isWarning: true
                            ).moved(to: origin.file(of: page.path)))
                    }
                    continue
                }
                let key = "\(page.facts.language ?? "") \(said.text)"
                if let other = first[key] {
                    findings.append(
                        origin.finding(
                            rule, "the \(what) “\(said.text)” is also that of \(other)", hint: "search engines show one of them alone",
                            said.place, on: page.path, isWarning: true
                        ).moved(to: origin.file(of: page.path)))
                } else {
                    first[key] = page.path
                }
            }
        }
        return findings
    }

    /// Whether a page is its own canonical page.
    private static func isOriginal(_ page: CheckedPage) -> Bool {
        guard let canonical = page.facts.canonical else { return true }
        return canonical.hasSuffix("/" + page.address) || page.address.isEmpty
    }

    /// The second and later pages of a listing: they end in a number.
    private static func isContinued(_ page: CheckedPage) -> Bool {
        page.address.split(separator: "/").last.map { $0.allSatisfy(\.isNumber) } ?? false
    }

    private static func orphans(_ pages: [CheckedPage], _ links: LinkRule, _ origin: PageOrigin) -> [CheckFinding] {
        var reached: Set<String> = ["index.html"]
        var queue = ["index.html"]
        let byPath = Dictionary(pages.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        while let path = queue.popLast() {
            for link in byPath[path]?.facts.links ?? [] where link.source == "a href" {
                guard let target = links.target(link.target, on: path)?.file, byPath[target] != nil, reached.insert(target).inserted else {
                    continue
                }
                queue.append(target)
            }
        }
        return pages.filter { isListed($0) && !reached.contains($0.path) }.map { page in
            origin.finding(
                "page.orphan", "no link leads from the home page to this page", hint: "link to it, or keep it out of search engines",
                page.facts.start, on: page.path, isWarning: true
            ).moved(to: origin.file(of: page.path))
        }
    }
}

extension CheckFinding {
    /// The same, said at the beginning of a content file: the theme's place would be that of every page.
    func moved(to file: String?) -> CheckFinding {
        guard let file else { return self }
        return CheckFinding(
            rule,
            Diagnostic(diagnostic.severity, at: SourceLocation(path: file, line: 1, column: 1), diagnostic.message, hint: diagnostic.hint),
            pages: pages)
    }
}
