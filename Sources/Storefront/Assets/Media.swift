import Catalog

/// The pictures and files of products and pages, published under names that say their content.
struct Media: Sendable {
    /// URL from the host's root, by path relative to the shop folder.
    private let urls: [String: String]

    /// Publishes every file that products, pages and topics refer to.
    ///
    /// - Parameter firstNumber: the publication's number for the first file; one more for each next.
    /// - Throws: ``SiteError`` `file` when one cannot be read or staged.
    static func publish(
        _ catalogue: Catalogue, shopFolder: String, base: String, into publication: Publication, firstNumber: Int, jobs: Int
    ) throws(SiteError) -> (media: Media, offers: [Publication.Offer]) {
        let paths = referenced(by: catalogue, shopFolder: shopFolder)
        let done = try parallelMap(paths.count, jobs: jobs) { (index) throws(SiteError) in
            let content = try Files.read("\(shopFolder)/\(paths[index])")
            let file = Asset.name("media/" + published(paths[index]), content)
            return (url: "\(base)/\(file)", offer: try publication.offer(content, path: file, kind: .asset, number: firstNumber + index))
        }
        var urls: [String: String] = [:]
        var offers: [String: Publication.Offer] = [:]
        for (path, one) in zip(paths, done) {
            urls[path] = one.url
            // Equal files of equal names are one file.
            offers[one.offer.file.path] = one.offer
        }
        return (Media(urls: urls), offers.values.sorted { $0.file.path.utf8.lexicographicallyPrecedes($1.file.path.utf8) })
    }

    init(urls: [String: String]) {
        self.urls = urls
    }

    /// The URL of a file of the shop folder, or nil when it was not published.
    func url(_ path: String) -> String? { urls[path] }

    /// The last names of a path in plain characters: `content/products/lamp/cover.svg` → `cover.svg`.
    private static func published(_ path: String) -> String {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
        let plain = name.map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): byte
            default: UInt8(ascii: "-")
            }
        }
        return plain.first == UInt8(ascii: ".") ? "file" + String(decoding: plain, as: UTF8.self) : String(decoding: plain, as: UTF8.self)
    }

    private static func referenced(by catalogue: Catalogue, shopFolder: String) -> [String] {
        var paths: Set<String> = []
        func add(_ prose: Prose) {
            for reference in prose.references {
                guard reference.path.hasPrefix("content/"), BodyLinks.markdownTarget(reference.path) == nil else { continue }
                if Files.entry("\(shopFolder)/\(reference.path)")?.kind == .file { paths.insert(reference.path) }
            }
        }
        for product in catalogue.products {
            for image in product.images { paths.insert(image.path) }
            for text in product.texts.values {
                add(text.body)
                for question in text.faq { add(question.answer) }
            }
        }
        for text in catalogue.pages.flatMap(\.texts.values) { add(text.body) }
        for text in (catalogue.categories + catalogue.tags).flatMap(\.texts.values) { add(text.body) }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
