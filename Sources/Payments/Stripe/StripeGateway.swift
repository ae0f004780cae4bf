import Catalog
import Cryptography
import Transport

/// Stripe Checkout: hosted pay pages, signed events, refunds over the interface.
package struct StripeGateway: Gateway {
    package static let kind = GatewayKind.stripe
    package let account: String
    private let notices: StripeNotices
    private let api: StripeAPI

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient) {
        let keys = settings.secrets("secret_key")
        let secrets = settings.secrets("webhook_secrets")
        let testMode = settings.flag("test_mode")
        let base = settings.address("api")
        settings.checkOrigins()
        settings.checkPaymentLinks()
        guard let keys, let secrets else { return nil }
        do throws(PaymentError) {
            guard let key = keys.first, keys.count == 1 else {
                throw PaymentError(.notConfigured, "one secret key is expected", hint: "only webhook secrets are rolled in a list")
            }
            let test = try StripeAPI.isTestKey(key)
            if let testMode, testMode != test {
                settings.refuse(
                    "“test_mode” is \(testMode), but the secret key is one for \(test ? "test" : "live") mode", setting: "test_mode",
                    hint: "leave test_mode out: the key says which mode it is")
                return nil
            }
            notices = try StripeNotices(secrets: secrets, livemode: !test)
            api = StripeAPI(base: base?.text, key: SecretKey(Array(key.utf8)), http: http, account: settings.account.name)
        } catch {
            settings.refuse(error, setting: (try? StripeAPI.isTestKey(keys.first ?? "")) == nil ? "secret_key" : "webhook_secrets")
            return nil
        }
        account = settings.account.name
    }

    package var noticeMethod: String { StripeNotices.method }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        notices.judge(notice, now: now)
    }

    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        let answer = try await api.post("/v1/checkout/sessions", try StripeRequests.checkout(intent), idempotencyKey: "co-\(intent.order)")
        guard let id = answer["id"]?.text, Field.isIdentifier(id), let address = answer["url"]?.text.flatMap(WebAddress.init) else {
            throw api.malformed("the new session has no id or no address")
        }
        return CheckoutSession(way: .redirect(address.text), gatewayReference: id)
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        guard let id = payment.gatewayReference, Field.isIdentifier(id) else {
            throw unsupported("be asked about a payment without a session")
        }
        let answer = try await api.get("/v1/checkout/sessions/\(FormText.escapePart(id))")
        let status = answer["status"]?.text
        do throws(Refusal) {
            guard answer["livemode"]?.bool == notices.livemode else { throw Refusal(.identity, "livemode_mismatch") }
            guard answer["id"]?.text == id else { throw Refusal(.identity, "session_mismatch") }
            let fact = try StripeSession(answer).fact(dedupeKey: "query:\(id):\(status ?? "")", at: nil, failed: status == "expired")
            return fact.kind == .ignored ? nil : fact
        } catch {
            throw api.malformed("the session cannot be read: \(error.reason)")
        }
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        let answer = try await api.post("/v1/refunds", try StripeRequests.refund(request), idempotencyKey: "re-\(request.key)")
        guard let id = answer["id"]?.text, Field.isIdentifier(id), let status = answer["status"]?.text else {
            throw api.malformed("the refund has no id or no status")
        }
        guard status != "failed", status != "canceled" else {
            throw PaymentError(.refused, "the refund was not made", location: "gateways.\(account)")
        }
        return RefundReceipt(reference: id, done: status == "succeeded")
    }
}
