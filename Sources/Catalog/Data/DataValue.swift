/// A value of a file in `content/data/`, for templates. Numbers are texts, as they are written.
package indirect enum DataValue: Hashable, Sendable {
    case text(String)
    /// A bare `true` or `false`.
    case bool(Bool)
    /// A bare `null`, or nothing.
    case null
    case list([DataValue])
    /// In the order of the file; no name twice.
    case record([Member])

    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: DataValue

        package init(name: String, value: DataValue) {
            self.name = name
            self.value = value
        }
    }

    /// The value of a record's member; nil when it has none or is no record.
    package subscript(_ name: String) -> DataValue? {
        if case .record(let members) = self { members.first { $0.name == name }?.value } else { nil }
    }
}
