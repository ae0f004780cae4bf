/// A JSON value (RFC 8259) as it was written: numbers keep their text, members their order.
package indirect enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The text of the number, checked against the grammar.
    case number(String)
    case text(String)
    case list([JSON])
    case object([Member])

    package struct Member: Sendable, Equatable {
        package let name: String
        package let value: JSON

        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The value of a member, found by the bytes of its name; nil in another kind of value.
    package subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    package var list: [JSON]? {
        if case .list(let list) = self { list } else { nil }
    }

    /// A number written as a whole one (`1999`; neither `1999.0` nor `2e3`) inside Int64; nil for anything else.
    package var integer: Int64? {
        guard case .number(let text) = self else { return nil }
        return Int64(text)
    }

    /// Whether the member is absent or null.
    package func isMissing(_ name: String) -> Bool {
        guard let value = self[name] else { return true }
        return value == .null
    }
}
