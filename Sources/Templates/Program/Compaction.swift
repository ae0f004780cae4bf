/// Takes the white space that means nothing out of HTML templates, once, when a theme is compiled.
///
/// A run of white space in text becomes one line feed or space, one between attributes a space; comments go (not
/// `<!--[`, which speaks to programs). Attribute values and what is inside `pre`, `textarea`, `script` and `style` stay
/// as they are, and so does every value. White space is never taken away altogether: whether it shows between two
/// elements is for the style sheet to say.
///
/// Conservative where the markup can not be followed: a piece that is included inside a tag or a `pre` stays
/// as it is, and a theme with a piece or section that ends elsewhere than it began (an opened `pre`, half a tag) stays as it is
/// altogether.
struct Compaction {
    private let theme: Theme
    /// Templates that are included where white space counts.
    private var verbatim: Set<Int> = []
    private var allVerbatim = false
    private var keepsArguments = false
    private var isOpen = false

    /// The theme's templates, compacted.
    static func templates(of theme: Theme) -> [Theme.Template] {
        var compaction = Compaction(theme: theme)
        // What a piece may lose depends on where others include it, so everything is walked before anything is taken.
        for template in theme.templates where template.escapes { _ = compaction.compacted(template.nodes) }
        guard !compaction.isOpen, !compaction.allVerbatim else { return theme.templates }
        compaction.spread()
        return theme.templates.enumerated().map { place, template in
            guard template.escapes, !compaction.verbatim.contains(place) else { return template }
            return Theme.Template(
                name: template.name, source: template.source, nodes: compaction.compacted(template.nodes), escapes: true,
                isWhole: template.isWhole)
        }
    }

    private init(theme: Theme) {
        self.theme = theme
    }

    /// What a verbatim piece includes is verbatim too.
    private mutating func spread() {
        var waiting = Array(verbatim)
        while let place = waiting.popLast() {
            for target in Self.targets(theme.templates[place].nodes, theme) where verbatim.insert(target).inserted {
                waiting.append(target)
            }
        }
    }

    private static func targets(_ nodes: [Node], _ theme: Theme) -> [Int] {
        nodes.flatMap { node -> [Int] in
            switch node {
            case .section(_, let content), .inverted(_, let content): targets(content, theme)
            case .block(let block): targets(block.content, theme)
            case .partial(let inclusion): place(inclusion, theme)
            case .parent(let inclusion, let arguments): place(inclusion, theme) + arguments.flatMap { targets($0.content, theme) }
            case .lineStart, .literal, .variable, .string: []
            }
        }
    }

    private static func place(_ inclusion: Inclusion, _ theme: Theme) -> [Int] {
        guard case .fixed(let name) = inclusion.target, let place = theme.place(of: name) else { return [] }
        return [place]
    }

    /// A template or argument from its beginning, which is text.
    private mutating func compacted(_ nodes: [Node]) -> [Node] {
        var markup = Markup()
        let result = compacted(nodes, &markup)
        if markup.place != .text { isOpen = true }
        return result
    }

    private mutating func compacted(_ nodes: [Node], _ markup: inout Markup) -> [Node] {
        var out: [Node] = []
        var pending: [UInt8] = []
        for node in nodes {
            if case .lineStart = node { continue }
            if case .literal(let bytes) = node {
                pending += bytes
                continue
            }
            Self.flush(&pending, &markup, &out)
            out.append(rest(node, &markup))
            markup.isSpaced = false
        }
        Self.flush(&pending, &markup, &out)
        return out
    }

    private static func flush(_ pending: inout [UInt8], _ markup: inout Markup, _ out: inout [Node]) {
        guard !pending.isEmpty else { return }
        let bytes = markup.compacted(pending)
        if !bytes.isEmpty { out.append(.literal(bytes)) }
        pending = []
    }

    private mutating func rest(_ node: Node, _ markup: inout Markup) -> Node {
        let before = markup.place
        switch node {
        case .section(let name, let content):
            defer { if markup.place != before { isOpen = true } }
            return .section(name, compacted(content, &markup))
        case .inverted(let name, let content):
            defer { if markup.place != before { isOpen = true } }
            return .inverted(name, compacted(content, &markup))
        case .partial(let inclusion): return .partial(included(inclusion, before))
        case .parent(let inclusion, let arguments):
            let own = arguments.map { argument in
                let content = compacted(argument.content)
                return Argument(name: argument.name, content: keepsArguments ? argument.content : content, offset: argument.offset)
            }
            return .parent(included(inclusion, before), own)
        case .block(let block):
            // Arguments are walked as text: not so where one of the blocks is an attribute's value.
            if before != .text { keepsArguments = true }
            defer { if markup.place != before { isOpen = true } }
            return .block(
                Block(name: block.name, content: compacted(block.content, &markup), startsLine: block.startsLine, indent: block.indent))
        case .lineStart, .literal, .variable, .string: return node
        }
    }

    /// Indentation is white space as any other.
    private mutating func included(_ inclusion: Inclusion, _ place: Markup.Place) -> Inclusion {
        guard place != .text else { return Inclusion(target: inclusion.target, indent: nil, offset: inclusion.offset) }
        if case .fixed(let name) = inclusion.target {
            if let target = theme.place(of: name) { verbatim.insert(target) }
        } else {
            allVerbatim = true
        }
        return inclusion
    }
}
