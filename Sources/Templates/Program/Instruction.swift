/// One step of a compiled template. What the operands mean depends on the operation; all are places in
/// the tables of `Program`.
struct Instruction {
    enum Operation: UInt8 {
        /// a: start, b: count in the literals.
        case literal
        /// Writes the indentation in force.
        case lineStart
        /// a: start, b: count of a name. Escaped for HTML.
        case write
        /// As `write`, as it is.
        case writeRaw
        /// a, b: name; c: what follows the section. The content ends with `end`.
        case section
        /// a, b: name; c: what follows the section. The content runs on.
        case inverted
        /// Returns from a section, a template or an argument.
        case end
        /// a: unit; c: start, d: count of the indentation in the literals; d is -1 within a line.
        case include
        /// a, b: name of what names the template; c, d as for `include`.
        case includeDynamic
        /// a: start, b: count in the arguments: they hold until `endArguments`.
        case arguments
        case endArguments
        /// a: key of the block; b: what follows its content; c, d: indentation of what replaces it.
        case block
        /// As `block`, first on its line.
        case blockAtLineStart
    }

    let operation: Operation
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
    var d: Int32 = 0
}
