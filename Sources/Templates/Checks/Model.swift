/// The names a template may use: declared once per page, checked when the theme is compiled.
///
/// A value that may be missing (`null`) is declared by what it is when present.
package indirect enum Model: Sendable {
    /// Text, a number or markup.
    case text
    case flag
    case list(Model)
    case record([String: Model])
    /// Anything: names beneath it are not checked.
    case any
}

extension Model: ExpressibleByDictionaryLiteral {
    /// A record of named models. A name given twice keeps its later model.
    package init(dictionaryLiteral elements: (String, Model)...) {
        self = .record(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension Model {
    /// What this model is called in a message.
    var noun: String {
        switch self {
        case .text: "a text"
        case .flag: "a flag"
        case .list: "a list"
        case .record: "a record"
        case .any: "anything"
        }
    }
}
