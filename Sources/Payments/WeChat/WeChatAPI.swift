import Cryptography
import Transport

/// Calls to WeChat Pay: signed by us, and what comes back is believed only under WeChat's own signature, fresh.
struct WeChatAPI: Sendable {
    /// In the order in which they are tried: the second is WeChat's own stand-by. Every call of ours may be repeated, for each
    /// carries the number of its order or refund.
    private let bases: [String]
    private let signer: WeChatSigner
    private let keys: WeChatKeys
    let transport: GatewayCall
    let now: @Sendable () -> Int64
    private let random: RandomSource
    private let tolerance: Int64 = 300

    /// `base`: where the interface is, for tests; nil for the real one.
    init(
        base: WebAddress?, signer: WeChatSigner, keys: WeChatKeys, transport: GatewayCall, now: @escaping @Sendable () -> Int64,
        random: RandomSource
    ) {
        bases = base.map { [$0.origin] } ?? ["https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com"]
        self.signer = signer
        self.keys = keys
        self.transport = transport
        self.now = now
        self.random = random
    }

    /// The answer's JSON. `nil` only for a 404 with the code `absent`.
    /// Throws `unreachable`, `refused`, or `malformedAnswer` for an answer that WeChat did not sign just now.
    func call(_ method: String, _ path: String, _ content: JSON? = nil, absent: String? = nil) async throws(PaymentError) -> JSON? {
        let body = content.map { Array($0.written.utf8) } ?? []
        let response = try await exchange(method, path, body)
        guard (200..<300).contains(response.status) else {
            let word = (try? JSONReader.read(response.body))?["code"]?.text
            if let absent, response.status == 404, word == absent { return nil }
            throw transport.failure(response, word: word)
        }
        do throws(Refusal) {
            let signature = try WeChatSignature { response.header($0) }
            try signature.verify(response.body, keys)
            try signature.checkClock(now: now(), tolerance: tolerance)
        } catch {
            throw transport.malformed("the answer is not signed by WeChat Pay: \(error.reason)")
        }
        guard let answer = try? JSONReader.read(response.body), case .object = answer else {
            throw transport.malformed("the answer is not a JSON object")
        }
        return answer
    }

    /// What a page inside WeChat needs for a payment that was just opened.
    func pagePayment(appid: String, prepayID: String) throws(PaymentError) -> WeChatPagePayment {
        try signer.payment(appid: appid, prepayID: prepayID, at: now(), nonce: try nonce())
    }

    /// Each try is signed anew, with a nonce of its own.
    private func exchange(_ method: String, _ path: String, _ body: [UInt8]) async throws(PaymentError) -> HTTPResponse {
        var failure = transport.malformed("no address to call")
        for base in bases {
            var headers = [
                HTTPField(
                    "Authorization", try signer.authorization(method, path, body: body, at: now(), nonce: try nonce())),
                HTTPField("Accept", "application/json"), HTTPField("User-Agent", "Keyfront"),
            ]
            if !body.isEmpty { headers.append(HTTPField("Content-Type", "application/json")) }
            if let id = keys.publicKeyID { headers.append(HTTPField("Wechatpay-Serial", id)) }
            do throws(PaymentError) {
                return try await transport.exchange(method, base + path, headers: headers, body: body)
            } catch {
                guard error.code == .unreachable else { throw error }
                failure = error
            }
        }
        throw failure
    }

    private func nonce() throws(PaymentError) -> String {
        guard let bytes = try? random.bytes(16) else {
            throw PaymentError(.unreachable, "the random generator gave nothing", location: transport.place)
        }
        return Hex.encode(bytes)
    }
}
