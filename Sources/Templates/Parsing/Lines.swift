/// Takes standalone tags' lines out of the text and marks where lines of output begin.
///
/// A tag other than interpolation that is alone on its line takes the line with it, white space and end
/// (specification: “standalone”). Tags of inheritance may share such a line; text inside a parent that is
/// opened and closed on the line is an argument and does not count. A block opened and closed on one line
/// is written in its place and leaves the line's end, and the white space before it becomes its indentation.
struct Lines {
    private let source: SourceText
    private var output: [Piece] = []

    static func mark(_ pieces: [Piece], in source: SourceText) -> [Piece] {
        var lines = Lines(source: source)
        var line: [Piece] = []
        for piece in pieces {
            line.append(piece)
            if case .text(let range) = piece, source.bytes[range.upperBound - 1] == UInt8(ascii: "\n") {
                lines.finish(line)
                line = []
            }
        }
        if !line.isEmpty { lines.finish(line) }
        return lines.output
    }

    private init(source: SourceText) {
        self.source = source
    }

    private mutating func finish(_ line: [Piece]) {
        let indent: Range<Int>
        if case .text(let range)? = line.first, isBlank(range) { indent = range } else { indent = 0..<0 }
        if isStandalone(line) {
            appendStandalone(line, indent)
        } else {
            appendText(line, indent)
        }
    }

    private mutating func appendStandalone(_ line: [Piece], _ indent: Range<Int>) {
        var closing: Int?
        for piece in line {
            switch piece {
            case .tag(var tag):
                if closing == nil {
                    tag.isStandalone = true
                    tag.indent = indent
                    if tag.kind == .parent, let partner = tag.partner, isOn(line, partner) { closing = partner }
                } else if closing == tag.range.lowerBound {
                    closing = nil
                    tag.isStandalone = true
                }
                output.append(.tag(tag))
            case .text where closing == nil: continue
            default: output.append(piece)
            }
        }
    }

    private mutating func appendText(_ line: [Piece], _ indent: Range<Int>) {
        var rest = line[...]
        if case .text(let range)? = line.first, isLineEnd(range) {
            output += line
            return
        }
        let first = indent.isEmpty ? 0 : 1
        if first < line.count, case .tag(var tag) = line[first], tag.kind == .block, !tag.isArgument {
            tag.startsLine = true
            tag.indent = indent
            output.append(.tag(tag))
            rest = line[(first + 1)...]
        } else {
            output.append(.lineStart)
        }
        output += rest
    }

    private func isStandalone(_ line: [Piece]) -> Bool {
        var tags: [Tag] = []
        var closing: Int?
        for piece in line {
            switch piece {
            case .text(let range):
                if closing == nil, !isBlank(range) { return false }
            case .tag(let tag):
                if closing != nil {
                    if closing == tag.range.lowerBound { closing = nil }
                    continue
                }
                tags.append(tag)
                if tag.kind == .parent, let partner = tag.partner, isOn(line, partner) { closing = partner }
            case .lineStart: continue
            }
        }
        guard let only = tags.first else { return false }
        if tags.count == 1, !only.kind.inherits { return only.kind.standsAlone }
        guard tags.allSatisfy({ ($0.closes ?? $0.kind).inherits }), tags.count(where: { $0.kind == .parent }) <= 1 else { return false }
        return !tags.contains { $0.kind == .block && !$0.isArgument && isOn(line, $0.partner ?? -1) }
    }

    private func isOn(_ line: [Piece], _ start: Int) -> Bool {
        line.contains { if case .tag(let tag) = $0 { tag.range.lowerBound == start } else { false } }
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        source.bytes[range].allSatisfy(\.isSpace)
    }

    private func isLineEnd(_ range: Range<Int>) -> Bool {
        source.bytes[range].allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }
}
