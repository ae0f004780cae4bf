import Catalog

/// Who wrote what is on a page: the theme's files by their marks, the merchant's by searching what they wrote.
struct PageOrigin: Sendable {
    private let marks: SourceMarks
    private let shopFolder: String
    /// The content file of a page, by the page's path below the site.
    private let files: [String: String]
    /// The content file of listings, by the beginning of their paths.
    private let listings: [(prefix: String, file: String)]

    init(_ catalogue: Catalogue, marks: SourceMarks, shopFolder: String) {
        self.marks = marks
        self.shopFolder = shopFolder
        let links = Links(url: catalogue.shop.url, languages: catalogue.shop.languages)
        var files: [String: String] = [:]
        var listings: [(prefix: String, file: String)] = []
        for (language, tag) in catalogue.shop.languages.enumerated() {
            func add(_ path: String, _ file: String) {
                if !file.isEmpty { files[links.url(SitePath.file(path), language: language)] = file }
            }
            for product in catalogue.products { add(Links.product(product.slug), product.text(tag).path) }
            for page in catalogue.pages { add(Links.page(page.slug), page.text(tag).path) }
            for (root, topics) in [("categories", catalogue.categories), ("tags", catalogue.tags)] {
                for topic in topics where !topic.text(tag).path.isEmpty {
                    listings.append((links.url(Links.listing(root, topic.slug, page: 1), language: language), topic.text(tag).path))
                }
            }
        }
        self.files = files
        self.listings = listings
    }

    /// The content file that a page shows; nil where it shows none of its own.
    func file(of page: String) -> String? {
        files[page] ?? listings.first { page.hasPrefix($0.prefix) }?.file
    }

    /// Where something on a page was written.
    ///
    /// - Parameters:
    ///   - wanted: what the merchant's file would hold if it came from there, the likeliest first.
    ///   - page: the page's path below the site.
    func location(_ place: HTMLPlace, on page: String, searching wanted: [String] = []) -> (location: SourceLocation, line: String?) {
        if let mark = place.mark, let found = marks.place(mark) { return (found.location, found.line) }
        if let file = file(of: page) {
            return find(wanted, in: file) ?? (SourceLocation(path: file, line: 1, column: 1), nil)
        }
        if let near = place.near, let found = marks.place(near) { return (found.location, found.line) }
        return (SourceLocation(path: "site/\(page)", line: 1, column: 1), nil)
    }

    /// The first place in a file of the shop that holds one of the texts.
    func find(_ wanted: [String], in file: String) -> (location: SourceLocation, line: String?)? {
        guard let bytes = try? Files.read("\(shopFolder)/\(file)") else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for text in wanted where !text.isEmpty {
            for (number, line) in lines.enumerated() {
                guard let range = line.firstRange(of: text) else { continue }
                let column = line.distance(from: line.startIndex, to: range.lowerBound) + 1
                return (SourceLocation(path: file, line: number + 1, column: column), String(line))
            }
        }
        return nil
    }

    /// A finding at the place of something on a page.
    func finding(
        _ rule: String, _ message: String, hint: String? = nil, _ place: HTMLPlace, on page: String, searching wanted: [String] = [],
        isWarning: Bool = false
    ) -> CheckFinding {
        let (location, line) = location(place, on: page, searching: wanted)
        return CheckFinding(
            rule, Diagnostic(isWarning ? .warning : .error, at: location, message, hint: hint, sourceLine: line), pages: [page])
    }
}
