extension Program {
    /// A fault as a person reads it, at the place in the template where it arose.
    func describe(_ fault: Renderer.Fault) -> TemplateError {
        let site = sites[fault.place]
        let source = sources[Int(site.source)]
        let message: String
        var hint = Suggestion.hint(for: fault.name, among: fault.known)
        switch fault.code {
        case .unknownName: message = "“\(fault.name)” is not in the data"
        case .notText: message = "“\(fault.name)” is not a text"
        case .missingPartial: message = "there is no template “\(fault.name)” or “partials/\(fault.name)”"
        case .tooDeep:
            message = "templates and sections stand in each other more than \(Renderer.levelLimit) deep"
            hint = "let the include stand in a section whose data ends"
        default:
            message = "templates include each other more than \(Renderer.depthLimit) deep"
            hint = "let the include stand in a section whose data ends"
        }
        return source.error(fault.code, at: Int(site.offset), message, hint: hint)
    }
}
