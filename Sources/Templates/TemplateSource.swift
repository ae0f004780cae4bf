/// The text of one template and the name its diagnostics give it.
package struct TemplateSource: Sendable {
    /// The file as the merchant knows it, such as `templates/pages/home.html`.
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
