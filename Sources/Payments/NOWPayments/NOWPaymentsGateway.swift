import Catalog
import Cryptography
import Transport

/// NOWPayments: invoices with its own pay page for many coins, signed notices, each confirmed by asking before anything is delivered.
package struct NOWPaymentsGateway: Gateway {
    package static let kind = GatewayKind.nowpayments
    static let requirements: [GatewaySetting] = [
        .init("api_key", .secret, required: true), .init("webhook_secrets", .secrets, required: true), .init("test_mode", .flag),
        .init("api", .address), .init("checkout_origins", .addresses),
    ]

    package let account: String
    private let notices: NOWPaymentsNotices
    private let base: String
    private let key: SecretKey
    private let call: GatewayCall
    private let confirmations = Confirmations()

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient) {
        let key = settings.interfaceKey("api_key")
        let secrets = settings.webhookSecrets()
        let test = settings.flag("test_mode") ?? false
        let base = settings.site("api")
        settings.checkOrigins()
        guard let key, let secrets else { return nil }
        account = settings.account.name
        notices = NOWPaymentsNotices(secrets: secrets)
        self.base = base ?? (test ? "https://api-sandbox.nowpayments.io" : "https://api.nowpayments.io")
        self.key = SecretKey(Array(key.utf8))
        call = GatewayCall(http: http, account: settings.account.name)
    }

    package var noticeMethod: String { NOWPaymentsNotices.method }

    /// Asks whether the payment of an authentic notice is as it says.
    package func prepare(for notice: RawNotice) async throws(PaymentError) {
        guard case .accepted(let fact, _) = notices.judge(notice, now: 0), Self.mustBeConfirmed(fact), let id = fact.gatewayTransactionID
        else { return }
        let found = try await payment(id).flatMap { try? $0.fact() }
        let same =
            found?.kind == fact.kind && found?.gatewayTransactionID == id && found?.orderID == fact.orderID
            && found?.amountMinor == fact.amountMinor && found?.currency == fact.currency
        confirmations.remember(notice, same ? fact : nil)
    }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        let verdict = notices.judge(notice, now: now)
        guard case .accepted(let fact, let success) = verdict, Self.mustBeConfirmed(fact) else { return verdict }
        return confirmations.verdict(on: notice, success: success, failure: NOWPaymentsNotices.failure)
    }

    private static func mustBeConfirmed(_ fact: Fact) -> Bool {
        fact.kind == .paid || fact.kind == .refunded
    }

    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        guard intent.amount.minor > 0 else { throw call.refused("an amount of nothing cannot be paid") }
        // A number, and the shortest, because that is what the service writes back.
        let price = PlainNumber.shortest(intent.amount.decimalText) ?? intent.amount.decimalText
        let answer = try await call.json(
            "POST", "\(base)/v1/invoice",
            .object([
                "price_amount": .number(price), "price_currency": .text(intent.amount.currency.code.lowercased()),
                "order_id": .text(intent.order), "order_description": .text(intent.order), "ipn_callback_url": .text(intent.notifyURL),
                "success_url": .text(intent.returnURL), "cancel_url": .text(intent.returnURL),
            ]), headers: headers)
        guard let id = Field.identifier(answer["id"]), answer["order_id"]?.text == intent.order,
            let address = answer["invoice_url"]?.text.flatMap(WebAddress.init)
        else { throw call.malformed("the new invoice has no id or no address, or is another order's") }
        return CheckoutSession(way: .redirect(address.text), gatewayReference: id)
    }

    /// The invoice that we know is not what the service answers for: it is asked about payments, whose ids its notices bring.
    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        throw unsupported("be asked about an invoice: see its payments in the dashboard")
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        throw unsupported("refund: ask the buyer for an address, and pay out from the dashboard")
    }

    /// nil when there is none of that id.
    private func payment(_ id: String) async throws(PaymentError) -> NOWPayment? {
        guard let answer = try await call.jsonIfFound("GET", "\(base)/v1/payment/\(FormText.escapePart(id))", headers: headers) else {
            return nil
        }
        guard let payment = try? NOWPayment(answer), payment.id == id else { throw call.malformed("the answer is about another payment") }
        return payment
    }

    private var headers: [HTTPField] {
        [HTTPField("x-api-key", key.withBytes { String(decoding: $0, as: UTF8.self) })]
    }
}
