/// All old addresses of a shop, checked against its pages.
struct RedirectTable {
    /// What a page of the shop is called, and what it was called.
    struct Entry {
        let address: String
        let aliases: [Alias]
        /// Whether it exists at the moment.
        let isVisible: Bool
    }

    let entries: [Entry]
    /// Of `content/redirects.yaml`.
    let written: [RedirectReader.Found]

    /// The redirects that lead somewhere now, sorted by the bytes of where they begin; each leads to its end at once.
    func redirects(_ diagnostics: inout [Diagnostic]) -> [Redirect] {
        if written.isEmpty, entries.allSatisfy({ $0.aliases.isEmpty }) { return [] }
        var addresses: [String: Bool] = [:]
        for entry in entries { addresses[entry.address] = entry.isVisible }
        var all = written.map { (from: $0.place, to: $0.redirect.to) }
        for entry in entries { all += entry.aliases.map { (from: $0, to: entry.address) } }
        var targets: [String: (to: String, from: Alias)] = [:]
        for (from, to) in all.sorted(by: { $0.from.location < $1.from.location }) {
            if addresses[from.path] != nil {
                diagnostics.append(
                    refusal(from, "“\(from.path)” is a page of the shop", hint: "an old address is one that no page has any more"))
            } else if let first = targets[from.path] {
                diagnostics.append(refusal(from, "“\(from.path)” is redirected twice", hint: "it is first at \(first.from.location)"))
            } else {
                targets[from.path] = (to, from)
            }
        }
        var redirects: [Redirect] = []
        for (from, target) in targets {
            guard let to = end(of: target.to, targets) else {
                diagnostics.append(refusal(target.from, "“\(from)” leads back to itself", hint: "let it lead to a page"))
                continue
            }
            let page = String(to.prefix { $0 != "?" && $0 != "#" })
            if let isVisible = addresses[page] {
                if isVisible { redirects.append(Redirect(from: from, to: to)) }
            } else if Self.isContent(page) {
                let near = Suggestion.nearest(page, among: addresses.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
                diagnostics.append(refusal(target.from, "there is no page “\(page)”", hint: near.map { "did you mean “\($0)”?" }))
            } else {
                redirects.append(Redirect(from: from, to: to))
            }
        }
        return redirects.sorted { $0.from.utf8.lexicographicallyPrecedes($1.from.utf8) }
    }

    /// Where a chain of redirects ends; nil when it has no end.
    private func end(of start: String, _ targets: [String: (to: String, from: Alias)]) -> String? {
        var to = start
        for _ in 0...targets.count {
            guard let next = targets[to] else { return to }
            to = next.to
        }
        return nil
    }

    /// Whether a path belongs to a page made of a content file.
    private static func isContent(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count == 2 && ["products", "pages", "categories", "tags"].contains(parts[0]) && path.hasSuffix("/")
    }

    private func refusal(_ alias: Alias, _ message: String, hint: String?) -> Diagnostic {
        Diagnostic(at: alias.location, message, hint: hint, sourceLine: alias.line)
    }
}
