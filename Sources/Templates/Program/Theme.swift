/// Everything that is compiled together, parsed: templates by name, and strings.
struct Theme {
    struct Template {
        let name: String
        let source: SourceText
        let nodes: [Node]
        /// Whether `{{x}}` and strings are escaped for HTML.
        let escapes: Bool
        /// False where parsing found mistakes, so that the tree is not as meant.
        let isWhole: Bool
    }

    struct Fragment {
        let source: SourceText
        let nodes: [Node]
        let isWhole: Bool
    }

    /// By name, in order of its bytes.
    var templates: [Template]
    /// Nil where `{{t.key}}` is a name like any other.
    let strings: [String: Fragment]?
    private let places: [String: Int]

    init(
        sources: [String: TemplateSource], strings: [String: String]?, escape: TemplateSet.Escape?, _ errors: inout [TemplateError]
    ) {
        var templates: [Template] = []
        for (name, source) in sources.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let before = errors.count
            let text = SourceText(source)
            let nodes = Parser.parse(text, hasStrings: strings != nil, &errors)
            let escapes = escape.map { $0 == .html } ?? !(name.hasSuffix(".txt") || source.path.hasSuffix(".txt"))
            templates.append(Template(name: name, source: text, nodes: nodes, escapes: escapes, isWhole: errors.count == before))
        }
        self.templates = templates
        places = Dictionary(templates.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.strings = strings.map { strings in
            var fragments: [String: Fragment] = [:]
            for (key, text) in strings.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                let before = errors.count
                let source = SourceText(path: "t.\(key)", bytes: Array(text.utf8))
                let nodes = Parser.parse(source, hasStrings: true, isString: true, &errors)
                fragments[key] = Fragment(source: source, nodes: nodes, isWhole: errors.count == before)
            }
            return fragments
        }
    }

    /// Where the template of an include stands: by its name, or beneath `partials/`.
    func place(of name: String) -> Int? {
        name.isEmpty ? nil : places[name] ?? places["partials/\(name)"]
    }

    /// The names an include may use, short forms too.
    var includable: [String] {
        templates.map(\.name).filter { !$0.isEmpty }.map { $0.hasPrefix("partials/") ? String($0.dropFirst(9)) : $0 }
    }
}
