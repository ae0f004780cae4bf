import Catalog
import Cryptography
import Payments
import Testing
import Transport

struct SandboxTests {
    private func sandbox(_ name: String = "test", key: [UInt8] = [UInt8](0..<32)) throws -> SandboxGateway {
        let account = GatewayAccount(name: name, kind: "sandbox", location: SourceLocation(path: "shop.yaml", line: 1, column: 1))
        let set = try GatewaySet(
            accounts: [account], webhookURL: "http://127.0.0.1:8080/", listenHost: "127.0.0.1",
            secrets: SecretSource(environment: [:], credentialsDirectory: nil, folder: "/"), sandboxKey: SecretKey(key), http: .unreachable)
        return try #require(set.sandbox(named: name))
    }

    private func query(_ sandbox: SandboxGateway) async throws -> String {
        guard case .redirect(let url) = try await sandbox.createCheckout(.sample(minor: 10_000, currency: "CNY")).way else { return "" }
        let parts = url.split(separator: "?", maxSplits: 1)
        #expect(parts.first == "http://127.0.0.1:8080/sandbox/test")
        return parts.count == 2 ? String(parts[1]) : ""
    }

    private func raw(_ notice: OutgoingNotice) -> RawNotice {
        RawNotice(method: "POST", path: "/notify/test", headers: notice.headers.map { ($0.name, $0.value) }, body: notice.body)
    }

    @Test("The pay page's address says what is to be paid, and a changed one says nothing")
    func page() async throws {
        let sandbox = try sandbox()
        let query = try await query(sandbox)
        let payment = try #require(sandbox.payment(query: query))
        #expect(payment.order == "KF_TEST_01" && payment.amountMinor == 10_000 && payment.currency == "CNY" && payment.language == "zh-CN")
        #expect(payment.returnURL == "https://shop.example/orders/abc?x=1&y=2")
        for (part, other) in [
            ("amount=10000", "amount=1"), ("KF_TEST_01", "KF_TEST_02"), ("shop.example", "evil.example"), ("order=", "order=A&order="),
        ] {
            #expect(query.contains(part) && sandbox.payment(query: query.replacing(part, with: other)) == nil)
        }
        #expect(
            sandbox.payment(query: query + "&x=1") == nil && sandbox.payment(query: "") == nil
                && sandbox.payment(query: query + query) == nil)
        #expect(try self.sandbox("other").payment(query: query) == nil)
        #expect(try self.sandbox(key: [UInt8](1...32)).payment(query: query) == nil)
    }

    @Test("Its notices are accepted by its own judge, and mean what was pressed")
    func notices() async throws {
        let sandbox = try sandbox()
        let payment = try #require(sandbox.payment(query: try await query(sandbox)))
        var transactions: Set<String> = []
        for (event, kind) in [
            (SandboxNotices.Event.paid, Fact.Kind.paid), (.failed, .failed), (.refunded, .refunded), (.disputed, .disputed),
        ] {
            let notice = sandbox.notice(event, of: payment, now: Signer.now)
            #expect(notice.url == "http://127.0.0.1:8080/notify/test")
            let fact = try #require(sandbox.judge(raw(notice), now: Signer.now).fact)
            #expect(
                fact.kind == kind && fact.orderID == "KF_TEST_01" && fact.amountMinor == 10_000 && fact.currency == "CNY"
                    && fact.occurredAt == Signer.now)
            transactions.insert(fact.gatewayTransactionID ?? "")
        }
        #expect(transactions.count == 1)
    }

    @Test("Pressing Pay again sends the same notice again; other events and orders have other ids")
    func repeats() async throws {
        let sandbox = try sandbox()
        let payment = try #require(sandbox.payment(query: try await query(sandbox)))
        func key(_ event: SandboxNotices.Event, _ now: Int64) -> String? {
            sandbox.judge(raw(sandbox.notice(event, of: payment, now: now)), now: now).fact?.dedupeKey
        }
        #expect(key(.paid, Signer.now) != nil && key(.paid, Signer.now) == key(.paid, Signer.now + 1_000))
        #expect(key(.paid, Signer.now) != key(.refunded, Signer.now))
    }

    @Test("A notice of one sandbox is no other's, nor of an installation with another key")
    func strangers() async throws {
        let sandbox = try sandbox()
        let payment = try #require(sandbox.payment(query: try await query(sandbox)))
        let notice = raw(sandbox.notice(.paid, of: payment, now: Signer.now))
        #expect(try self.sandbox("other").judge(notice, now: Signer.now).refusal == "signature/bad_signature")
        #expect(try self.sandbox(key: [UInt8](1...32)).judge(notice, now: Signer.now).refusal == "signature/bad_signature")
    }
}
