/// `content/data/*.yaml` and `*.json` → values by file name.
///
/// JSON is read as YAML, whose subset it is but for surrogate pairs in `\u` escapes; so positions, repeated keys and messages are the same.
struct DataReader {
    static let root = "content/data"
    let folder: ShopFolder

    /// One member for each file, sorted by name.
    func read() -> (data: DataValue, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        var members: [DataValue.Member] = []
        var paths: [String: String] = [:]
        let entries: [ShopFolder.Entry]
        do {
            entries = try folder.list(Self.root) ?? []
        } catch {
            return (.record([]), [refusal(Self.root, error.message)])
        }
        for entry in entries where entry.kind != .folder && entry.name.first != "." && entry.name.first != "_" {
            let path = Self.root + "/" + entry.name
            guard let ending = [".yaml", ".yml", ".json"].first(where: { entry.name.hasSuffix($0) }) else { continue }
            let name = String(entry.name.dropLast(ending.count))
            guard Self.isName(name) else {
                diagnostics.append(refusal(path, "a template cannot name “\(name)”", hint: "use a-z, 0-9, “_” and “-”"))
                continue
            }
            if let first = paths.updateValue(path, forKey: name) {
                diagnostics.append(refusal(path, "“\(name)” is taken", hint: "it is also in \(first)"))
                continue
            }
            let (value, mistakes) = file(path)
            diagnostics += mistakes
            if let value { members.append(DataValue.Member(name: name, value: value)) }
        }
        return (.record(members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }), diagnostics)
    }

    private func file(_ path: String) -> (value: DataValue?, diagnostics: [Diagnostic]) {
        do {
            try folder.check(path, inside: "content")
            let (source, mistake) = Encoding.decode(try folder.read(path), path: path)
            if let mistake { return (nil, [mistake]) }
            let report = Report(source)
            let node = YAMLReader(report: report, lineOffset: 0).read(source.bytes[...])
            let value = node.map { convert($0, report) }
            return (report.diagnostics.isEmpty ? value : nil, report.diagnostics)
        } catch {
            return (nil, [refusal(path, error.message)])
        }
    }

    private func convert(_ node: YAMLNode, _ report: Report) -> DataValue {
        switch node.content {
        case .scalar(let scalar):
            guard scalar.plain else { return .text(scalar.text) }
            switch scalar.text {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "", "null", "~": return .null
            default: return .text(scalar.text)
            }
        case .list(let items): return .list(items.map { convert($0, report) })
        case .fields(let fields):
            return .record(
                fields.map { field in
                    if !Self.isName(field.key.text) {
                        report.error(field.key.mark, "a template cannot name “\(field.key.text)”", hint: "use A-Z, a-z, 0-9, “_” and “-”")
                    }
                    return DataValue.Member(name: field.key.text, value: convert(field.value, report))
                })
        }
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                isDigit($0) || ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }

    private func refusal(_ path: String, _ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(at: SourceLocation(path: path, line: 1, column: 1), message, hint: hint)
    }
}
