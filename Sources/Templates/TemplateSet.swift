/// The templates of a theme, compiled together for one language.
///
/// Immutable; one set may render on many threads at once.
package struct TemplateSet: Sendable {
    /// How `{{x}}` is written.
    package enum Escape: Sendable {
        /// `& < > " '` as references.
        case html
        /// As it is.
        case none
    }

    private let program: Program

    /// Compiles templates, all or none.
    ///
    /// - Parameters:
    ///   - sources: by name, such as `pages/home` or `partials/card`. `{{>card}}` takes `card`, else `partials/card`.
    ///   - strings: `{{t.key}}` is replaced by the string of that key, which may itself hold `{{name}}` and
    ///     sections, read in the context of the tag. Nil: `t` is a name like any other.
    ///   - models: the names each page may use, by template name. A template without one is checked only
    ///     where a page with one includes it.
    ///   - escape: nil: none for templates whose name or path ends in `.txt`, HTML for the others.
    ///   - strict: whether a missing partial is a mistake. The specification has it be empty.
    ///   - compact: whether white space and comments that no browser shows are taken out of HTML templates (``Compaction``).
    /// - Throws: every mistake found in any of them, each at its place.
    package init(
        sources: [String: TemplateSource], strings: [String: String]? = nil, models: [String: Model] = [:], escape: Escape? = nil,
        strict: Bool = true, compact: Bool = false
    ) throws(TemplateErrors) {
        var errors: [TemplateError] = []
        var theme = Theme(sources: sources, strings: strings, escape: escape, &errors)
        errors += ReferenceCheck.errors(in: theme, strict: strict)
        errors += RecursionCheck.errors(in: theme)
        if !errors.contains(where: { $0.code == .recursion }) {
            errors += ModelCheck.errors(in: theme, models: models)
        }
        guard errors.isEmpty else { throw TemplateErrors(errors) }
        if compact { theme.templates = Compaction.templates(of: theme) }
        program = Program(Emitter(theme), templates: theme.templates.map(\.name))
    }

    /// The names of all templates, in order.
    package var names: [String] { program.templateNames }

    /// Renders a template, as UTF-8.
    ///
    /// - Parameter strict: whether a name that the model lacks is a mistake; else it is written as nothing.
    /// - Throws: where the template asks for what is not there, or includes itself more than 128 deep.
    package func render(_ name: String, _ model: Value, strict: Bool = true) throws(TemplateError) -> [UInt8] {
        var output: [UInt8] = []
        try render(name, model, strict: strict, into: &output)
        return output
    }

    /// Renders a template after what is in `output`. What was written before an error stays there.
    package func render(_ name: String, _ model: Value, strict: Bool = true, into output: inout [UInt8]) throws(TemplateError) {
        guard let unit = program.unit(named: name) else {
            throw TemplateError(
                code: .unknownTemplate, message: "there is no template “\(name)”", path: name,
                hint: Suggestion.hint(for: name, among: program.templateNames))
        }
        output.reserveCapacity(output.count + Int(program.units[unit].size) * 2 + 1024)
        do {
            try Renderer.render(program, unit: unit, model, strict: strict, into: &output)
        } catch {
            throw program.describe(error)
        }
    }
}
