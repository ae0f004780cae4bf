/// Finds the partner of every opening and closing tag.
enum Pairing {
    /// How deep sections, parents and blocks of one template may be nested.
    static let depthLimit = 64

    /// The pieces with partners set; closing tags that close nothing are taken out and reported, and so are
    /// opening tags that nothing closes. Nothing is left of a template that is nested too deep.
    static func pair(_ pieces: [Piece], in source: SourceText, _ errors: inout [TemplateError]) -> [Piece] {
        var tags: [Int: Tag] = [:]
        var opened: [(index: Int, tag: Tag)] = []
        for (place, piece) in pieces.enumerated() {
            guard case .tag(var tag) = piece else { continue }
            if tag.kind.opens {
                tag.isArgument = tag.kind == .block && opened.last?.tag.kind == .parent
                if opened.count == depthLimit {
                    errors.append(source.error(.tooDeep, at: tag.range.lowerBound, "sections are nested more than \(depthLimit) deep"))
                    return []
                }
                opened.append((place, tag))
                tags[place] = tag
            } else if tag.kind == .close {
                guard let match = opened.lastIndex(where: { $0.tag.name.utf8.elementsEqual(tag.name.utf8) }) else {
                    errors.append(stray(tag, opened.last?.tag, in: source))
                    continue
                }
                for (index, tag) in opened[(match + 1)...] {
                    errors.append(unclosed(tag, in: source))
                    tags[index] = nil
                }
                let (index, partner) = opened[match]
                tag.closes = partner.kind
                tag.partner = partner.range.lowerBound
                tag.isArgument = partner.isArgument
                tags[index]?.partner = tag.range.lowerBound
                opened.removeSubrange(match...)
                tags[place] = tag
            } else {
                tags[place] = tag
            }
        }
        for (index, tag) in opened {
            errors.append(unclosed(tag, in: source))
            tags[index] = nil
        }
        return pieces.enumerated().compactMap { index, piece in
            if case .tag = piece { return tags[index].map(Piece.tag) }
            return piece
        }
    }

    private static func stray(_ tag: Tag, _ open: Tag?, in source: SourceText) -> TemplateError {
        guard let open else {
            return source.error(.mismatched, at: tag.range.lowerBound, "“\(tag.name)” is closed here, but nothing is open")
        }
        let line = source.place(of: open.range.lowerBound).line
        return source.error(
            .mismatched, at: tag.range.lowerBound, "“\(tag.name)” is closed here, but “\(open.name)” of line \(line) is open",
            hint: "did you mean {{/\(open.name)}}?")
    }

    private static func unclosed(_ tag: Tag, in source: SourceText) -> TemplateError {
        source.error(
            .unclosed, at: tag.range.lowerBound, "“\(tag.name)” is opened here and never closed", hint: "close it with {{/\(tag.name)}}")
    }
}
