import CCmark
import Glibc

/// Writes the HTML of a libcmark tree, node by node, without recursion (a text may nest as deep as it is long).
struct HTMLWriter {
    let source: MarkdownSource
    let context: MarkdownContext
    private(set) var html: [UInt8] = []
    private var references: [Prose.Reference] = []
    private var inserts: [Prose.Insert] = []
    var mentions: [SKUMention] = []
    private var headings: [Heading] = []
    private var ids = HeadingIDs()
    /// Inside an image only plain text is written: its `alt`.
    private var image: OpaquePointer?
    private var isFilm = false
    /// A link whose words are left out.
    private var silent: OpaquePointer?
    /// Where the cell begins (in the file) whose content is being written: it has a tree of its own, with its own lines.
    private var cell: Int?
    /// ``MarkdownSource/definitions()``, made when the first cell asks.
    private var definitions: [UInt8]?

    init(source: MarkdownSource, context: MarkdownContext) {
        self.source = source
        self.context = context
        html.reserveCapacity(source.bytes.count + source.bytes.count / 4)
    }

    /// What was written, in an array of exactly its size: a shop keeps thousands.
    var prose: Prose {
        let exact = html.withUnsafeBufferPointer { html in
            [UInt8](unsafeUninitializedCapacity: html.count) { buffer, count in count = buffer.update(fromContentsOf: html) }
        }
        return Prose(html: exact, references: references, inserts: inserts, headings: headings, mentions: mentions)
    }

    mutating func document(_ root: OpaquePointer) {
        walk(root, skipping: nil)
    }

    /// The content of a table's cell, as of a paragraph, at `offset` of the file.
    mutating func inline(_ text: [UInt8], at offset: Int) {
        if !source.hidesTildes, !text.contains(where: { $0 < 0x80 && Self.marks[Int($0)] }) { return HTMLEscape.append(text, to: &html) }
        // “. ” keeps libcmark from seeing a list or heading; a space before the content is as good as a line's beginning.
        var bytes: [UInt8] = Array(". ".utf8) + text
        if text.contains(UInt8(ascii: "[")) {
            let known = definitions ?? source.definitions()
            definitions = known
            if !known.isEmpty { bytes += Array("\n\n".utf8) + known }
        }
        let outer = cell
        cell = offset
        source.withTree(bytes[...]) { root in
            guard let paragraph = cmark_node_first_child(root), let first = cmark_node_first_child(paragraph) else { return }
            if let literal = cmark_node_get_literal(first) { cmark_node_set_literal(first, String(cString: literal.advanced(by: 2))) }
            walk(paragraph, skipping: paragraph)
        }
        cell = outer
    }

    /// Lines of a paragraph that stand before a table in it.
    mutating func paragraph(_ text: [UInt8], at offset: Int) {
        write("<p>")
        inline(text, at: offset)
        write("</p>\n")
    }

    /// ASCII characters that may mean something inside a paragraph; a text without them is what it says.
    private static let marks: [Bool] = (0..<128).map { $0 < 0x20 || "\\`*_[]<>&!~".utf8.contains(UInt8($0)) }

    mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { html.append(contentsOf: $0) }
    }

    mutating func write(_ text: String) { html += text.utf8 }

    /// A line end, unless there is one.
    mutating func newLine() {
        if let last = html.last, last != 0x0A { html.append(0x0A) }
    }

    private mutating func walk(_ root: OpaquePointer, skipping skipped: OpaquePointer?) {
        guard let iterator = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
            let entering = event == CMARK_EVENT_ENTER
            if entering, source.mayStrike, Strikethrough.apply(to: node) { cmark_iter_reset(iterator, node, CMARK_EVENT_ENTER) }
            if entering, cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE, marksNotice(node) {
                cmark_iter_reset(iterator, node, CMARK_EVENT_ENTER)
            }
            if node == skipped || (silent != nil && silent != node) { continue }
            if let image {
                plain(node, entering: entering, image: image)
                continue
            }
            if entering, source.mayHoldTables, cell == nil, cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH,
                let table = PipeTable(node, source, context)
            {
                table.write(to: &self, context: context)
                cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
                continue
            }
            block(node, entering: entering)
        }
    }

    private mutating func block(_ node: OpaquePointer, entering: Bool) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_BLOCK_QUOTE: quote(node, entering: entering)
        case CMARK_NODE_CUSTOM_BLOCK: noticeTitle(node, entering: entering)
        case CMARK_NODE_LIST: list(node, entering: entering)
        case CMARK_NODE_ITEM:
            if entering { newLine() }
            write(entering ? "<li>" : "</li>\n")
        case CMARK_NODE_HEADING: heading(node, entering: entering)
        case CMARK_NODE_CODE_BLOCK: codeBlock(node)
        case CMARK_NODE_HTML_BLOCK:
            newLine()
            refuseHTML(node)
        case CMARK_NODE_THEMATIC_BREAK:
            newLine()
            write("<hr />\n")
        case CMARK_NODE_PARAGRAPH:
            let list = cmark_node_parent(node).flatMap { cmark_node_parent($0) }
            if let list, cmark_node_get_type(list) == CMARK_NODE_LIST, cmark_node_get_list_tight(list) != 0 { return }
            if entering { newLine() }
            write(entering ? "<p>" : "</p>\n")
        default: span(node, entering: entering)
        }
    }

    private mutating func span(_ node: OpaquePointer, entering: Bool) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: text(cmark_node_get_literal(node), tilde: "~")
        case CMARK_NODE_LINEBREAK: write("<br />\n")
        case CMARK_NODE_SOFTBREAK: write("\n")
        case CMARK_NODE_CODE:
            write("<code>")
            text(cmark_node_get_literal(node), tilde: "\\~")
            write("</code>")
        case CMARK_NODE_HTML_INLINE: refuseHTML(node)
        case CMARK_NODE_CUSTOM_INLINE: write(entering ? "<del>" : "</del>")
        case CMARK_NODE_STRONG: write(entering ? "<strong>" : "</strong>")
        case CMARK_NODE_EMPH: write(entering ? "<em>" : "</em>")
        case CMARK_NODE_LINK: link(node, entering: entering)
        case CMARK_NODE_IMAGE:
            let url = url(node)
            isFilm = Self.isFilm(url)
            write(isFilm ? "<video class=\"video\" controls preload=\"none\" src=\"" : "<img src=\"")
            target(url, node, isFilm ? .film : .image)
            write(isFilm ? " aria-label=\"" : " alt=\"")
            image = node
        default: break
        }
    }

    private mutating func plain(_ node: OpaquePointer, entering: Bool, image node0: OpaquePointer) {
        if node == node0 {
            image = nil
            write("\"")
            title(node)
            write(isFilm ? "></video>" : " />")
            return
        }
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: text(cmark_node_get_literal(node), tilde: "~")
        case CMARK_NODE_CODE: text(cmark_node_get_literal(node), tilde: "\\~")
        case CMARK_NODE_LINEBREAK, CMARK_NODE_SOFTBREAK: write(" ")
        default: break
        }
    }

    private mutating func list(_ node: OpaquePointer, entering: Bool) {
        let ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        if !entering { return write(ordered ? "</ol>\n" : "</ul>\n") }
        newLine()
        let start = cmark_node_get_list_start(node)
        if !ordered { write("<ul>\n") } else if start == 1 { write("<ol>\n") } else { write("<ol start=\"\(start)\">\n") }
    }

    private mutating func heading(_ node: OpaquePointer, entering: Bool) {
        let level = Int(cmark_node_get_heading_level(node))
        let digit = UInt8(ascii: "0") + UInt8(level)
        guard entering else {
            write("</h")
            html.append(digit)
            return write(">\n")
        }
        newLine()
        write("<h")
        html.append(digit)
        guard context.headingIDs else { return write(">") }
        let title = PlainText.of(node)
        let id = ids.next(title)
        headings.append(Heading(level: level, id: id, title: title))
        write(" id=\"")
        write(id)
        write("\">")
    }

    private mutating func codeBlock(_ node: OpaquePointer) {
        newLine()
        let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
        let language = info.prefix { !" \t\n\r".contains($0) }
        if language.isEmpty {
            write("<pre><code>")
        } else {
            write("<pre><code class=\"language-")
            HTMLEscape.append(Self.restored(Array(language.utf8), tilde: "~"), to: &html)
            write("\">")
        }
        text(cmark_node_get_literal(node), tilde: "\\~")
        write("</code></pre>\n")
    }

    private mutating func text(_ literal: UnsafePointer<CChar>?, tilde: String) {
        guard let literal else { return }
        if source.hidesTildes { return HTMLEscape.append(Self.restored(Self.bytes(literal), tilde: tilde), to: &html) }
        HTMLEscape.append(Self.buffer(literal), to: &html)
    }

    private mutating func link(_ node: OpaquePointer, entering: Bool) {
        let url = url(node)
        if let code = Shortcode(url) {
            if entering, begin(code, url, node) { silent = node }
            if !entering {
                silent = nil
                end(code)
            }
            return
        }
        guard entering else { return write("</a>") }
        write("<a href=\"")
        target(url, node, .link)
        title(node)
        write(">")
    }

    private func url(_ node: OpaquePointer) -> [UInt8] {
        Self.restored(cmark_node_get_url(node).map { Self.bytes($0) } ?? [], tilde: "~")
    }

    /// Leaves a place for a price or a word.
    mutating func insert(_ kind: Prose.Insert.Kind) {
        inserts.append(Prose.Insert(kind: kind, offset: html.count))
    }

    /// Leaves a place for an address.
    mutating func refer(_ kind: Prose.Reference.Kind, path: String) {
        references.append(Prose.Reference(kind: kind, path: path, suffix: "", range: html.count..<html.count))
    }

    /// Writes the value of `href` or `src` and the quote after it.
    private mutating func target(_ url: [UInt8], _ node: OpaquePointer, _ kind: Prose.Reference.Kind) {
        let start = html.count
        switch LinkPolicy(context: context).judge(String(decoding: url, as: UTF8.self), kind) {
        case .open: LinkPolicy.append(url, to: &html)
        case .reference(let path, let suffix):
            LinkPolicy.append(url, to: &html)
            references.append(Prose.Reference(kind: kind, path: path, suffix: suffix, range: start..<html.count))
        case .refused(let message, let hint): context.report.error(location(node), message, hint: hint)
        }
        write("\"")
    }

    private mutating func title(_ node: OpaquePointer) {
        guard let title = cmark_node_get_title(node), title.pointee != 0 else { return }
        write(" title=\"")
        text(title, tilde: "~")
        write("\"")
    }

    /// Comments are left out in silence: that is what they are for.
    private func refuseHTML(_ node: OpaquePointer) {
        if let literal = cmark_node_get_literal(node), String(cString: literal).hasPrefix("<!--") { return }
        context.report.warning(location(node), "raw HTML is left out", hint: "write Markdown; put “\\” before a “<” that is meant as text")
    }

    func location(_ node: OpaquePointer) -> SourceLocation {
        if let cell { return context.report.source.location(offset: cell) }
        var place = node
        while cmark_node_get_start_line(place) == 0, let parent = cmark_node_parent(place) { place = parent }
        let line = Int(cmark_node_get_start_line(place))
        return context.report.source.location(line: line + context.lineOffset, byte: max(1, Int(cmark_node_get_start_column(place))))
    }

    static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] { Array(buffer(text)) }

    /// The bytes before the NUL, as long as `text` lives.
    static func buffer(_ text: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: strlen(text))
    }

    /// `bytes` with the tildes back that ``MarkdownSource`` hid.
    static func restored(_ bytes: [UInt8], tilde: String) -> [UInt8] {
        guard bytes.contains(0x91) else { return bytes }
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0x91 {
                out += tilde.utf8
                index += 2
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return out
    }
}
