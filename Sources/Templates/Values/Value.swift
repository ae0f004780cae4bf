/// What a template is rendered with.
///
/// A section takes `null`, `false`, zero, an empty list, an empty text and empty markup for “no” and
/// everything else for “yes”: the specification's `!!data`.
package enum Value: Sendable {
    /// Known, but empty: written as nothing, “no” in a section.
    case null
    case bool(Bool)
    /// Text from anywhere: escaped where the template writes it into HTML.
    case text(String)
    /// Markup we made ourselves, UTF-8: written as it is, by `{{x}}` as well.
    case html([UInt8])
    /// A number as it was written, so that no digit is lost or added.
    case number(String)
    case list([Value])
    case record(Record)
}

extension Value {
    /// Whether a section over this value is rendered.
    var isTrue: Bool {
        switch self {
        case .null: false
        case .bool(let flag): flag
        case .text(let text): !text.utf8.isEmpty
        case .html(let bytes): !bytes.isEmpty
        case .list(let items): !items.isEmpty
        case .number(let text): !Self.isZero(text)
        case .record: true
        }
    }

    /// Whether no digit before an exponent is other than 0.
    private static func isZero(_ number: String) -> Bool {
        for byte in number.utf8 {
            switch byte {
            case UInt8(ascii: "1")...UInt8(ascii: "9"): return false
            case UInt8(ascii: "e"), UInt8(ascii: "E"): return true
            default: continue
            }
        }
        return true
    }

    /// The text, or `null` where there is none.
    package static func optional(_ text: String?) -> Value {
        text.map(Value.text) ?? .null
    }

    /// The number of something.
    package static func count(_ number: some BinaryInteger) -> Value {
        .number(String(number))
    }
}
