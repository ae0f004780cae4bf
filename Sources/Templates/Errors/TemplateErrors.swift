/// Every mistake found in a set of templates, by path, line and column.
package struct TemplateErrors: Error, Sendable {
    package let all: [TemplateError]

    /// - Parameter all: at least one; of several with one code at one place, the first is kept.
    package init(_ all: [TemplateError]) {
        let sorted = all.enumerated().sorted { ($0.element.sortKey, $0.offset) < ($1.element.sortKey, $1.offset) }
        var kept: [TemplateError] = []
        for (_, error) in sorted {
            if let last = kept.last, last.sortKey == error.sortKey, error.line > 0 { continue }
            kept.append(error)
        }
        self.all = kept
    }
}

extension TemplateErrors: CustomStringConvertible {
    /// Each mistake in full, a blank line between two.
    package var description: String {
        all.map(\.description).joined(separator: "\n\n")
    }
}

/// Where an error stands among others: by bytes of the path, not by locale.
struct ErrorPlace: Comparable {
    let path: [UInt8]
    let line: Int
    let column: Int
    let code: String

    static func < (left: ErrorPlace, right: ErrorPlace) -> Bool {
        if left.path != right.path { return left.path.lexicographicallyPrecedes(right.path) }
        return (left.line, left.column, left.code) < (right.line, right.column, right.code)
    }
}

extension TemplateError {
    fileprivate var sortKey: ErrorPlace {
        ErrorPlace(path: Array(path.utf8), line: line, column: column, code: code.rawValue)
    }
}
