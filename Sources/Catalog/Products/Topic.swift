/// A category or a tag: its slug and what it is called.
///
/// Products name it; `content/categories/<slug>.md` or `content/tags/<slug>.md` may give it a title, a summary
/// and a place in each language. Without such a file its title is the text the first product wrote.
package struct Topic: Sendable {
    package let slug: String
    /// Smaller comes first; 0 when not said.
    package let order: Int
    /// By language; always one for the shop's default language.
    package let texts: [String: PageText]
    let defaultLanguage: String

    package func text(_ language: String) -> PageText {
        texts[language] ?? texts[defaultLanguage] ?? PageText(language: defaultLanguage, title: slug, path: "")
    }
}
