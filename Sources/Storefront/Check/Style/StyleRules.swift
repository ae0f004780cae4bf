/// The declarations of a style sheet with their places, as far as colours need them (CSS Syntax 3: rules, blocks, comments, strings).
struct StyleRules: Sendable {
    struct Declaration: Sendable {
        /// In lower case, but for custom properties.
        var name: String
        var value: String
        /// Byte offset of the name.
        var offset: Int
    }

    struct Rule: Sendable {
        var selectors: [String]
        /// The conditions around it, outermost first: `@media (prefers-color-scheme: dark)`.
        var conditions: [String]
        var declarations: [Declaration]
    }

    private(set) var rules: [Rule] = []
    /// The comments, without their marks, and where each begins.
    private(set) var comments: [(text: String, offset: Int)] = []

    init(_ css: [UInt8]) {
        var conditions: [String] = []
        var blocks: [Rule?] = []
        var piece: [UInt8] = []
        var start: Int?
        var at = 0
        func text() -> String { String(decoding: piece, as: UTF8.self).trimmed }
        while at < css.count {
            let byte = css[at]
            switch byte {
            case UInt8(ascii: "/") where at + 1 < css.count && css[at + 1] == UInt8(ascii: "*"):
                let end = css[(at + 2)...].firstRange(of: Array("*/".utf8))
                comments.append((String(decoding: css[(at + 2)..<(end?.lowerBound ?? css.count)], as: UTF8.self), at))
                at = end?.upperBound ?? css.count
                continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let begin = at
                at += 1
                while at < css.count, css[at] != byte { at += css[at] == UInt8(ascii: "\\") ? 2 : 1 }
                at = min(at + 1, css.count)
                piece += css[begin..<at]
                start = start ?? begin
                continue
            case UInt8(ascii: "{"):
                let head = text()
                if head.hasPrefix("@") {
                    conditions.append(head)
                    blocks.append(nil)
                } else {
                    blocks.append(
                        Rule(selectors: head.split(separator: ",").map { String($0).trimmed }, conditions: conditions, declarations: []))
                }
                piece = []
                start = nil
            case UInt8(ascii: ";"), UInt8(ascii: "}"):
                if let colon = piece.firstIndex(of: UInt8(ascii: ":")), let last = blocks.indices.last, blocks[last] != nil {
                    let name = String(decoding: piece[..<colon], as: UTF8.self).trimmed
                    let value = String(decoding: piece[(colon + 1)...], as: UTF8.self).trimmed
                    blocks[last]?.declarations.append(
                        Declaration(name: name.hasPrefix("--") ? name : name.lowercased(), value: value, offset: start ?? at))
                }
                piece = []
                start = nil
                if byte == UInt8(ascii: "}"), let block = blocks.popLast() {
                    if let block { rules.append(block) } else { conditions.removeLast() }
                }
            default:
                if start == nil, byte > 0x20 { start = at }
                piece.append(byte)
            }
            at += 1
        }
    }
}
