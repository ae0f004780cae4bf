import CCmark

/// CommonMark (libcmark 0.30) with GFM tables and strikethrough → safe HTML.
///
/// The HTML is that of `cmark_render_html` but for: tables, `<del>`, `id`s of headings, raw HTML left out (with a warning
/// for each place), and targets checked (see ``LinkPolicy``). `CMARK_OPT_UNSAFE` and smart punctuation are off.
struct MarkdownRenderer {
    let context: MarkdownContext

    init(_ context: MarkdownContext) {
        self.context = context
    }

    /// - Parameter bytes: valid UTF-8 without NUL.
    func render(_ bytes: ArraySlice<UInt8>) -> Prose {
        context.folder.profile.measure(.markdown) { prose(bytes) }
    }

    private func prose(_ bytes: ArraySlice<UInt8>) -> Prose {
        guard bytes.contains(where: { $0 > 0x20 }) else { return Prose() }
        let source = MarkdownSource(bytes, context: context)
        var writer = HTMLWriter(source: source, context: context)
        source.withTree(source.bytes[...]) { root in
            writer.document(root)
        }
        return writer.prose
    }
}
