package import Templates

/// What pages and mails look like and say: the compiled theme of each language, and the files that pages refer to.
///
/// Made from the shop's theme by whoever starts the daemon, so that this layer does not know how themes are found.
package struct Face: Sendable {
    /// One language of the theme.
    package struct Edition: Sendable {
        /// Tag of BCP 47.
        package let language: String
        package let templates: TemplateSet
        /// `strings.yaml` by key.
        package let texts: [String: String]

        package init(language: String, templates: TemplateSet, texts: [String: String]) {
            self.language = language
            self.templates = templates
            self.texts = texts
        }
    }

    /// A file that pages refer to, named by its content.
    package struct File: Sendable {
        /// `assets/style.1f2e3d4c5b6a7988.css`
        package let path: String
        package let content: [UInt8]

        package init(path: String, content: [UInt8]) {
            self.path = path
            self.content = content
        }
    }

    /// The first is the default.
    let editions: [Edition]
    private let files: [String: File]
    let style: (path: String, integrity: String)?
    let icon: String?
    /// The scripts of the theme by their name there (`wechat-pay.js`).
    let scripts: [String: (path: String, integrity: String)]
    /// Draws a text as a QR code in SVG; nil when it cannot.
    let code: @Sendable (String) -> [UInt8]?

    /// - Parameters:
    ///   - editions: one for each of the shop's languages, the default first.
    ///   - files: what `/assets/` serves.
    ///   - style: path and `sha384-…` of the style sheet, one of `files`.
    ///   - icon: path of the icon, one of `files`.
    ///   - scripts: path and `sha384-…` of scripts, each one of `files`, by their names in the theme.
    ///   - code: draws a text as a QR code, an SVG element; nil when the text is too long. Without it a page shows the text alone.
    package init(
        editions: [Edition], files: [File], style: (path: String, integrity: String)?, icon: String?,
        scripts: [String: (path: String, integrity: String)] = [:],
        code: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }
    ) {
        self.code = code
        self.scripts = scripts
        self.editions = editions
        self.files = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        self.style = style
        self.icon = icon
    }

    func file(_ path: String) -> File? { files[path] }

    /// The edition of a language, or the default one. Nil only when there is none at all.
    func edition(_ language: String?) -> Edition? {
        editions.first { $0.language == language } ?? editions.first
    }

    /// The language to answer in: the first that `Accept-Language` names and the theme has, else the default. Weights are not
    /// weighed: browsers list the best first. `zh-TW` takes `zh-CN` when there is no better.
    func language(accepting header: [String]) -> String? {
        let wanted = header.flatMap { $0.split(separator: ",") }.prefix(16).map { item in
            item.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        }
        for tag in wanted {
            if let exact = editions.first(where: { $0.language.lowercased() == tag }) { return exact.language }
            let primary = tag.prefix { $0 != "-" }
            if let near = editions.first(where: { $0.language.lowercased().prefix { $0 != "-" } == primary }) { return near.language }
        }
        return editions.first?.language
    }
}
