extension TemplateSet {
    /// Renders one template by itself, as `keyfront template render` does.
    ///
    /// - Parameters:
    ///   - path: named in errors; `.txt` at its end turns escaping off.
    ///   - partials: what the template may include, by name.
    ///   - strings: for `{{t.key}}`; nil: `t` is a name of the data.
    ///   - strict: false renders by the letter of the Mustache specification: a missing name or partial is empty.
    /// - Throws: every mistake in the template and its partials, or the first one met while rendering.
    package static func renderFile(
        path: String, text: String, data: Value, partials: [String: TemplateSource] = [:], strings: [String: String]? = nil, strict: Bool
    ) throws(TemplateErrors) -> [UInt8] {
        // The empty name cannot be included, so the file does not hide a partial.
        var sources = partials
        sources[""] = TemplateSource(path: path, text: text)
        let set = try TemplateSet(sources: sources, strings: strings, strict: strict)
        do {
            return try set.render("", data, strict: strict)
        } catch {
            throw TemplateErrors([error])
        }
    }
}
