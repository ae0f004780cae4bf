/// A template as a tree, before it is checked and compiled. Offsets are into the template's source.
indirect enum Node {
    /// Here indentation is written where the template is included with one.
    case lineStart
    case literal([UInt8])
    case variable(Name, escaped: Bool)
    /// `{{t.key}}`, replaced by that string.
    case string(key: String, escaped: Bool, offset: Int)
    case section(Name, [Node])
    case inverted(Name, [Node])
    case partial(Inclusion)
    /// A partial with arguments for its blocks.
    case parent(Inclusion, [Argument])
    case block(Block)
}

/// A dotted name and where it is written. Without parts it is the implicit iterator `.`.
struct Name {
    let text: String
    let parts: [Key]
    let offset: Int
}

/// What `{{>x}}` or `{{<x}}` brings in.
struct Inclusion {
    enum Target {
        case fixed(String)
        case dynamic(Name)
    }

    let target: Target
    /// The white space put before each of its lines; nil where it is written within a line.
    let indent: [UInt8]?
    let offset: Int
}

/// A place that may be overridden, with what stands there otherwise.
struct Block {
    let name: Key
    let content: [Node]
    /// Whether it is the first thing on its line.
    let startsLine: Bool
    /// The white space put before each line of what replaces it.
    let indent: [UInt8]
}

/// What a parent tag puts into a block. Its own indentation is taken off.
struct Argument {
    let name: Key
    let content: [Node]
    /// Distinct among the arguments of one source.
    let offset: Int
}
