import Catalog

/// A partner who sends the buyer to a page of theirs and us Standard Webhooks notices.
package struct StandardGateway: Gateway {
    package static let kind = GatewayKind.standard
    package let account: String
    private let notices: StandardNotices
    private let checkout: CheckoutTemplate

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings) {
        let secrets = settings.secrets("webhook_secrets")
        let template = settings.account.settings["checkout_url"]?.text.flatMap(CheckoutTemplate.init)
        if template == nil, settings.account.settings["checkout_url"] != nil {
            settings.refuse(
                "“checkout_url” is not an https address with {order} in its path or query", setting: "checkout_url",
                hint: "for example \"https://pay.partner.example/{order}?amount={amount}&currency={currency}\"")
        }
        guard let secrets, let template else { return nil }
        do throws(PaymentError) {
            notices = try StandardNotices(secrets: secrets)
        } catch {
            settings.refuse(error, setting: "webhook_secrets")
            return nil
        }
        account = settings.account.name
        checkout = template
    }

    package var noticeMethod: String { StandardNotices.method }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        notices.judge(notice, now: now)
    }

    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        CheckoutSession(way: .redirect(checkout.address(order: intent.order, amount: intent.amount)), gatewayReference: nil)
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        throw unsupported("be asked about a payment")
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        throw unsupported("refund: do it at the partner, whose notice books it")
    }
}
