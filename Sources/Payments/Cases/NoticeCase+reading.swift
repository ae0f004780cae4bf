import Cryptography

extension NoticeCase {
    /// Reads one case. `number` counts from 1 and names it in errors as long as it has no name.
    init(_ entry: JSON, number: Int) throws(PaymentError) {
        let name = entry["name"]?.text ?? "case \(number)"
        func malformed(_ message: String) -> PaymentError {
            PaymentError(.malformedCase, message, location: name)
        }
        guard let gateway = entry["gateway"]?.text else { throw malformed("“gateway” is missing") }
        guard CaseScheme.known.contains(gateway) else {
            throw malformed(
                "“\(gateway.prefix(40))” is not a kind of notice that can be judged: \(CaseScheme.known.joined(separator: ", "))")
        }
        guard let now = entry["now"]?.integer, (0...253_402_300_799).contains(now) else {
            throw malformed("“now” is not a moment in unix seconds")
        }
        guard let bodyText = entry["body"]?.text else { throw malformed("“body” is missing") }
        let body: [UInt8]
        switch entry["bodyEncoding"]?.text ?? "utf8" {
        case "utf8": body = Array(bodyText.utf8)
        case "base64":
            guard let bytes = Base64.decode(bodyText) else { throw malformed("“body” is not base64") }
            body = bytes
        default: throw malformed("“bodyEncoding” is neither utf8 nor base64")
        }
        var headers: [(name: String, value: String)] = []
        for pair in entry["headers"]?.list ?? [] {
            guard let parts = pair.list, parts.count == 2, let header = parts[0].text, let value = parts[1].text else {
                throw malformed("“headers” is not a list of [name, value]")
            }
            headers.append((header, value))
        }
        self.name = name
        self.gateway = gateway
        self.now = now
        config = entry["config"] ?? .null
        after = entry["after"]?.text
        books = entry.isMissing("context") ? nil : try CaseBooks(entry["context"] ?? .null, name: name)
        notice = RawNotice(
            method: entry["method"]?.text ?? "POST", path: entry["path"]?.text ?? "/", query: entry["query"]?.text, headers: headers,
            body: body)
    }
}
