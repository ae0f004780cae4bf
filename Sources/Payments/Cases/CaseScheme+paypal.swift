import Cryptography

extension CaseScheme {
    /// `webhookId`, `allowedCertHosts`, `certCommonNameSuffix`, `trustAnchorsPem`, `maxTransmissionAgeSeconds`, and in
    /// `certificates` what a GET of each address would bring. nil when something is missing or cannot serve.
    static func paypal(_ config: JSON) -> PayPalNotices? {
        var chains: [[UInt8]: X509Chain] = [:]
        if case .object(let members) = config["certificates"] ?? .null {
            for member in members { chains[Array(member.name.utf8)] = member.value.text.flatMap { try? X509Chain(pem: $0) } }
        }
        let known = chains
        let hosts = config["allowedCertHosts"]?.list?.compactMap(\.text) ?? []
        let roots = config["trustAnchorsPem"]?.list?.compactMap(\.text).joined(separator: "\n") ?? ""
        guard let webhookID = config["webhookId"]?.text, let anchors = try? TrustAnchors(pem: roots) else { return nil }
        return try? PayPalNotices(
            webhookID: webhookID,
            certificates: PayPalCertificates(origins: hosts.map { "https://\($0)" }) { known[Array($0.utf8)] }, anchors: anchors,
            nameSuffix: config["certCommonNameSuffix"]?.text ?? ".paypal.com",
            maximumAge: config["maxTransmissionAgeSeconds"]?.integer ?? 604_800)
    }
}
