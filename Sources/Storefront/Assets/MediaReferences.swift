import Catalog

/// The files of the shop folder that products, pages and topics name: as pictures, or as links.
struct MediaReferences: Sendable {
    /// Sorted, each once.
    let paths: [String]
    private let shown: Set<String>
    private let linked: Set<String>

    init(_ catalogue: Catalogue, shopFolder: String) {
        var shown: Set<String> = []
        var linked: Set<String> = []
        func add(_ prose: Prose) {
            for reference in prose.references {
                guard reference.path.hasPrefix("content/"), BodyLinks.markdownTarget(reference.path) == nil,
                    !shown.contains(reference.path) || reference.kind == .link,
                    Files.entry("\(shopFolder)/\(reference.path)")?.kind == .file
                else { continue }
                if reference.kind == .image { shown.insert(reference.path) } else { linked.insert(reference.path) }
            }
        }
        for product in catalogue.products {
            for image in product.images { shown.insert(image.path) }
            for text in product.texts.values {
                add(text.body)
                for question in text.faq { add(question.answer) }
            }
        }
        for text in catalogue.pages.flatMap(\.texts.values) { add(text.body) }
        for text in (catalogue.categories + catalogue.tags).flatMap(\.texts.values) { add(text.body) }
        paths = shown.union(linked).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.shown = shown
        self.linked = linked
    }

    func isShown(_ path: String) -> Bool { shown.contains(path) }
    func isLinked(_ path: String) -> Bool { linked.contains(path) }
}
