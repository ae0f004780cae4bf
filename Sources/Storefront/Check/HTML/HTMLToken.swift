/// One piece of a page, as the tokenizer of the WHATWG HTML standard (13.2.5) tells them apart.
struct HTMLToken: Sendable {
    struct Attribute: Sendable, Equatable {
        /// In lower case.
        var name: String
        /// References resolved.
        var value: String
    }

    enum Kind: Sendable {
        case doctype
        /// `isClosed`: written `<x/>`.
        case start(name: String, attributes: [Attribute], isClosed: Bool)
        case end(name: String)
        /// References resolved; also what is inside `script`, `style`, `title` and `textarea`.
        case text(String)
        case comment
        /// Something that no page should hold; where it stands in the standard.
        case mistake(String, section: String)
    }

    var kind: Kind
    var place: HTMLPlace
}

/// Where in a page something stands, and who wrote it.
struct HTMLPlace: Sendable, Hashable {
    /// Byte offset in the page.
    var offset: Int
    /// Number of the mark right before it (see ``SourceMarks``): a theme's file wrote it. Nil: it came with a value.
    var mark: Int?
    /// Number of the last mark before it: the place in the theme that the value was written at.
    var near: Int?
}

extension [HTMLToken.Attribute] {
    subscript(name: String) -> String? { first { $0.name == name }?.value }
}
