import CCmark

/// `~~struck~~` of GitHub Flavored Markdown (section 6.5), as a change of libcmark's tree: a custom inline node around
/// what stands between two pairs of tildes on one level.
enum Strikethrough {
    private enum Piece {
        case node(OpaquePointer)
        case text([UInt8])
        /// `~~`; whether it may begin and whether it may end.
        case mark(opens: Bool, closes: Bool)
    }

    /// Wraps what is struck among the children of `node`.
    ///
    /// - Returns: whether the tree changed.
    static func apply(to node: OpaquePointer) -> Bool {
        guard cmark_node_get_type(node) != CMARK_NODE_CUSTOM_INLINE else { return false }
        var child = cmark_node_first_child(node)
        var found = false
        while let current = child, !found {
            if cmark_node_get_type(current) == CMARK_NODE_TEXT, let literal = cmark_node_get_literal(current) {
                found = hasPair(literal)
            }
            child = cmark_node_next(current)
        }
        guard found else { return false }
        let pieces = pieces(of: node)
        let roles = roles(pieces)
        guard roles.contains(where: { $0 != 0 }) else { return false }
        rebuild(node, pieces, roles)
        return true
    }

    private static func hasPair(_ text: UnsafePointer<CChar>) -> Bool {
        var pointer = text
        let tilde = CChar(UInt8(ascii: "~"))
        while pointer.pointee != 0 {
            if pointer.pointee == tilde, pointer[1] == tilde { return true }
            pointer += 1
        }
        return false
    }

    private static func pieces(of node: OpaquePointer) -> [Piece] {
        var pieces: [Piece] = []
        var child = cmark_node_first_child(node)
        while let current = child {
            if cmark_node_get_type(current) == CMARK_NODE_TEXT, let literal = cmark_node_get_literal(current) {
                let edges = (isSolid(cmark_node_previous(current)), isSolid(cmark_node_next(current)))
                split(HTMLWriter.bytes(literal), edges, into: &pieces)
            } else {
                pieces.append(.node(current))
            }
            child = cmark_node_next(current)
        }
        return pieces
    }

    /// Whether a neighbour counts as a letter rather than as white space.
    private static func isSolid(_ node: OpaquePointer?) -> Bool {
        guard let node else { return false }
        let type = cmark_node_get_type(node)
        return type != CMARK_NODE_SOFTBREAK && type != CMARK_NODE_LINEBREAK
    }

    private static func split(_ text: [UInt8], _ edges: (before: Bool, after: Bool), into pieces: inout [Piece]) {
        let tilde = UInt8(ascii: "~")
        var start = 0
        var index = 0
        while index < text.count {
            guard text[index] == tilde else {
                index += 1
                continue
            }
            var end = index
            while end < text.count, text[end] == tilde { end += 1 }
            if end - index == 2 {
                if start < index { pieces.append(.text(Array(text[start..<index]))) }
                let opens = end < text.count ? text[end] > 0x20 : edges.after
                let closes = index > 0 ? text[index - 1] > 0x20 : edges.before
                pieces.append(.mark(opens: opens, closes: closes))
                start = end
            }
            index = end
        }
        if start < text.count { pieces.append(.text(Array(text[start...]))) }
    }

    /// For each piece 1 where a strike begins, -1 where it ends, else 0.
    private static func roles(_ pieces: [Piece]) -> [Int] {
        var roles = [Int](repeating: 0, count: pieces.count)
        var opener: Int?
        for (index, piece) in pieces.enumerated() {
            guard case .mark(let opens, let closes) = piece else { continue }
            if closes, let begin = opener {
                roles[begin] = 1
                roles[index] = -1
                opener = nil
            } else if opens, opener == nil {
                opener = index
            }
        }
        return roles
    }

    private static func rebuild(_ node: OpaquePointer, _ pieces: [Piece], _ roles: [Int]) {
        while let child = cmark_node_first_child(node) {
            let isText = cmark_node_get_type(child) == CMARK_NODE_TEXT
            cmark_node_unlink(child)
            if isText { cmark_node_free(child) }
        }
        var parent = node
        for (piece, role) in zip(pieces, roles) {
            switch piece {
            case .node(let child): cmark_node_append_child(parent, child)
            case .text(let bytes): append(bytes, to: parent)
            case .mark where role == 1:
                guard let strike = cmark_node_new_with_mem(CMARK_NODE_CUSTOM_INLINE, MarkdownArena.memory) else { continue }
                cmark_node_append_child(node, strike)
                parent = strike
            case .mark where role == -1: parent = node
            case .mark: append(Array("~~".utf8), to: parent)
            }
        }
    }

    private static func append(_ bytes: [UInt8], to parent: OpaquePointer) {
        guard let text = cmark_node_new_with_mem(CMARK_NODE_TEXT, MarkdownArena.memory) else { return }
        cmark_node_set_literal(text, String(decoding: bytes, as: UTF8.self))
        cmark_node_append_child(parent, text)
    }
}
