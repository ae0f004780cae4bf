import Transport

extension GatewayCall {
    /// Sends JSON, if any, and reads the JSON object that comes back.
    ///
    /// - Parameter word: finds the gateway's own word for what went wrong in a refusal.
    /// Throws as `exchange` and `failure` do, and `malformedAnswer` when what came back is no object.
    func json(
        _ method: String, _ url: String, _ content: JSON? = nil, headers: [HTTPField],
        word: @Sendable (JSON) -> String? = { $0["code"]?.text }
    ) async throws(PaymentError) -> JSON {
        guard let answer = try await jsonIfFound(method, url, content, headers: headers, word: word) else {
            throw refused("the gateway refused the call (404)")
        }
        return answer
    }

    /// The same; nil when the gateway says 404.
    func jsonIfFound(
        _ method: String, _ url: String, _ content: JSON? = nil, headers: [HTTPField],
        word: @Sendable (JSON) -> String? = { $0["code"]?.text }
    ) async throws(PaymentError) -> JSON? {
        let type = content == nil ? [] : [HTTPField("Content-Type", "application/json")]
        let accept = headers.contains { $0.name == "Accept" } ? [] : [HTTPField("Accept", "application/json")]
        let response = try await exchange(
            method, url, headers: headers + accept + (headers.contains { $0.name == "Content-Type" } ? [] : type),
            body: content.map { Array($0.written.utf8) } ?? [])
        if response.status == 404 { return nil }
        let answer = try? JSONReader.read(response.body)
        guard (200..<300).contains(response.status) else { throw failure(response, word: answer.flatMap(word)) }
        guard let answer, case .object = answer else { throw malformed("the answer is not a JSON object") }
        return answer
    }
}
