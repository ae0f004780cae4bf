import Cryptography
import Foundation
import Fulfilment
import Logging
import Operations
import Payments
import TestSupport
import Testing
import Transport

@testable import WebhookServer

struct LogSecrecyTests {
    private static let environment = [
        "CARD_KEY": "sk_live_51KeyfrontLogTest0123456789", "CARD_HOOK": Signer.stripeSecret, "EPAY_KEY": FormSigner.epayKey,
    ]
    private static let gateways =
        "{test: {kind: sandbox}, card: {kind: stripe, secret_key: CARD_KEY, webhook_secrets: [CARD_HOOK]}, "
        + #"epay: {kind: epay, base_url: "https://pay.example", pid: "1001", key: [EPAY_KEY]}}"#

    @Test("A log at its finest level has no key, address, token, secret, signature or body in it, whatever goes on")
    func secrecy() async throws {
        let mail = try await Peer("smtp_peer.py")
        let shop = try await TestShop(
            smtp: mail.port, keys: 2, proxies: "[127.0.0.1]", gateways: Self.gateways, environment: Self.environment, level: .trace)
        let visitor = [
            HTTPField("X-Forwarded-For", "192.0.2.77"), HTTPField("User-Agent", "SecretAgent/7"), HTTPField("Cookie", "crumb=1"),
        ]
        let promoter = try await shop.engine.addPromoter(address: "promo@mail.example", parent: nil)
        let link = try await shop.engine.promoterLink(id: promoter.id)
        var secrets = [
            "KEY-", "buyer", "promo@", "refused@", "mail.example", "192.0.2.77", "SecretAgent", "crumb", promoter.token, link,
            "order_id", "amount_minor", "whsec_", "v1,", "v1=", "sk_live", "KeyfrontTestSecret", FormSigner.epayKey, "trade_status",
            try String(contentsOfFile: "\(shop.folder)/secrets/master.key", encoding: .utf8).trimmingCharacters(in: .newlines),
        ]

        // A purchase and its repeats, a refund, the pages.
        let checkout = try await shop.post("/checkout", TestShop.form + "&ref=\(promoter.token)", visitor)
        let payURL = try #require(checkout.header("Location"))
        secrets.append(String(try #require(payURL.split(separator: "?").last)))
        _ = try await shop.post(payURL, "action=pay", visitor)
        let paid = try await shop.post(payURL, "action=pay", visitor)
        let orderURL = try #require(paid.header("Location"))
        secrets.append(String(try #require(orderURL.split(separator: "/").last)))
        #expect(text(try await shop.get(orderURL, visitor)).contains("KEY-0001-SECRET"))
        _ = try await shop.get("/p/\(link)", visitor)
        _ = try await shop.post(payURL, "action=refund", visitor)
        _ = try await shop.post("/orders/lookup", "email=buyer%40mail.example", visitor)

        // Forgeries at every account, by every mistake.
        let placed = try await shop.buy(email: "refused@mail.example")
        secrets.append(placed.token)
        let notice = try shop.notice(.paid, of: placed)
        let signature = try #require(notice.headers.first { $0.value.hasPrefix("v1,") }?.value)
        secrets += [signature, String(signature.dropFirst(3).prefix(16))]
        for body in [Array("{".utf8), notice.body + [0x20], []] { _ = try await shop.deliver(notice, body: body) }
        let card = Signer.stripe(Signer.event("checkout.session.completed", Signer.session()))
        let code = try #require(card.headers.first?.value.split(separator: "=").last)
        secrets += [String(code), "cs_live_1", "KF_TEST_01", "pi_test1"]
        for time in [Signer.now, shop.time.now] {
            let signed = Signer.stripe(Signer.event("checkout.session.completed", Signer.session()), at: time)
            for body in [signed.body, signed.body + [0x20]] {
                _ = try await shop.http.request(
                    method: "POST", url: "\(shop.url)/notify/card", headers: signed.headers.map { HTTPField($0.name, $0.value) }, body: body
                )
            }
        }
        let query = FormSigner.epayForm([("name", "buyer")])
        secrets.append(String(try #require(query.split(separator: "&").first { $0.hasPrefix("sign=") }).dropFirst(5)))
        #expect(try await shop.get("/notify/epay?\(query)", visitor).status == 200)
        #expect(try await shop.get("/notify/epay?\(query)0", visitor).status == 400)
        #expect(try await shop.deliver(notice).status == 204)

        // Errors of every sort.
        for path in ["/orders/secret-token-x", "/p/secret-token-x", "/nothing/secret-token-x?key=secret-token-x", "/assets/secret-token-x"]
        {
            _ = try await shop.get(path, visitor)
        }
        for body in ["email=buyer%40mail", "sku=secret-token-x&email=buyer%40mail.example&gateway=secret-token-x", "%", "secret-token-x"] {
            _ = try await shop.post("/checkout", body, visitor)
            _ = try await shop.post("/checkout", body, type: "application/json", visitor)
            _ = try await shop.post("/orders/lookup", body, visitor)
        }
        let garbage = try RawConnection(port: shop.port)
        garbage.send("secret-token-x buyer@mail.example HTTP/9.9\r\n\r\n")
        _ = await garbage.received()
        secrets.append("secret-token-x")
        let product = "\(shop.folder)/content/products/lamp.md"
        try TestShop.product(price: "seven").write(toFile: product, atomically: true, encoding: .utf8)
        await #expect(throws: (any Error).self) { try await shop.reload() }
        for _ in 0..<2 { _ = try await mail.next() }
        for _ in 0..<1000 where try await !shop.metric("keyfront_outbox_dead 1") { try await Task.sleep(for: .milliseconds(5)) }
        try await shop.stop()

        shop.kept.forbid("secret", secrets)
        let log = shop.log.text
        for word in ["order placed", "notice booked", "notice refused", "sent", "given up", "answered", "refused"] {
            #expect(log.contains(word), "\(word)")
        }
        #expect(log.split(separator: "\n").count > 30)
        for secret in secrets where log.contains(secret) {
            let line = log.split(separator: "\n").first { $0.contains(secret) } ?? ""
            Issue.record("the log has “\(secret)”: \(line)")
        }
    }
}
