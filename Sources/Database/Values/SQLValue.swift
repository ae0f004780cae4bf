/// One value in a column or bound to a parameter: the four types that SQLite and PostgreSQL share here.
///
/// There is no floating point and no date: money is minor units, time is unix seconds, both `.integer`.
package enum SQLValue: Sendable, Hashable {
    /// SQL NULL.
    case null
    /// BIGINT.
    case integer(Int64)
    /// TEXT, any Unicode string without U+0000 (PostgreSQL cannot store it).
    case text(String)
    /// BLOB (`bytea` on PostgreSQL, through a domain of that name).
    case blob([UInt8])
}

extension SQLValue {
    /// The integer, or NULL for nil.
    package static func integer(_ value: Int64?) -> SQLValue {
        guard let value else { return .null }
        return .integer(value)
    }

    /// The text, or NULL for nil.
    package static func text(_ value: String?) -> SQLValue {
        guard let value else { return .null }
        return .text(value)
    }

    /// The bytes, or NULL for nil.
    package static func blob(_ value: [UInt8]?) -> SQLValue {
        guard let value else { return .null }
        return .blob(value)
    }

    /// 1 or 0 as a BIGINT: neither engine's own boolean is portable.
    package static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }

    /// The name of the type, for messages. Never the value.
    var typeName: String {
        switch self {
        case .null: "NULL"
        case .integer: "BIGINT"
        case .text: "TEXT"
        case .blob: "BLOB"
        }
    }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(nilLiteral: ()) { self = .null }
}

extension SQLValue: CustomStringConvertible {
    /// The type alone: a value may be a secret, so it stays out of logs and errors.
    package var description: String { "<\(typeName)>" }
}
