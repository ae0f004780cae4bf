/// A product in one language.
package struct ProductText: Sendable {
    /// A question that buyers ask.
    package struct Question: Sendable {
        /// Plain text.
        package let question: String
        /// Markdown, rendered.
        package let answer: Prose
    }

    /// The language of this text, a tag of the shop's languages.
    package let language: String
    package let title: String
    /// Plain text, one paragraph; may be empty.
    package let summary: String
    package let body: Prose
    package let faq: [Question]
    /// For each of ``Product/images``; the title where nothing was written.
    package let imageTexts: [String]
    /// The file it was read from, relative to the shop folder.
    package let path: String

    init(
        language: String, title: String, summary: String = "", body: Prose = Prose(), faq: [Question] = [], imageTexts: [String] = [],
        path: String
    ) {
        self.language = language
        self.title = title
        self.summary = summary
        self.body = body
        self.faq = faq
        self.imageTexts = imageTexts
        self.path = path
    }

    package var html: [UInt8] { body.html }
    package var headings: [Heading] { body.headings }
}
