/// `faq:` → questions with rendered answers.
struct FAQReader {
    let report: Report
    let folder: ShopFolder
    let base: String
    let lineOffset: Int

    func read(_ fields: Fields) -> [ProductText.Question] {
        fields.list("faq").compactMap { item in
            guard let entry = Fields(item, "faq", known: ["question", "answer"], report: report) else { return nil }
            let question = entry.text("question", required: true)
            let answer = entry.scalar("answer", required: true)
            guard let question, let answer else { return nil }
            // A place inside a YAML scalar is not a place in the file: mistakes of the answer are reported at its beginning.
            let inner = Report(SourceText(path: report.source.path, bytes: Array(answer.text.utf8)))
            let context = MarkdownContext(report: inner, lineOffset: 0, base: base, folder: folder, headingIDs: false)
            let prose = MarkdownRenderer(context).render(inner.source.bytes[...])
            let place = report.location(answer.mark)
            for mistake in inner.diagnostics {
                if mistake.severity == .error {
                    report.error(place, mistake.message, hint: mistake.hint)
                } else {
                    report.warning(place, mistake.message, hint: mistake.hint)
                }
            }
            return ProductText.Question(question: question, answer: prose.mentioned(at: place, report.source.line(place.line)))
        }
    }
}
