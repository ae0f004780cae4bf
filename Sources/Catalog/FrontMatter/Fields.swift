/// The keys of one set, with readers that report what is wrong and answer nil.
struct Fields {
    let mark: YAMLNode.Mark
    let report: Report
    /// What the set is, for messages: “webhook”, or empty for a whole file.
    private let name: String
    private let values: [YAMLNode.Field]

    /// Reports a wrong shape and every key that is not `known`.
    ///
    /// - Returns: nil when `node` is not a set of keys.
    init?(_ node: YAMLNode, _ name: String = "", known: [String], report: Report) {
        guard case .fields(let fields) = node.content else {
            let subject = name.isEmpty ? "the file" : "“\(name)”"
            report.error(
                node.mark, "\(subject) must be a set of keys, not \(node.shape)", hint: "known keys: \(known.joined(separator: ", "))")
            return nil
        }
        for field in fields where !known.contains(field.key.text) {
            let hint = Suggestion.hint(field.key.text, among: known, all: "known keys")
            report.error(field.key.mark, "unknown key “\(field.key.text)”", hint: hint)
        }
        self.mark = node.mark
        self.report = report
        self.name = name
        values = fields
    }

    subscript(_ key: String) -> YAMLNode? { field(key)?.value }

    /// Where the key (not its value) stands.
    func keyMark(_ key: String) -> YAMLNode.Mark { field(key)?.key.mark ?? mark }

    func has(_ key: String) -> Bool { field(key) != nil }

    /// A set holds a handful of keys: looking through them beats a table.
    private func field(_ key: String) -> YAMLNode.Field? { values.first { $0.key.text == key } }

    /// Says that a needed key is not there.
    func missing(_ key: String, hint: String? = nil) {
        report.error(mark, "“\(key)” is missing\(name.isEmpty ? "" : " in “\(name)”")", hint: hint)
    }

    /// The text of `key` with its place; nil when absent, empty, or (reported) of another shape.
    func scalar(_ key: String, required: Bool = false, hint: String? = nil) -> YAMLNode.Scalar? {
        guard let node = self[key] else {
            if required { missing(key, hint: hint) }
            return nil
        }
        guard let scalar = node.scalar else {
            report.error(node.mark, "“\(key)” must be a text, not \(node.shape)")
            return nil
        }
        if scalar.text.isEmpty {
            if required { report.error(keyMark(key), "“\(key)” is empty", hint: hint) }
            return nil
        }
        return scalar
    }

    /// The text of `key`; as ``scalar(_:required:hint:)``.
    func text(_ key: String, required: Bool = false, hint: String? = nil) -> String? {
        scalar(key, required: required, hint: hint)?.text
    }

    /// The value that `convert` makes of the text of `key`, its refusal reported at the text.
    func value<T>(_ key: String, required: Bool = false, hint: String? = nil, _ convert: (String) throws(CatalogError) -> T) -> T? {
        guard let scalar = scalar(key, required: required, hint: hint) else { return nil }
        do {
            return try convert(scalar.text)
        } catch {
            report.error(scalar.mark, error)
            return nil
        }
    }

    /// A whole number in `range`, in plain digits.
    func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let scalar = scalar(key) else { return nil }
        let digits = scalar.text.utf8.first == UInt8(ascii: "-") ? scalar.text.utf8.dropFirst() : scalar.text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy(isDigit), let number = Int(scalar.text), range.contains(number) else {
            report.error(scalar.mark, "“\(key)” must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// `true` or `false`.
    func flag(_ key: String) -> Bool? {
        guard let scalar = scalar(key) else { return nil }
        guard scalar.text == "true" || scalar.text == "false" else {
            report.error(scalar.mark, "“\(key)” must be true or false")
            return nil
        }
        return scalar.text == "true"
    }

    /// One of the cases of a text enumeration.
    func choice<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type) -> T? where T.RawValue == String {
        guard let scalar = scalar(key) else { return nil }
        if let value = T(rawValue: scalar.text) { return value }
        let known = T.allCases.map(\.rawValue)
        report.error(
            scalar.mark, "“\(scalar.text)” is not a value of “\(key)”", hint: Suggestion.hint(scalar.text, among: known, all: "one of"))
        return nil
    }

    /// The items of a list; a single text counts as a list of one when `single`. Empty when absent.
    func list(_ key: String, single: Bool = false) -> [YAMLNode] {
        guard let node = self[key] else { return [] }
        switch node.content {
        case .list(let items): return items
        case .scalar(let scalar) where scalar.text.isEmpty && scalar.plain: return []
        case .scalar where single: return [node]
        default:
            report.error(node.mark, "“\(key)” must be a list, not \(node.shape)", hint: "write [one, two] or a line “- one” for each")
            return []
        }
    }

    /// The texts of a list, each with its place; other shapes and empty texts are reported.
    func texts(_ key: String, single: Bool = false) -> [YAMLNode.Scalar] {
        list(key, single: single).compactMap { item in
            guard let scalar = item.scalar, !scalar.text.isEmpty else {
                report.error(item.mark, "“\(key)” must hold texts\(item.scalar == nil ? ", not \(item.shape)" : ", this one is empty")")
                return nil
            }
            return scalar
        }
    }

    /// The set of keys under `key`; nil when absent or (reported) of another shape.
    func fields(_ key: String, known: [String]) -> Fields? {
        guard let node = self[key] else { return nil }
        if let scalar = node.scalar, scalar.text.isEmpty, scalar.plain { return nil }
        return Fields(node, key, known: known, report: report)
    }
}
