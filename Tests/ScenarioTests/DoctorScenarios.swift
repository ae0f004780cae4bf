import Foundation
import TestSupport
import Testing

@Suite("keyfront doctor")
struct DoctorScenarios {
    private struct Finding: Decodable {
        let subject: String
        let state: String
        let message: String
    }

    private func findings(_ ending: Program.Ending) throws -> [Finding] {
        try ending.output.split(separator: "\n").map { try JSONDecoder().decode(Finding.self, from: Data($0.utf8)) }
    }

    @Test("A shop that can sell: every part is named and well, the mail server was logged in to, no mail was sent")
    func well() async throws {
        let mails = try await MailServer()
        let shop = try await TestShop(mails: mails)
        _ = try await shop.importKeys(20)
        try await shop.start()
        let ending = try await shop.keyfront("doctor", "--json")
        #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
        let found = try findings(ending)
        for subject in ["content and theme", "webhook.url", "master key", "gateway test", "mail", "daemon", "stock", "ledger", "audit log"]
        {
            #expect(found.contains { $0.subject == subject && $0.state == "well" }, "\(subject)")
        }
        #expect(found.contains { $0.subject == "clock" && $0.state != "fault" })
        // A gateway elsewhere cannot reach this machine's loopback.
        #expect(found.contains { $0.subject == "gateway partner" && $0.state == "doubt" && $0.message.contains("/notify/partner") })
        #expect(found.contains { $0.subject == "mail" && $0.message.contains("no mail was sent") })
        try await Task.sleep(for: .milliseconds(100))
        #expect(try mails.received().isEmpty)
        #expect(try await shop.end() == 0)
    }

    @Test("Nobody at the mail server, no daemon, no keys, a paid order that waits: each is said, and the end is 1")
    func ill() async throws {
        let shop = try await TestShop()
        let empty = try await shop.keyfront("doctor", "--json")
        #expect(empty.status == 1)
        let found = try findings(empty)
        #expect(found.contains { $0.subject == "mail" && $0.state == "fault" })
        #expect(found.contains { $0.subject == "daemon" && $0.state == "doubt" && $0.message.contains("keyfront-webhook") })
        #expect(found.contains { $0.subject == "stock" && $0.state == "doubt" && $0.message.contains("lantern") })
        let text = try await shop.keyfront("doctor")
        #expect(text.status == 1)
        #expect(text.output.contains("✗ mail: ") && text.output.contains("? daemon: ") && text.output.contains("✓ master key: "))
    }

    @Test(
        "A placeholder, an empty secret, a key that is none: a fault at its account, and the daemon does not start",
        arguments: [
            "card: {kind: stripe, secret_key: BAD_SECRET, webhook_secrets: [GOOD_HOOK]}",
            "card: {kind: stripe, secret_key: GOOD_KEY, webhook_secrets: [EMPTY]}",
            "card: {kind: paypal, client_id: \"AbCdEfGh\", client_secret: GOOD_KEY, webhook_id: WEBHOOK_ID}",
            "card: {kind: stripe, secret_key: GOOD_KEY, webhook_secrets: [GOOD_HOOK], payment_links: {lantern: \"http://pay.example/x\"}}",
        ])
    func refused(account: String) async throws {
        let secrets = [
            "BAD_SECRET": "sk_live_changeme", "GOOD_KEY": "sk_live_51KeyfrontDoctorTest0123456789", "EMPTY": "",
            "GOOD_HOOK": "whsec_r4ITwqpse9fvXC6kOp5ysmITZApkHUAE",
        ]
        let shop = try await TestShop(gateways: [account], secrets: secrets)
        let ending = try await shop.keyfront("doctor", "--json")
        #expect(ending.status == 1)
        let found = try findings(ending)
        #expect(found.contains { $0.subject == "gateway card" && $0.state == "fault" && $0.message.contains("shop.yaml:") })
        #expect(found.contains { $0.subject == "gateway test" && $0.state == "well" })
        for secret in secrets.values where !secret.isEmpty { #expect(!ending.output.contains(secret)) }
        let daemon = try await Program.run(
            Program.folder.appendingPathComponent("keyfront-webhook").path, ["--shop", shop.path],
            environment: secrets.merging(["PARTNER_WEBHOOK_SECRET": TestShop.partnerSecret]) { $1 })
        #expect(daemon.status == 1)
        #expect(daemon.errors.contains("shop.yaml:"))
    }
}
