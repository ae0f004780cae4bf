/// Finds templates that include each other without end.
///
/// Beneath a section that descends into data an include may lead back: the data ends. Inside a block it
/// may as well, because the block can be overridden. What recurses there without end all the same is
/// stopped by the renderer's limit.
struct RecursionCheck {
    private typealias Edge = (target: Int, offset: Int)

    private let theme: Theme
    private let edges: [[Edge]]
    private var finished: Set<Int> = []
    private var errors: [TemplateError] = []

    static func errors(in theme: Theme) -> [TemplateError] {
        var check = RecursionCheck(theme: theme)
        for place in theme.templates.indices { check.follow(place, path: []) }
        return check.errors
    }

    private init(theme: Theme) {
        self.theme = theme
        edges = theme.templates.map { Self.edges($0.nodes, theme) }
    }

    private mutating func follow(_ place: Int, path: [Int]) {
        guard !finished.contains(place) else { return }
        let path = path + [place]
        for (target, offset) in edges[place] {
            if let start = path.firstIndex(of: target) {
                let round = (path[start...] + [target]).map { "“\(theme.templates[$0].name)”" }.joined(separator: " → ")
                errors.append(
                    theme.templates[place].source.error(
                        .recursion, at: offset, "this include never ends: \(round)",
                        hint: "put it into a section that descends into data, such as {{#children}}…{{/children}}"))
            } else {
                follow(target, path: path)
            }
        }
        finished.insert(place)
    }

    private static func edges(_ nodes: [Node], _ theme: Theme) -> [Edge] {
        nodes.flatMap { node -> [Edge] in
            switch node {
            case .inverted(_, let content): edges(content, theme)
            case .section(let name, let content): name.parts.isEmpty ? edges(content, theme) : []
            case .partial(let inclusion), .parent(let inclusion, _):
                if case .fixed(let name) = inclusion.target, let place = theme.place(of: name) { [(place, inclusion.offset)] } else { [] }
            default: []
            }
        }
    }
}
