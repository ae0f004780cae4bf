/// Follows every template that declares its model through sections and includes, and finds names that
/// nothing there has.
///
/// A name is right if the section's own model has it or any enclosing one does, as the context stack has
/// it at rendering. A partial is checked in each context from which it is included; dynamic includes are not.
struct ModelCheck {
    private struct Context {
        let model: Model
        /// Tells contexts apart: the way to it from the page's model.
        let path: String
    }

    /// A block's replacement and the template that wrote it.
    private struct Replacement {
        let argument: Argument
        let template: Int
    }

    private struct Place {
        var template: Int
        var replacements: [Key: Replacement] = [:]
        /// Inside a string: where the template asks for it, and by which key.
        var string: (key: String, offset: Int)?
    }

    private let theme: Theme
    private var contexts: [Context] = []
    private var visited: Set<String> = []
    private var errors: [TemplateError] = []

    static func errors(in theme: Theme, models: [String: Model]) -> [TemplateError] {
        var check = ModelCheck(theme: theme)
        for (place, template) in theme.templates.enumerated() {
            guard let model = models[template.name] else { continue }
            check.contexts = [Context(model: model, path: template.name)]
            check.walkTemplate(place, replacements: [:])
        }
        return check.errors
    }

    private init(theme: Theme) {
        self.theme = theme
    }

    private mutating func walkTemplate(_ template: Int, replacements: [Key: Replacement]) {
        guard theme.templates[template].isWhole else { return }
        let blocks = replacements.map { "\($0.key.id)=\($0.value.template)@\($0.value.argument.offset)" }.sorted()
        var paths: [String] = []
        for context in contexts.reversed() where !paths.contains(context.path) { paths.append(context.path) }
        guard visited.insert("\(template)|\(blocks.joined(separator: ","))|\(paths.joined(separator: " "))").inserted else { return }
        walk(theme.templates[template].nodes, Place(template: template, replacements: replacements))
    }

    private mutating func walk(_ nodes: [Node], _ place: Place) {
        for node in nodes {
            switch node {
            case .lineStart, .literal: continue
            case .variable(let name, _): checkText(name, place)
            case .string(let key, _, let offset): walkString(key, at: offset, place)
            case .section(let name, let content): walkSection(name, content, place)
            case .inverted(let name, let content):
                _ = model(of: name, place)
                walk(content, place)
            case .partial(let inclusion): walkInclusion(inclusion, [], place)
            case .parent(let inclusion, let arguments): walkInclusion(inclusion, arguments, place)
            case .block(let block): walkBlock(block, place)
            }
        }
    }

    private mutating func checkText(_ name: Name, _ place: Place) {
        guard let context = model(of: name, place) else { return }
        switch context.model {
        case .text, .flag, .any: return
        case .list, .record:
            report(
                .notText, name, "“\(name.text)” is \(context.model.noun), not a text",
                hint: "open it with {{#\(name.text)}}…{{/\(name.text)}}", place)
        }
    }

    private mutating func walkString(_ key: String, at offset: Int, _ place: Place) {
        guard let fragment = theme.strings?[key], fragment.isWhole else { return }
        var inner = place
        inner.string = place.string ?? (key, offset)
        walk(fragment.nodes, inner)
    }

    private mutating func walkSection(_ name: Name, _ content: [Node], _ place: Place) {
        guard let context = model(of: name, place) else { return }
        if case .list(let item) = context.model {
            contexts.append(Context(model: item, path: context.path + "[]"))
        } else {
            contexts.append(context)
        }
        walk(content, place)
        contexts.removeLast()
    }

    private mutating func walkInclusion(_ inclusion: Inclusion, _ arguments: [Argument], _ place: Place) {
        switch inclusion.target {
        case .dynamic(let name):
            checkText(name, place)
        case .fixed(let name):
            guard let target = theme.place(of: name) else { return }
            var replacements = place.replacements
            for argument in arguments where replacements[argument.name] == nil {
                replacements[argument.name] = Replacement(argument: argument, template: place.template)
            }
            walkTemplate(target, replacements: replacements)
        }
    }

    private mutating func walkBlock(_ block: Block, _ place: Place) {
        guard let replacement = place.replacements[block.name] else { return walk(block.content, place) }
        var inner = Place(template: replacement.template, replacements: place.replacements)
        inner.replacements[block.name] = nil
        walk(replacement.argument.content, inner)
    }

    /// What a name means here; nil where nothing has it, which is reported.
    private mutating func model(of name: Name, _ place: Place) -> Context? {
        guard let first = name.parts.first else { return contexts.last }
        guard var found = contexts.reversed().lazy.compactMap({ Self.descend($0, first) }).first else {
            let known = contexts.flatMap { Self.names(of: $0.model) }
            report(.unknownName, name, "unknown name “\(name.text)”", hint: Self.hint(first.name, known, prefix: ""), place)
            return nil
        }
        var prefix = first.name
        for part in name.parts.dropFirst() {
            guard let next = Self.descend(found, part) else {
                let hint = Self.hint(part.name, Self.names(of: found.model), prefix: prefix + ".")
                report(.unknownName, name, "“\(prefix)” is \(found.model.noun) without “\(part.name)”", hint: hint, place)
                return nil
            }
            found = next
            prefix += ".\(part.name)"
        }
        return found
    }

    private static func descend(_ context: Context, _ key: Key) -> Context? {
        switch context.model {
        case .record(let fields): fields[key.name].map { Context(model: $0, path: "\(context.path).\(key.name)") }
        case .any: Context(model: .any, path: "*")
        case .text, .flag, .list: nil
        }
    }

    private static func names(of model: Model) -> [String] {
        if case .record(let fields) = model { Array(fields.keys) } else { [] }
    }

    private static func hint(_ name: String, _ known: [String], prefix: String) -> String? {
        if let near = Suggestion.nearest(to: name, among: known) { return "did you mean “\(prefix)\(near)”?" }
        guard !known.isEmpty else { return nil }
        let sorted = Set(known).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return "known here: \(sorted.prefix(12).map { prefix + $0 }.joined(separator: ", "))" + (sorted.count > 12 ? ", …" : "")
    }

    /// A mistake inside a string is reported where the template asks for the string: there the context is.
    private mutating func report(_ code: TemplateError.Code, _ name: Name, _ message: String, hint: String?, _ place: Place) {
        let source = theme.templates[place.template].source
        if let string = place.string {
            errors.append(source.error(code, at: string.offset, "in the string “\(string.key)”: \(message)", hint: hint))
        } else {
            errors.append(source.error(code, at: name.offset, message, hint: hint))
        }
    }
}
