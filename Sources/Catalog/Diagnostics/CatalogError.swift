/// Why one value that a merchant wrote was refused, before it has a place in a file.
///
/// Readers of single values (``Money``, ``Currency``, ``ExactRate``, …) throw it; readers of files add the
/// place and turn it into a ``Diagnostic``.
package struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of mistake; stable, for programs.
    package enum Code: String, Sendable {
        case amount, currency, rate, language, moment, url, binding
    }

    package let code: Code
    /// What is wrong, as a person reads it; it quotes the value, which is never a secret here.
    package let message: String
    /// What to write instead.
    package let hint: String?

    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    package var description: String { hint.map { "\(message) (\($0))" } ?? message }
}
