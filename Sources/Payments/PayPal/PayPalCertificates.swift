package import Cryptography
import Transport

/// The certificates that PayPal's signatures name by their address. The address comes with the message, so from whoever
/// wrote it: only PayPal's own hosts are asked, and what they answer is believed only as far as its chain leads.
package struct PayPalCertificates: Sendable {
    /// `https://host` of each host that may be named; no other port than 443.
    private let origins: [String]
    /// What is known already.
    let chain: @Sendable (String) -> X509Chain?

    private static let live = ["https://api.paypal.com", "https://api-m.paypal.com"]
    private static let sandbox = ["https://api.sandbox.paypal.com", "https://api-m.sandbox.paypal.com"]

    /// PayPal's hosts for one of its two worlds; a live account has no use for the sandbox's certificates, nor the reverse.
    static func origins(test: Bool) -> [String] { test ? sandbox : live }

    /// With certificates that are at hand, by address.
    package init(origins: [String], chain: @escaping @Sendable (String) -> X509Chain?) {
        self.origins = origins
        self.chain = chain
    }

    /// Throws `cert_url_not_allowed` unless the address is `https` on port 443 of a listed host: as a forgery, or as a
    /// matter of policy when it is PayPal's all the same.
    func check(_ address: String) throws(Refusal) {
        guard let address = WebAddress(address) else { throw Refusal(.signature, "cert_url_not_allowed") }
        func matches(_ origins: [String]) -> Bool {
            origins.contains { $0 == address.origin || "\($0):443" == address.origin }
        }
        guard !matches(origins) else { return }
        throw Refusal(matches(Self.live + Self.sandbox) ? .policy : .signature, "cert_url_not_allowed")
    }
}

/// Certificates by address, fetched once.
struct PayPalCertificateStore: Sendable {
    private let chains = BoundedMemory<X509Chain>(limit: 64)
    /// When an address gave no certificate, unix seconds.
    private let failures = BoundedMemory<Int64>(limit: 1_024)
    private let transport: GatewayCall

    init(transport: GatewayCall) {
        self.transport = transport
    }

    func chain(_ address: String) -> X509Chain? {
        chains.value(Array(address.utf8))
    }

    /// Fetches the certificate of an address that was checked, unless it is known, or gave none a minute ago. Strangers can
    /// make us do this, so only places where PayPal keeps certificates are asked, for 64 KiB at most, without redirects.
    /// Throws `unreachable`.
    func fetch(_ address: String, now: Int64) async throws(PaymentError) {
        let key = Array(address.utf8)
        guard chains.value(key) == nil, Self.isPlace(address), now - (failures.value(key) ?? now - 60) >= 60 else { return }
        let response = try await transport.exchange("GET", address, maximumBody: 65_536)
        if response.status >= 500 || response.status == 429 { throw transport.failure(response, word: nil) }
        guard response.status == 200, let text = String(validating: response.body, as: UTF8.self), let chain = try? X509Chain(pem: text)
        else {
            failures.remember(key, now)
            return
        }
        chains.remember(key, chain)
    }

    /// `…/v1/notifications/certs/<letters, digits, dashes>`
    private static func isPlace(_ address: String) -> Bool {
        guard let place = WebAddress(address) else { return false }
        let path = address.utf8.dropFirst(place.origin.utf8.count)
        let folder = "/v1/notifications/certs/".utf8
        return path.starts(with: folder) && (1...128).contains(path.count - folder.count)
            && path.dropFirst(folder.count).allSatisfy { Field.isWord($0) || $0 == UInt8(ascii: "-") }
    }
}
