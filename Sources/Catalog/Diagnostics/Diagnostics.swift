/// Every mistake of every file at once, sorted by place, none twice.
package struct Diagnostics: Error, Sendable, CustomStringConvertible {
    package let all: [Diagnostic]

    package init(_ all: [Diagnostic]) {
        var unique: [Diagnostic] = []
        for diagnostic in all.sorted() where diagnostic != unique.last { unique.append(diagnostic) }
        self.all = unique
    }

    package var errors: [Diagnostic] { all.filter { $0.severity == .error } }
    package var warnings: [Diagnostic] { all.filter { $0.severity == .warning } }

    /// The diagnostics one after the other, a line end between them.
    package var description: String { all.map(\.description).joined(separator: "\n") }
}
