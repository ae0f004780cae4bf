/// One entry of `gateways:`; what its settings mean is the payment layer's business.
package struct GatewayAccount: Sendable {
    /// One setting as written.
    package enum Setting: Hashable, Sendable {
        case text(String)
        case list([String])
        /// A bare `true` or `false`.
        case bool(Bool)
        /// A set of keys with a text each.
        case map([String: String])

        /// The text, or nil for another kind.
        package var text: String? { if case .text(let text) = self { text } else { nil } }
        /// The list, a single text being a list of one; nil for a flag.
        package var list: [String]? {
            switch self {
            case .text(let text): [text]
            case .list(let list): list
            case .bool, .map: nil
            }
        }
        /// The set of keys, or nil for another kind.
        package var map: [String: String]? { if case .map(let map) = self { map } else { nil } }
        /// The flag, or nil for another kind.
        package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    }

    /// `[a-z0-9_-]{1,32}`, part of the URL `/notify/<name>`.
    package let name: String
    /// As written; not checked here.
    package let kind: String
    /// Everything but `kind`.
    package let settings: [String: Setting]
    /// Where the account is in `shop.yaml`.
    package let location: SourceLocation
    /// Where `kind` is and where each setting is.
    package let locations: [String: SourceLocation]
    /// Lines of `shop.yaml` (masked) for diagnostics at those places.
    let source: SourceText

    /// A diagnostic that points at `setting` (or, without, at the account's name), with its line and caret.
    package func diagnostic(_ message: String, setting: String? = nil, hint: String? = nil) -> Diagnostic {
        let place = setting.flatMap { locations[$0] } ?? location
        return Diagnostic(at: place, message, hint: hint, sourceLine: source.line(place.line))
    }
}
