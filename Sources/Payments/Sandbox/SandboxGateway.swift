import Catalog
import Cryptography

/// A gateway that takes no money: for trying out a shop on one's own machine. Its pay page is the daemon's, its
/// notices are real Standard Webhooks ones over HTTP. Whoever reaches the page can "pay", so it exists only where
/// nobody else reaches it.
package struct SandboxGateway: Gateway {
    package static let kind = GatewayKind.sandbox
    package let account: String
    private let notices: StandardNotices
    private let noticeKey: SecretKey
    private let pageKey: SecretKey
    private let webhookURL: String

    /// nil, with the reason noted in `settings`, unless the daemon is reached over loopback alone.
    init?(_ settings: inout AccountSettings, webhookURL: String, listenHost: String, key: SecretKey) {
        guard let address = WebAddress(webhookURL), address.isLoopback, WebAddress.isLoopback(listenHost) else {
            settings.refuse(
                "a sandbox sells for nothing, so it exists only while webhook.url and webhook.listen are on this machine", setting: nil,
                hint: "remove the account, or use http://127.0.0.1:8080 and 127.0.0.1:8080")
            return nil
        }
        account = settings.account.name
        self.webhookURL = webhookURL.utf8.last == UInt8(ascii: "/") ? String(webhookURL.dropLast()) : webhookURL
        noticeKey = SecretKey(Digest.hmacSHA256(key: key, Array("notices/\(account)".utf8)))
        pageKey = SecretKey(Digest.hmacSHA256(key: key, Array("page/\(account)".utf8)))
        notices = StandardNotices(derived: noticeKey)
    }

    package var noticeMethod: String { StandardNotices.method }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        notices.judge(notice, now: now)
    }

    /// The address of the pay page, whose parameters are signed.
    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        let payment = SandboxPayment(
            order: intent.order, amountMinor: intent.amount.minor, currency: intent.amount.currency.code, language: intent.language,
            returnURL: intent.returnURL)
        return CheckoutSession(
            way: .redirect("\(webhookURL)\(pagePath)?\(payment.query(signedWith: pageKey))"),
            gatewayReference: SandboxNotices.transaction(payment, key: noticeKey))
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        throw unsupported("be asked about a payment")
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        // No money moved, so none has to: the receipt says done. The button of its pay page tells the same by a notice.
        RefundReceipt(reference: "sandbox-\(request.key)", done: true)
    }

    /// The path of the pay page: GET shows it, POST (`action` = `pay`, `decline` or `refund`, the query kept) acts.
    package var pagePath: String { "/sandbox/\(account)" }

    /// What the page is about; nil when a parameter was changed.
    package func payment(query: String) -> SandboxPayment? {
        SandboxPayment(query: query, signedWith: pageKey)
    }

    /// The notice that a press of a button sends to our own notify address. `now`: unix seconds.
    package func notice(_ event: SandboxNotices.Event, of payment: SandboxPayment, now: Int64) -> OutgoingNotice {
        SandboxNotices(key: noticeKey, url: "\(webhookURL)/notify/\(account)").notice(event, of: payment, now: now)
    }
}
