import Transport

extension GatewayCall {
    /// Sends, and returns the answer whatever its status, for gateways that say in its body why they refuse.
    /// Throws `unreachable` when there is none.
    func exchange(
        _ method: String, _ url: String, headers: [HTTPField] = [], body: [UInt8] = [], maximumBody: Int = 1 << 20
    ) async throws(PaymentError) -> HTTPResponse {
        do throws(TransportError) {
            return try await http.request(method: method, url: url, headers: headers, body: body, maximumBody: maximumBody)
        } catch {
            let code: PaymentError.Code = error.isTemporary ? .unreachable : .refused
            throw PaymentError(code, "the gateway could not be reached", location: place, cause: error.message)
        }
    }

    /// What an answer outside 2xx means: 408, 409, 429 and 5xx are “later”, the rest is “no”. `word`: the gateway's own.
    func failure(_ response: HTTPResponse, word: String?) -> PaymentError {
        let cause = Self.word(word)
        switch response.status {
        case 401, 403:
            return refused(
                "the gateway does not accept our keys, or they may not do this", hint: "see the keys and their rights in its console",
                cause: cause)
        case 408, 409, 429, 500...:
            return PaymentError(.unreachable, "the gateway says: later (\(response.status))", location: place, cause: cause)
        default: return refused("the gateway refused the call (\(response.status))", cause: cause)
        }
    }
}
