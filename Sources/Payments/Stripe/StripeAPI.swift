import Cryptography
import Transport

/// Calls to Stripe's interface: form in, JSON out, the version pinned.
struct StripeAPI: Sendable {
    private let base: String
    private let key: SecretKey
    private let http: HTTPClient
    private let account: String

    /// `base`: where the interface is, for tests; nil for the real one.
    init(base: String?, key: SecretKey, http: HTTPClient, account: String) {
        let base = base ?? "https://api.stripe.com"
        self.base = base.utf8.last == UInt8(ascii: "/") ? String(base.dropLast()) : base
        self.key = key
        self.http = http
        self.account = account
    }

    /// Whether a secret key is one for test mode. Throws `notConfigured` when it cannot be a secret key.
    static func isTestKey(_ key: String) throws(PaymentError) -> Bool {
        guard key.utf8.allSatisfy({ Field.isWord($0) || $0 == UInt8(ascii: "_") }), !PlaceholderText.matches(key, alsoWords: false) else {
            throw PaymentError(.notConfigured, "the secret key is empty or a placeholder", hint: "copy it from Stripe's dashboard")
        }
        for (prefix, test) in [("sk_live_", false), ("rk_live_", false), ("sk_test_", true), ("rk_test_", true)]
        where key.utf8.starts(with: prefix.utf8) {
            return test
        }
        throw PaymentError(
            .notConfigured, "the secret key is none: it starts with neither sk_ nor rk_",
            hint: "the publishable key (pk_) and the webhook secret (whsec_) are others")
    }

    func post(_ path: String, _ pairs: [(String, String)], idempotencyKey: String) async throws(PaymentError) -> JSON {
        try await call(
            "POST", path, Array(FormText.encode(pairs).utf8),
            [HTTPField("Content-Type", "application/x-www-form-urlencoded"), HTTPField("Idempotency-Key", idempotencyKey)])
    }

    func get(_ path: String) async throws(PaymentError) -> JSON {
        try await call("GET", path, [], [])
    }

    func malformed(_ message: String) -> PaymentError {
        PaymentError(.malformedAnswer, message, location: "gateways.\(account)")
    }

    private func call(_ method: String, _ path: String, _ body: [UInt8], _ headers: [HTTPField]) async throws(PaymentError) -> JSON {
        let authorization = HTTPField("Authorization", "Bearer " + key.withBytes { String(decoding: $0, as: UTF8.self) })
        let pinned = HTTPField("Stripe-Version", "2026-10-28.endive")
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await http.request(method: method, url: base + path, headers: [authorization, pinned] + headers, body: body)
        } catch {
            let code: PaymentError.Code = error.isTemporary ? .unreachable : .refused
            throw PaymentError(code, "the gateway could not be reached", location: "gateways.\(account)", cause: error.message)
        }
        guard (200..<300).contains(response.status) else { throw failure(response) }
        guard let answer = try? JSONReader.read(response.body), case .object = answer else {
            throw malformed("the answer is not a JSON object")
        }
        return answer
    }

    /// 409, 429 and 5xx: later. Stripe's `code` is a word out of a list; its `message` may hold what we sent, so it stays out.
    private func failure(_ response: HTTPResponse) -> PaymentError {
        let error = (try? JSONReader.read(response.body))?["error"]
        let word = error?["code"]?.text ?? error?["type"]?.text
        let cause = word.flatMap { $0.utf8.count <= 64 && $0.utf8.allSatisfy { Field.isWord($0) || $0 == 0x5F } ? $0 : nil }
        let place = "gateways.\(account)"
        switch response.status {
        case 401, 403:
            return PaymentError(
                .refused, "the gateway does not accept our secret key", hint: "see the key and its rights in Stripe's dashboard",
                location: place,
                cause: cause)
        case 409, 429, 500...:
            return PaymentError(.unreachable, "the gateway says: later (\(response.status))", location: place, cause: cause)
        default: return PaymentError(.refused, "the gateway refused the call (\(response.status))", location: place, cause: cause)
        }
    }
}
