/// The files of one product, page or topic: the text in the default language and its translations.
struct ContentUnit: Hashable, Sendable {
    struct Translation: Hashable, Sendable {
        let language: String
        let path: String
    }

    let slug: String
    /// The file in the default language.
    let path: String
    let translations: [Translation]
    /// The folder of ``path``, relative to the shop folder.
    var folder: String { String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
}

/// A name like `lamp.zh.md` taken apart.
struct ContentName {
    /// `lamp`
    let stem: String
    /// `zh`; nil in `lamp.md`.
    let suffix: String?

    /// - Returns: nil when the name does not end in `.md`.
    init?(_ name: String) {
        guard name.hasSuffix(".md") else { return nil }
        let base = name.dropLast(3)
        if let point = base.lastIndex(of: "."), point > base.startIndex {
            stem = String(base[..<point])
            suffix = String(base[base.index(after: point)...])
        } else {
            stem = String(base)
            suffix = nil
        }
    }

    /// The one of `languages` that a suffix means: the tag itself, or else the first with that primary subtag.
    static func language(_ suffix: String, among languages: [String]) -> String? {
        let wanted = suffix.lowercased()
        return languages.first { $0.lowercased() == wanted } ?? languages.first { Language.primary($0) == wanted }
    }
}
