/// The mistakes found so far in one file.
final class Report {
    let source: SourceText
    private(set) var diagnostics: [Diagnostic] = []

    init(_ source: SourceText) {
        self.source = source
    }

    func error(_ location: SourceLocation, _ message: String, hint: String? = nil) {
        add(.error, location, message, hint)
    }

    func error(_ mark: YAMLNode.Mark, _ message: String, hint: String? = nil) {
        add(.error, self.location(mark), message, hint)
    }

    func error(_ mark: YAMLNode.Mark, _ refusal: CatalogError) {
        add(.error, location(mark), refusal.message, refusal.hint)
    }

    func warning(_ location: SourceLocation, _ message: String, hint: String? = nil) {
        add(.warning, location, message, hint)
    }

    /// An error whose line holds `secret`: the line is shown with dots in its place.
    func error(_ mark: YAMLNode.Mark, hiding secret: String, _ message: String, hint: String) {
        let place = location(mark)
        let line = source.content(place.line).map {
            Secrecy.masked(Secrecy.masked(String(decoding: $0, as: UTF8.self), hiding: secret))
        }
        diagnostics.append(Diagnostic(at: place, message, hint: hint, sourceLine: line))
    }

    func location(_ mark: YAMLNode.Mark) -> SourceLocation {
        source.location(line: mark.line, scalar: mark.scalar)
    }

    /// The beginning of the file.
    var start: SourceLocation { SourceLocation(path: source.path, line: 1, column: 1) }

    private func add(_ severity: Diagnostic.Severity, _ location: SourceLocation, _ message: String, _ hint: String?) {
        diagnostics.append(Diagnostic(severity, at: location, message, hint: hint, sourceLine: source.line(location.line)))
    }
}
