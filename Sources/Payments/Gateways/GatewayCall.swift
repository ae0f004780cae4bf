import Transport

/// Calls to a gateway's interface: what may go wrong on the way becomes a `PaymentError` that names the account, and
/// repeats neither what we sent nor what came back.
struct GatewayCall: Sendable {
    let http: HTTPClient
    let account: String

    var place: String { "gateways.\(account)" }

    /// Sends, and returns the body of a 2xx answer.
    /// Throws `unreachable` for no answer, 408, 409, 429 and 5xx, and `refused` for any other status.
    func send(
        _ method: String, _ url: String, headers: [HTTPField] = [], body: [UInt8] = []
    ) async throws(PaymentError) -> [UInt8] {
        let response = try await exchange(method, url, headers: headers, body: body)
        guard (200..<300).contains(response.status) else { throw failure(response, word: nil) }
        return response.body
    }

    /// POSTs a form.
    func post(_ url: String, form pairs: [(String, String)]) async throws(PaymentError) -> [UInt8] {
        let type = HTTPField("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        return try await send("POST", url, headers: [type], body: Array(FormText.encode(pairs).utf8))
    }

    func malformed(_ message: String) -> PaymentError {
        PaymentError(.malformedAnswer, message, location: place)
    }

    func refused(_ message: String, hint: String? = nil, cause: String? = nil) -> PaymentError {
        PaymentError(.refused, message, hint: hint, location: place, cause: cause)
    }

    /// A gateway's word for what went wrong (`ACQ.TRADE_NOT_EXIST`); nil for anything that is not a word, because free text
    /// may hold what we sent.
    static func word(_ text: String?) -> String? {
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ Field.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") })
        else { return nil }
        return text
    }
}
