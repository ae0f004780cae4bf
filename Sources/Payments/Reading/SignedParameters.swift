/// Parameters whose signature covers them by name: `name=value` joined by `&`, sorted by the bytes of the names, values as
/// they are before any URL encoding. Alipay and EPay sign this text, each leaving other parameters out of it.
///
/// Kept as bytes, because a sender may write in another encoding than UTF-8 (GBK) and signs the bytes, and because texts
/// that are canonically equal in Unicode are two names here.
package struct SignedParameters: Sendable {
    private struct Pair: Sendable {
        let name: [UInt8]
        let value: [UInt8]
    }

    /// Sorted by name.
    private let pairs: [Pair]

    /// Decodes a form once. Throws `malformed_form` for a broken escape or a parameter without a name, and
    /// `duplicate_parameter` for a name that stands twice: parsers disagree on which of the two counts.
    init(form: some Collection<UInt8>) throws(Refusal) {
        guard let decoded = FormText.decode(bytes: form), decoded.allSatisfy({ !$0.name.isEmpty }) else {
            throw Refusal(.format, "malformed_form")
        }
        guard Set(decoded.map(\.name)).count == decoded.count else { throw Refusal(.format, "duplicate_parameter") }
        self.init(pairs: decoded.map { Pair(name: $0.name, value: $0.value) })
    }

    /// Parameters of ours, each name once.
    package init(_ parameters: [(String, String)]) {
        self.init(pairs: parameters.map { Pair(name: Array($0.0.utf8), value: Array($0.1.utf8)) })
    }

    private init(pairs: [Pair]) {
        self.pairs = pairs.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    func bytes(_ name: String) -> [UInt8]? {
        pairs.first { $0.name.elementsEqual(name.utf8) }?.value
    }

    /// The value as text; nil when it is absent, empty, or not UTF-8.
    func text(_ name: String) -> String? {
        guard let value = bytes(name), !value.isEmpty else { return nil }
        return String(validating: value, as: UTF8.self)
    }

    /// The text that is signed: all parameters but those in `names`, and but those whose value is `blank`.
    package func signedText(without names: [String], blank: (_ value: [UInt8]) -> Bool = { _ in false }) -> [UInt8] {
        var text: [UInt8] = []
        for pair in pairs where !names.contains(where: { pair.name.elementsEqual($0.utf8) }) && !blank(pair.value) {
            if !text.isEmpty { text.append(UInt8(ascii: "&")) }
            text += pair.name
            text.append(UInt8(ascii: "="))
            text += pair.value
        }
        return text
    }

    /// Refuses parameters that may have been cut otherwise than they were signed. The signed text does not mark where a
    /// value ends, so one signed message can be cut into parameters in several ways: `refund_fee` swallowed by the value
    /// before it makes a refund look like a payment, and `trade_status` that swallows the next one is no success any more.
    /// Throws `ambiguous_parameter` when the value of one of `names` has an `&` in it, or any value has `&<name>=`.
    func checkBorders(of names: [String]) throws(Refusal) {
        let borders = names.map { Array("&\($0)=".utf8) }
        for pair in pairs where pair.value.contains(UInt8(ascii: "&")) {
            if names.contains(where: { pair.name.elementsEqual($0.utf8) }) { throw Refusal(.format, "ambiguous_parameter") }
            for start in pair.value.indices where pair.value[start] == UInt8(ascii: "&") {
                if borders.contains(where: { pair.value[start...].starts(with: $0) }) { throw Refusal(.format, "ambiguous_parameter") }
            }
        }
    }
}

extension RawNotice {
    /// The form that it carries: the query of a GET, the body of a POST. Throws as `SignedParameters` does, and
    /// `malformed_form` when there is something in the other place, which nobody signed.
    func parameters() throws(Refusal) -> SignedParameters {
        let query = query ?? ""
        let isGet = method == "GET"
        guard isGet ? body.isEmpty : query.isEmpty else { throw Refusal(.format, "malformed_form") }
        return isGet ? try SignedParameters(form: query.utf8) : try SignedParameters(form: body)
    }
}
