import Cryptography

/// Calls to one EPay site, in the paths of its generation.
struct EPaySite: Sendable {
    /// Without a slash at the end.
    let base: String
    let merchant: String
    let signer: EPaySigner
    let verifier: EPayVerifier
    let transport: GatewayCall
    let now: @Sendable () -> Int64

    var version: EPayVersion { signer.version }

    /// The parameters with merchant, time and signature added. Throws `notConfigured` when the key cannot sign.
    func signed(_ parameters: [(String, String)]) throws(PaymentError) -> [(String, String)] {
        var all = [("pid", merchant)] + parameters.filter { !$0.1.isEmpty }
        if version == .v2 { all.append(("timestamp", String(now()))) }
        return all + [("sign", try signer.sign(all)), ("sign_type", version.signType)]
    }

    /// The address that a browser is sent to. Throws `notConfigured` when the key cannot sign.
    func submitAddress(_ parameters: [(String, String)]) throws(PaymentError) -> String {
        "\(base)/\(version == .v1 ? "submit.php" : "api/pay/submit")?\(FormText.encode(try signed(parameters)))"
    }

    /// POSTs signed parameters to a path. Throws `refused` when the site says no, `malformedAnswer` when what it says is not
    /// an answer, or (second generation) not signed by it within the last five minutes.
    func post(_ path: String, _ parameters: [(String, String)]) async throws(PaymentError) -> EPayAnswer {
        try checked(try await transport.post("\(base)/\(path)", form: try signed(parameters)))
    }

    /// What the site of the first generation says about an order. The protocol wants the key itself as a parameter, so this
    /// address is never shown; and its answer is not signed, so it is worth what TLS is worth.
    func ask(order: String, key: SecretKey) async throws(PaymentError) -> EPayAnswer? {
        let pairs = [
            ("act", "order"), ("pid", merchant), ("key", key.withBytes { String(decoding: $0, as: UTF8.self) }), ("out_trade_no", order),
        ]
        let body = try await transport.send("GET", "\(base)/api.php?\(FormText.encode(pairs))")
        guard let answer = EPayAnswer(body), let code = answer.field("code") else { throw transport.malformed("the answer has no code") }
        if code == "1" { return answer }
        // -1 is “no such order”: the buyer did not get that far. The others are about us.
        if code == "-1" { return nil }
        throw refusal(code)
    }

    private func checked(_ body: [UInt8]) throws(PaymentError) -> EPayAnswer {
        guard let answer = EPayAnswer(body), let code = answer.field("code") else { throw transport.malformed("the answer has no code") }
        guard code == (version == .v1 ? "1" : "0") else { throw refusal(code) }
        guard version == .v2 else { return answer }
        guard answer.field("sign_type") == version.signType, let sign = answer.field("sign"),
            verifier.accepts(Array(sign.utf8), over: answer.parameters)
        else { throw transport.malformed("the answer is not signed by the site") }
        guard let time = answer.field("timestamp").flatMap({ Field.seconds($0) }), abs(now() - time) <= 300 else {
            throw transport.malformed("the answer is not of these five minutes")
        }
        return answer
    }

    /// The site's message is free text and may hold what we sent: only its number is repeated.
    private func refusal(_ code: String) -> PaymentError {
        transport.refused(
            "the site refused the call", hint: "see pid, keys, clock and permitted domains in the site's merchant console",
            cause: GatewayCall.word(code).map { "code \($0)" })
    }
}
