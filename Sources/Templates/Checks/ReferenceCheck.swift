/// Finds includes of templates that do not exist, unknown strings, and strings that hold themselves.
struct ReferenceCheck {
    private let theme: Theme
    private let strict: Bool
    private var errors: [TemplateError] = []

    /// - Parameter strict: whether a missing partial is a mistake; in the specification it is empty.
    static func errors(in theme: Theme, strict: Bool) -> [TemplateError] {
        var check = ReferenceCheck(theme: theme, strict: strict)
        for template in theme.templates { check.walk(template.nodes, in: template.source) }
        for (_, fragment) in theme.strings ?? [:] { check.walk(fragment.nodes, in: fragment.source) }
        check.findCycles()
        return check.errors
    }

    private init(theme: Theme, strict: Bool) {
        self.theme = theme
        self.strict = strict
    }

    private mutating func walk(_ nodes: [Node], in source: SourceText) {
        for node in nodes {
            switch node {
            case .lineStart, .literal, .variable: continue
            case .string(let key, _, let offset): checkString(key, at: offset, in: source)
            case .section(_, let content), .inverted(_, let content): walk(content, in: source)
            case .partial(let inclusion): checkInclusion(inclusion, in: source)
            case .parent(let inclusion, let arguments):
                checkInclusion(inclusion, in: source)
                for argument in arguments { walk(argument.content, in: source) }
            case .block(let block): walk(block.content, in: source)
            }
        }
    }

    private mutating func checkString(_ key: String, at offset: Int, in source: SourceText) {
        guard let strings = theme.strings, strings[key] == nil else { return }
        let near = Suggestion.nearest(to: key, among: strings.keys)
        errors.append(
            source.error(
                .unknownString, at: offset, "there is no string “\(key)”",
                hint: near.map { "did you mean “t.\($0)”?" } ?? "add it to the strings, in every language"))
    }

    private mutating func checkInclusion(_ inclusion: Inclusion, in source: SourceText) {
        guard strict, case .fixed(let name) = inclusion.target, theme.place(of: name) == nil else { return }
        errors.append(
            source.error(
                .missingPartial, at: inclusion.offset, "there is no template “\(name)” or “partials/\(name)”",
                hint: Suggestion.hint(for: name, among: theme.includable)))
    }

    /// Reports each string from which it is reached again, at the tag that leads back.
    private mutating func findCycles() {
        let strings = theme.strings ?? [:]
        var finished: Set<String> = []
        for key in strings.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            follow(key, path: [], &finished, strings)
        }
    }

    private mutating func follow(_ key: String, path: [String], _ finished: inout Set<String>, _ strings: [String: Theme.Fragment]) {
        guard let fragment = strings[key], !finished.contains(key) else { return }
        for (next, offset) in Self.strings(in: fragment.nodes) {
            if let start = (path + [key]).firstIndex(of: next) {
                let round = ((path + [key])[start...] + [next]).map { "t.\($0)" }.joined(separator: " → ")
                errors.append(fragment.source.error(.recursion, at: offset, "this string holds itself: \(round)"))
            } else {
                follow(next, path: path + [key], &finished, strings)
            }
        }
        finished.insert(key)
    }

    private static func strings(in nodes: [Node]) -> [(key: String, offset: Int)] {
        nodes.flatMap { node -> [(key: String, offset: Int)] in
            switch node {
            case .string(let key, _, let offset): [(key, offset)]
            case .section(_, let content), .inverted(_, let content): strings(in: content)
            default: []
            }
        }
    }
}
