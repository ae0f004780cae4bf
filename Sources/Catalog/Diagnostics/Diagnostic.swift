/// One mistake (or doubt) in one file, with all that a person needs to mend it.
///
/// Its text is
/// ```
/// content/products/lamp.md:3:1: error: unknown key “prise”
///   prise: "68.00"
///   ^
///   hint: did you mean “price”?
/// ```
package struct Diagnostic: Error, Hashable, Sendable, Comparable, CustomStringConvertible {
    package enum Severity: String, Sendable {
        /// Nothing is built.
        case error
        /// Built, but probably not as meant.
        case warning
    }

    package let severity: Severity
    package let location: SourceLocation
    package let message: String
    package let hint: String?
    /// The whole line in which the mistake is, without its end; secrets in it are masked.
    package let sourceLine: String?

    package var path: String { location.path }
    package var line: Int { location.line }
    package var column: Int { location.column }

    package init(
        _ severity: Severity = .error, at location: SourceLocation, _ message: String, hint: String? = nil, sourceLine: String? = nil
    ) {
        self.severity = severity
        self.location = location
        self.message = message
        self.hint = hint
        self.sourceLine = sourceLine
    }

    /// By place; at one place errors before warnings, then by text: the order is the same on every run.
    package static func < (a: Diagnostic, b: Diagnostic) -> Bool {
        if a.location != b.location { return a.location < b.location }
        if a.severity != b.severity { return a.severity == .error }
        return a.message.utf8.lexicographicallyPrecedes(b.message.utf8)
    }

    package var description: String {
        var lines = ["\(location): \(severity.rawValue): \(message)"]
        if let sourceLine, !sourceLine.isEmpty {
            lines.append("  " + Terminal.printable(sourceLine))
            lines.append("  " + Terminal.padding(upTo: column, in: sourceLine) + "^")
        }
        if let hint { lines.append("  hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}
