import Testing

@testable import WebhookServer

@Suite("Addresses as text")
struct NetworkAddressTextTests {
    @Test(
        "An address is written in the one form that gateways read",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8:0:0:0:0:0:1"),
            ("::", "0:0:0:0:0:0:0:0"),
        ])
    func text(_ address: String, _ text: String) {
        #expect(NetworkAddress(address)?.text == text)
    }
}
