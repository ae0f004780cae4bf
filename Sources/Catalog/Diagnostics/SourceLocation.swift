/// A place in a file that a merchant wrote.
package struct SourceLocation: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Relative to the shop folder, `/` between the parts.
    package let path: String
    /// From 1.
    package let line: Int
    /// From 1, in characters as an editor counts them.
    package let column: Int

    package init(path: String, line: Int, column: Int) {
        self.path = path
        self.line = line
        self.column = column
    }

    /// Files by the bytes of their path, then by line and column.
    package static func < (a: SourceLocation, b: SourceLocation) -> Bool {
        if !a.path.utf8.elementsEqual(b.path.utf8) { return a.path.utf8.lexicographicallyPrecedes(b.path.utf8) }
        return (a.line, a.column) < (b.line, b.column)
    }

    /// `path:line:column`
    package var description: String { "\(path):\(line):\(column)" }
}
