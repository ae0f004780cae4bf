import CCmark

/// A quote that begins with `[!NOTE]`: a box. With `[!QUESTION]` a question and its answer.
///
/// ```
/// > [!WARNING] Read this first
/// > The key works once.
/// ```
/// It is a quote everywhere else that reads Markdown.
enum Notice: Int, CaseIterable {
    case note = 1
    case tip, important, warning, question

    /// As it is written between `[!` and `]`.
    var name: String { "\(self)".uppercased() }

    /// The key of `templates/strings.yaml` that heads a box without words of its own.
    var word: String { "notice_\(self)" }

    /// The name that a quote begins with, in capitals; nil for a plain quote.
    static func name(of quote: OpaquePointer) -> String? {
        guard let paragraph = cmark_node_first_child(quote), cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH,
            let first = cmark_node_first_child(paragraph), cmark_node_get_type(first) == CMARK_NODE_TEXT,
            let literal = cmark_node_get_literal(first)
        else { return nil }
        let text = HTMLWriter.buffer(literal)
        guard text.starts(with: "[!".utf8), let end = text.firstIndex(of: UInt8(ascii: "]")), end > 2, end < 40,
            text[2..<end].allSatisfy({ ($0 | 0x20) &- UInt8(ascii: "a") < 26 })
        else { return nil }
        return String(decoding: UnsafeBufferPointer(rebasing: text[2..<end]), as: UTF8.self).uppercased()
    }

    /// What a node is, as ``mark(_:)`` noted.
    static func of(_ node: OpaquePointer) -> Notice? {
        cmark_node_get_user_data(node).flatMap { Notice(rawValue: Int(bitPattern: $0)) }
    }

    /// Turns the first line of the quote into a block of its own, without the mark that it begins with.
    ///
    /// - Returns: whether words stand in that line, and whether something follows it.
    func mark(_ quote: OpaquePointer) -> (hasTitle: Bool, hasText: Bool) {
        guard let paragraph = cmark_node_first_child(quote), let first = cmark_node_first_child(paragraph),
            let literal = cmark_node_get_literal(first), let title = cmark_node_new_with_mem(CMARK_NODE_CUSTOM_BLOCK, MarkdownArena.memory)
        else { return (false, false) }
        let tag = UnsafeMutableRawPointer(bitPattern: rawValue)
        cmark_node_set_user_data(quote, tag)
        cmark_node_set_user_data(title, tag)
        let rest = HTMLWriter.buffer(literal).dropFirst(name.utf8.count + 3).drop { $0 == 0x20 || $0 == 0x09 }
        let words = String(decoding: rest, as: UTF8.self)
        cmark_node_set_literal(first, words)
        if words.isEmpty {
            cmark_node_unlink(first)
            cmark_node_free(first)
        }
        cmark_node_insert_before(paragraph, title)
        while let node = cmark_node_first_child(paragraph) {
            cmark_node_unlink(node)
            let type = cmark_node_get_type(node)
            if type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK {
                cmark_node_free(node)
                break
            }
            cmark_node_append_child(title, node)
        }
        if cmark_node_first_child(paragraph) == nil {
            cmark_node_unlink(paragraph)
            cmark_node_free(paragraph)
        } else {
            // A table may begin on the second line.
            cmark_node_set_user_data(paragraph, tag)
        }
        return (cmark_node_first_child(title) != nil, cmark_node_next(title) != nil)
    }
}
