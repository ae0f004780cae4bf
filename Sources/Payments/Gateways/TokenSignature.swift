import Cryptography

/// How gateways that one runs oneself sign JSON objects (TokenPay, Epusdt, BEpusdt): every member but the signature, and but the empty
/// ones, as `name=value` joined by `&` and sorted by name; the token after it; MD5, hexadecimal, lower case.
struct TokenSignature: Sendable {
    /// The first one signs what we send; all are believed, while the token is changed.
    private let tokens: [WebhookSecret]
    /// The member that holds the signature.
    let name: String

    init(tokens: [WebhookSecret], name: String) {
        self.tokens = tokens
        self.name = name
    }

    /// Takes the signature out. Throws when there is none.
    func signature(in parameters: SignedParameters) throws(Refusal) -> [UInt8] {
        guard let sign = parameters.bytes(name), !sign.isEmpty else { throw Refusal(.signature, "missing_signature") }
        return sign
    }

    /// Whether `sign` is one token's over the parameters.
    func accepts(_ sign: [UInt8], over parameters: SignedParameters) -> Bool {
        let text = signedText(parameters)
        return tokens.contains { constantTimeEquals(sign, Array(EPaySigner.md5(text, key: $0.key).utf8)) }
    }

    /// The members with the signature added. Numbers must be in their shortest form, since that is what is signed.
    func signed(_ members: [JSON.Member]) -> JSON {
        guard let token = tokens.first, let parameters = try? SignedParameters(members: members) else { return .object(members) }
        let sign = EPaySigner.md5(signedText(parameters), key: token.key)
        return .object(members + [JSON.Member(name: name, value: .text(sign))])
    }

    private func signedText(_ parameters: SignedParameters) -> [UInt8] {
        parameters.signedText(without: [name]) { $0.isEmpty }
    }
}
