import CCmark

/// The text of a node without its mark-up.
enum PlainText {
    static func of(_ root: OpaquePointer) -> String {
        // Most headings are one text.
        if let only = cmark_node_first_child(root), cmark_node_next(only) == nil, cmark_node_get_type(only) == CMARK_NODE_TEXT,
            let literal = cmark_node_get_literal(only)
        {
            return String(decoding: HTMLWriter.restored(HTMLWriter.bytes(literal), tilde: "~"), as: UTF8.self)
        }
        guard let iterator = cmark_iter_new(root) else { return "" }
        defer { cmark_iter_free(iterator) }
        var out: [UInt8] = []
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
            guard event == CMARK_EVENT_ENTER else { continue }
            switch cmark_node_get_type(node) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE: if let literal = cmark_node_get_literal(node) { out += HTMLWriter.bytes(literal) }
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: out.append(0x20)
            default: break
            }
        }
        return String(decoding: HTMLWriter.restored(out, tilde: "~"), as: UTF8.self)
    }
}
