/// A page of `content/pages/`: terms, refunds, …
package struct Page: Sendable {
    /// Part of its URL, as for a product.
    package let slug: String
    /// Smaller comes first; 0 when not said.
    package let order: Int
    /// Whether the site's navigation lists it.
    package let nav: Bool
    /// By language; always one for the shop's default language.
    package let texts: [String: PageText]
    let defaultLanguage: String

    /// The text in `language`, or in the shop's default language.
    package func text(_ language: String) -> PageText {
        texts[language] ?? texts[defaultLanguage] ?? PageText(language: defaultLanguage, title: slug, path: "")
    }
}

/// A page or topic in one language.
package struct PageText: Sendable {
    package let language: String
    package let title: String
    /// Plain text; may be empty.
    package let summary: String
    package let body: Prose
    /// The file it was read from, relative to the shop folder; empty for a topic without one.
    package let path: String

    init(language: String, title: String, summary: String = "", body: Prose = Prose(), path: String) {
        self.language = language
        self.title = title
        self.summary = summary
        self.body = body
        self.path = path
    }

    package var html: [UInt8] { body.html }
    package var headings: [Heading] { body.headings }
}
