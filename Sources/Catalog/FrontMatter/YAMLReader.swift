import Yams

/// Reads one YAML document into ``YAMLNode``s: the usual ones with ``PlainYAML``, all others with Yams. The only file that knows Yams.
///
/// No coercion of YAML 1.1 happens (`on` and `0777` stay text). Anchors, aliases, tags and repeated keys are refused,
/// so that what a file says is what stands in it.
struct YAMLReader {
    let report: Report
    /// Lines of the file before the document.
    let lineOffset: Int

    /// - Parameter text: valid UTF-8, part of the report's source, beginning at a line.
    /// - Returns: nil after reporting what is wrong; a node without fields for an empty document.
    func read(_ text: ArraySlice<UInt8>) -> YAMLNode? {
        PlainYAML.read(text, lineOffset: lineOffset) ?? readWithYams(text)
    }

    /// As ``read(_:)``, every document with Yams.
    func readWithYams(_ text: ArraySlice<UInt8>) -> YAMLNode? {
        guard isReadable(text) else { return nil }
        let yaml = String(decoding: text, as: UTF8.self)
        do {
            // The parser owns the anchors, nodes hold them weakly: it has to outlive the walk.
            let parser = try Parser(yaml: yaml, resolver: .basic, constructor: .default, encoding: .utf8)
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else {
                    return YAMLNode(mark: YAMLNode.Mark(line: lineOffset + 1, scalar: 1), content: .fields([]))
                }
                return convert(root)
            }
        } catch {
            report(error, yaml)
            return nil
        }
    }

    private func convert(_ node: Node) -> YAMLNode? {
        let place = mark(node.mark)
        if node.anchor != nil {
            report.error(place, "anchors and aliases are not read", hint: "write the value out where it is needed")
            return nil
        }
        switch node {
        case .scalar(let scalar):
            guard isPlainTag(scalar.tag, place) else { return nil }
            let value = YAMLNode.Scalar(text: scalar.string, plain: scalar.style == .plain, mark: place)
            return YAMLNode(mark: place, content: .scalar(value))
        case .sequence(let sequence):
            guard isPlainTag(sequence.tag, place) else { return nil }
            let items = sequence.map(convert)
            let read = items.compactMap { $0 }
            return read.count == items.count ? YAMLNode(mark: place, content: .list(read)) : nil
        case .mapping(let mapping):
            guard isPlainTag(mapping.tag, place) else { return nil }
            return convert(mapping, place)
        case .alias:
            report.error(place, "anchors and aliases are not read", hint: "write the value out where it is needed")
            return nil
        }
    }

    private func convert(_ mapping: Node.Mapping, _ place: YAMLNode.Mark) -> YAMLNode? {
        var fields: [YAMLNode.Field] = []
        var complete = true
        for (key, value) in mapping {
            guard let name = convert(key)?.scalar else {
                if case .scalar = key {} else { report.error(mark(key.mark), "a key must be a text, not a list or a set of keys") }
                complete = false
                continue
            }
            guard let content = convert(value) else {
                complete = false
                continue
            }
            fields.append(YAMLNode.Field(key: name, value: content))
        }
        return complete ? YAMLNode(mark: place, content: .fields(fields)) : nil
    }

    private func isPlainTag(_ tag: Tag, _ place: YAMLNode.Mark) -> Bool {
        let name = tag.description
        if name.isEmpty || name == "!" || name.hasPrefix("tag:yaml.org,2002:str") { return true }
        if name == "tag:yaml.org,2002:seq" || name == "tag:yaml.org,2002:map" { return true }
        report.error(place, "tags (“!…”) are not read", hint: "put the value in quotes if it begins with “!”")
        return false
    }

    func mark(_ mark: Mark?) -> YAMLNode.Mark {
        YAMLNode.Mark(line: (mark?.line ?? 1) + lineOffset, scalar: mark?.column ?? 1)
    }
}
