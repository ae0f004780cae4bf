@testable import Storefront

/// The links of a published site that lead nowhere, as `page: “link”: reason`.
enum LinkCheck {
    static func check(out: String, base: String = "") throws -> [String] {
        let files = Files.tree(out)
        let pages = try files.filter { $0.hasSuffix(".html") }.map { path in
            let (facts, faults) = PageReader.read(try Files.read("\(out)/\(path)"))
            return CheckedPage(path: path, facts: facts, faults: faults)
        }
        let anchors = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, $0.facts.ids) })
        let rule = LinkRule(base: base, origin: "https://none.invalid", files: Set(files), anchors: anchors)
        return pages.flatMap { page in
            page.facts.links.compactMap { link in rule.reason(link.target, on: page.path).map { "\(page.path): “\(link.target)”: \($0)" } }
        }
    }
}
