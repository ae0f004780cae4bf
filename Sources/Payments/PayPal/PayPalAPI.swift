import Cryptography
import Synchronization
import Transport

/// Calls to PayPal's interface under an access token, which is fetched when needed and kept until it runs out.
final class PayPalAPI: Sendable {
    private struct Token: Sendable {
        let text: String
        let until: Int64
    }

    private let base: String
    private let clientID: String
    private let clientSecret: SecretKey
    let transport: GatewayCall
    private let now: @Sendable () -> Int64
    private let token = Mutex<Token?>(nil)

    /// `base`: the origin of the interface, without a slash at its end.
    init(base: String, clientID: String, clientSecret: SecretKey, transport: GatewayCall, now: @escaping @Sendable () -> Int64) {
        self.base = base
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.transport = transport
        self.now = now
    }

    /// - Parameters:
    ///   - requestID: makes a repeat of the call the same call: PayPal keeps it for hours.
    ///   - accepted: words of a refusal (422 and 404) for which nil is returned instead of an error.
    /// Throws `unreachable`, `refused` or `malformedAnswer`.
    func call(
        _ method: String, _ path: String, _ content: JSON? = nil, requestID: String? = nil, accepting accepted: [String] = []
    ) async throws(PaymentError) -> JSON? {
        var headers = [HTTPField("Accept", "application/json"), HTTPField("Content-Type", "application/json")]
        if let requestID { headers.append(HTTPField("PayPal-Request-Id", requestID)) }
        let body = content.map { Array($0.written.utf8) } ?? []
        var response = try await send(method, path, headers, body, fresh: false)
        // A token can end before its time.
        if response.status == 401 { response = try await send(method, path, headers, body, fresh: true) }
        guard (200..<300).contains(response.status) else {
            let answer = try? JSONReader.read(response.body)
            let words = [answer?["details"]?.list?.first?["issue"]?.text, answer?["name"]?.text].compactMap(\.self)
            if response.status == 422 || response.status == 404, words.contains(where: accepted.contains) { return nil }
            throw transport.failure(response, word: words.first)
        }
        guard let answer = try? JSONReader.read(response.body), case .object = answer else {
            throw transport.malformed("the answer is not a JSON object")
        }
        return answer
    }

    private func send(
        _ method: String, _ path: String, _ headers: [HTTPField], _ body: [UInt8], fresh: Bool
    ) async throws(PaymentError) -> HTTPResponse {
        let authorization = HTTPField("Authorization", "Bearer \(try await accessToken(fresh: fresh))")
        return try await transport.exchange(method, base + path, headers: [authorization] + headers, body: body)
    }

    private func accessToken(fresh: Bool) async throws(PaymentError) -> String {
        if !fresh, let kept = token.withLock({ $0 }), now() < kept.until { return kept.text }
        let pair = Array("\(clientID):".utf8) + clientSecret.copy
        let response = try await transport.exchange(
            "POST", "\(base)/v1/oauth2/token",
            headers: [
                HTTPField("Authorization", "Basic \(Base64.encode(pair))"), HTTPField("Accept", "application/json"),
                HTTPField("Content-Type", "application/x-www-form-urlencoded"),
            ], body: Array("grant_type=client_credentials".utf8))
        guard (200..<300).contains(response.status) else {
            throw transport.failure(response, word: (try? JSONReader.read(response.body))?["error"]?.text)
        }
        guard let answer = try? JSONReader.read(response.body), let text = answer["access_token"]?.text,
            (1...4_096).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let seconds = answer["expires_in"]?.integer, (0...1_000_000).contains(seconds)
        else { throw transport.malformed("the answer has no access token") }
        token.withLock { $0 = Token(text: text, until: now() + max(0, seconds - 60)) }
        return text
    }
}
