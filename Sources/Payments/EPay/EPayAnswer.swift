/// An answer of an EPay site: one JSON object. PHP writes numbers now as numbers, now as text, so both are read alike.
struct EPayAnswer: Sendable {
    private let content: JSON

    /// nil when it is not a JSON object.
    init?(_ body: [UInt8]) {
        guard let content = try? JSONReader.read(body), case .object = content else { return nil }
        self.content = content
    }

    /// The value of a member; nil when it is absent, empty, or neither text nor number.
    func field(_ name: String) -> String? {
        guard let value = content[name], let text = Self.text(value), !text.isEmpty else { return nil }
        return text
    }

    /// The members as the site signed them, before it made JSON of them.
    var parameters: SignedParameters {
        guard case .object(let members) = content else { return SignedParameters([]) }
        return SignedParameters(members.compactMap { member in Self.text(member.value).map { (member.name, $0) } })
    }

    /// As PHP turns a value into text: `68.0` becomes `68`, true becomes `1`. nil for lists and objects, which are not signed.
    private static func text(_ value: JSON) -> String? {
        switch value {
        case .text(let text): text
        case .number(let text): shortest(text)
        case .bool(let bool): bool ? "1" : ""
        case .null: ""
        case .list, .object: nil
        }
    }

    private static func shortest(_ number: String) -> String {
        guard number.utf8.contains(UInt8(ascii: ".")), !number.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
            return number
        }
        var digits = Array(number.utf8)
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        if digits.last == UInt8(ascii: ".") { digits.removeLast() }
        return String(decoding: digits, as: UTF8.self)
    }
}
