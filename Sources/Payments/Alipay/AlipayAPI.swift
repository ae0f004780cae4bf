import Cryptography
import Transport

/// Calls to Alipay's interface: a signed form goes out, and what comes back is believed only under Alipay's signature,
/// which is over the very text of the answer.
struct AlipayAPI: Sendable {
    /// What Alipay said: its answer, or the word for why not.
    enum Answer: Sendable {
        case done(JSON)
        case failed(word: String?)
    }

    let base: String
    let appID: String
    let privateKey: RSAPrivateKey
    let publicKeys: [RSAPublicKey]
    let transport: GatewayCall

    /// Throws `unreachable` when Alipay cannot answer now, and `malformedAnswer` for an answer that is not signed by it.
    func call(_ method: String, _ content: JSON, now: Int64) async throws(PaymentError) -> Answer {
        let request = try AlipayRequest(method, appID: appID, content: content, now: now).call(base: base, key: privateKey)
        let body = try await transport.post(request.url, form: request.form)
        guard let members = try? JSONReader.members(of: body) else { throw transport.malformed("the answer is not a JSON object") }
        let name = method.replacing(".", with: "_") + "_response"
        func find(_ name: String) -> (member: JSON.Member, written: ArraySlice<UInt8>)? {
            members.first { $0.member.name.utf8.elementsEqual(name.utf8) }
        }
        guard let answer = find(name) ?? find("error_response"), let code = answer.member.value["code"]?.text else {
            throw transport.malformed("the answer has no result")
        }
        let signature = find("sign")?.member.value.text.flatMap { Base64.decode($0) }
        let word = GatewayCall.word(answer.member.value["sub_code"]?.text)
        if code == "10000" {
            guard let signature, publicKeys.contains(where: { $0.verify(signature: signature, message: Array(answer.written)) }) else {
                throw transport.malformed("the answer is not signed by Alipay")
            }
            return .done(answer.member.value)
        }
        // A refusal need not be signed (Alipay does not sign those that concern the signature): it moves nothing.
        if code == "20000" || word == "ACQ.SYSTEM_ERROR" {
            throw PaymentError(.unreachable, "the gateway says: later", location: transport.place, cause: word)
        }
        return .failed(word: word)
    }
}
