/// One tag as written.
struct Tag {
    enum Kind: Equatable {
        case variable
        /// `{{{x}}}` and `{{&x}}`.
        case raw
        case section
        case inverted
        case close
        case comment
        case delimiters
        case partial
        case parent
        case block

        var opens: Bool { self == .section || self == .inverted || self == .parent || self == .block }
        var inherits: Bool { self == .parent || self == .block }
        var standsAlone: Bool { self != .variable && self != .raw }
    }

    let kind: Kind
    /// Trimmed; a dynamic name keeps its asterisk and loses the space after it.
    let name: String
    let nameOffset: Int
    /// From the first byte of the opening delimiter to after the last of the closing one.
    let range: Range<Int>

    /// The kind that a closing tag ends; set when tags are paired.
    var closes: Kind?
    /// Where the partner of an opening or closing tag begins; set when tags are paired.
    var partner: Int?
    /// A block directly beneath a parent tag: an argument, not a place.
    var isArgument = false

    /// Alone on its line, which it takes with it.
    var isStandalone = false
    /// The first thing on its line but white space.
    var startsLine = false
    /// The white space before it on its line, where it is standalone or starts the line.
    var indent: Range<Int> = 0..<0
}

/// A template's text in reading order.
enum Piece {
    /// Here a line of output begins, and indentation is written before it.
    case lineStart
    /// At most one line, with its end.
    case text(Range<Int>)
    case tag(Tag)
}
