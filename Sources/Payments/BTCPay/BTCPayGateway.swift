import Catalog
import Cryptography
import Transport

/// A store on a BTCPay Server: invoices with its own pay page, signed events, each looked up at the server before it counts.
package struct BTCPayGateway: Gateway {
    package static let kind = GatewayKind.btcpay
    static let requirements: [GatewaySetting] = [
        .init("base_url", .address, required: true), .init("store", .text, required: true), .init("api_key", .secret, required: true),
        .init("webhook_secrets", .secrets, required: true), .init("checkout_origins", .addresses),
    ]

    package let account: String
    private let notices: BTCPayNotices
    private let base: String
    private let key: SecretKey
    private let call: GatewayCall
    private let confirmations = Confirmations()

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient) {
        let base = settings.site("base_url")
        let store = settings.identifier("store")
        let key = settings.interfaceKey("api_key")
        let secrets = settings.webhookSecrets()
        settings.checkOrigins()
        guard let base, let store, let key, let secrets else { return nil }
        account = settings.account.name
        notices = BTCPayNotices(secrets: secrets, store: store)
        self.base = "\(base)/api/v1/stores/\(FormText.escapePart(store))/invoices"
        self.key = SecretKey(Array(key.utf8))
        call = GatewayCall(http: http, account: settings.account.name)
    }

    package var noticeMethod: String { BTCPayNotices.method }

    /// Fetches the invoice of an authentic event: only that has the amount, the order, and the state of things now.
    package func prepare(for notice: RawNotice) async throws(PaymentError) {
        guard case .accepted(let event, _) = notices.judge(notice, now: 0), event.remarks == [.needsLookup], let id = event.sessionID
        else { return }
        guard let invoice = try await invoice(id) else { return confirmations.remember(notice, nil) }
        confirmations.remember(notice, invoice.confirmed(event))
    }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        let verdict = notices.judge(notice, now: now)
        guard case .accepted(let event, let success) = verdict, event.remarks == [.needsLookup] else { return verdict }
        return confirmations.verdict(on: notice, success: success, failure: BTCPayNotices.failure)
    }

    /// An open invoice of this order is used again.
    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        guard intent.amount.minor > 0 else { throw call.refused("an amount of nothing cannot be paid") }
        if let open = try await openInvoice(intent) { return open }
        guard let invoice = BTCPayInvoice(try await ask("POST", "", content(intent)), store: notices.store), let address = invoice.checkout
        else { throw call.malformed("the new invoice has no id or no address") }
        return CheckoutSession(way: .redirect(address.text), gatewayReference: invoice.id)
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        guard let id = payment.gatewayReference, Field.isIdentifier(id) else {
            throw unsupported("be asked about a payment without its invoice")
        }
        guard let invoice = try await invoice(id) else { return nil }
        guard invoice.orderID == payment.order else { throw call.malformed("the invoice is not this order's") }
        do throws(Refusal) {
            let fact = try invoice.fact(dedupeKey: "query:\(id):\(invoice.status)")
            return fact.kind == .ignored && fact.remarks.isEmpty ? nil : fact
        } catch {
            throw call.malformed("the invoice cannot be read: \(error.reason)")
        }
    }

    /// The server can only offer the buyer to claim money at an address of theirs, which somebody must then pay out.
    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        throw unsupported("refund: press Refund on the invoice in BTCPay Server, and send the buyer its link")
    }

    private func content(_ intent: CheckoutIntent) -> JSON {
        var notes: [JSON.Member] = [
            .init(name: "orderId", value: .text(intent.order)),
            .init(name: "itemDesc", value: .text(Title.shortened(intent.description, to: 150))),
        ]
        if let affiliate = intent.affiliate { notes.append(.init(name: "affiliate", value: .text(affiliate))) }
        let minutes = min(max((intent.expiresAt - intent.createdAt) / 60, 5), 1_440)
        return .object([
            "amount": .text(intent.amount.decimalText), "currency": .text(intent.amount.currency.code), "metadata": .object(notes),
            "checkout": .object([
                "redirectURL": .text(intent.returnURL), "redirectAutomatically": .bool(true), "expirationMinutes": .integer(minutes),
                "defaultLanguage": .text(intent.language),
            ]),
        ])
    }

    private func openInvoice(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession? {
        let response = try await call.exchange(
            "GET", "\(base)?orderId=\(FormText.escapePart(intent.order))&status=New", headers: headers)
        guard (200..<300).contains(response.status) else { throw call.failure(response, word: nil) }
        guard let list = (try? JSONReader.read(response.body))?.list else { throw call.malformed("the answer is not a list of invoices") }
        for entry in list {
            guard let invoice = BTCPayInvoice(entry, store: notices.store), invoice.status == "New", invoice.orderID == intent.order,
                invoice.amount == intent.amount, let address = invoice.checkout
            else { continue }
            return CheckoutSession(way: .redirect(address.text), gatewayReference: invoice.id)
        }
        return nil
    }

    /// nil when there is none of that id.
    private func invoice(_ id: String) async throws(PaymentError) -> BTCPayInvoice? {
        guard let answer = try await call.jsonIfFound("GET", "\(base)/\(FormText.escapePart(id))", headers: headers) else { return nil }
        guard let invoice = BTCPayInvoice(answer, store: notices.store), invoice.id == id else {
            throw call.malformed("the answer is about another invoice")
        }
        return invoice
    }

    private func ask(_ method: String, _ path: String, _ content: JSON) async throws(PaymentError) -> JSON {
        try await call.json(method, base + path, content, headers: headers)
    }

    private var headers: [HTTPField] {
        [HTTPField("Authorization", "token " + key.withBytes { String(decoding: $0, as: UTF8.self) })]
    }
}
