import Catalog

extension Field {
    /// An amount above nothing, in a currency by its code of either case, from decimal text; zeros at its end do not count
    /// (`19.9900` is 19.99). nil for a sign, an exponent, a blank, a comma, a part of the minor unit, and nothing at all.
    static func amount(_ text: String?, _ code: String?) -> Money? {
        guard let text, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let shortest = PlainNumber.shortest(text), let code = currency(code), let currency = try? Currency(code: code),
            let money = try? Money(text: shortest, currency: currency), money.minor > 0
        else { return nil }
        return money
    }

    /// Minor units above nothing as ASCII digits or as a whole JSON number.
    static func minorUnits(_ value: JSON?) -> Int64? {
        switch value {
        case .number(let text), .text(let text):
            guard let minor = seconds(text), minor > 0 else { return nil }
            return minor
        default: return nil
        }
    }

    /// An identifier of a gateway that it writes now as a text, now as a whole number; nil for anything else.
    static func identifier(_ value: JSON?) -> String? {
        switch value {
        case .text(let text): isIdentifier(text) ? text : nil
        case .number(let text): text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) && isIdentifier(text) ? text : nil
        default: nil
        }
    }
}
