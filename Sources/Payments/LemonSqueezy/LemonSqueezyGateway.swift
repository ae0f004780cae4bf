import Catalog
import Cryptography
import Transport

/// Lemon Squeezy, which sells in its own name: hosted checkouts of one variant at our price, signed webhooks, whole refunds.
package struct LemonSqueezyGateway: Gateway {
    package static let kind = GatewayKind.lemonsqueezy
    static let requirements: [GatewaySetting] = [
        .init("api_key", .secret, required: true), .init("webhook_secrets", .secrets, required: true),
        .init("store", .text, required: true),
        .init("variant", .text, required: true), .init("store_url", .address, required: true), .init("currency", .text),
        .init("test_mode", .flag), .init("api", .address), .init("checkout_origins", .addresses),
    ]

    package let account: String
    private let notices: LemonSqueezyNotices
    private let variant: String
    private let currency: String
    private let base: String
    private let key: SecretKey
    private let call: GatewayCall

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient) {
        let key = settings.interfaceKey("api_key")
        let secrets = settings.webhookSecrets()
        let store = settings.number("store")
        let variant = settings.number("variant")
        let address = settings.address("store_url")
        let currency = settings.currency("currency", standing: "USD")
        let base = settings.site("api")
        let test = settings.flag("test_mode") ?? false
        settings.checkOrigins()
        guard let key, let secrets, let store, let variant, address != nil, let currency else { return nil }
        account = settings.account.name
        notices = LemonSqueezyNotices(secrets: secrets, store: store, testMode: test)
        self.variant = variant
        self.currency = currency
        self.base = base ?? "https://api.lemonsqueezy.com"
        self.key = SecretKey(Array(key.utf8))
        call = GatewayCall(http: http, account: settings.account.name)
    }

    package var noticeMethod: String { LemonSqueezyNotices.method }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        notices.judge(notice, now: now)
    }

    /// The service keeps no key against repeats: the same intent twice makes two checkouts. A second payment is then seen as one.
    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        guard intent.amount.currency.code == currency, intent.amount.currency.exponent == 2, intent.amount.minor > 0 else {
            throw call.refused(
                "this store sells in \(currency), for more than nothing", hint: "see the store's currency, and “currency” of the account")
        }
        let answer = try await ask("POST", "/v1/checkouts", checkout(intent))
        guard let id = Field.identifier(answer["id"]), let address = answer["attributes"]?["url"]?.text.flatMap(WebAddress.init) else {
            throw call.malformed("the new checkout has no id or no address")
        }
        return CheckoutSession(way: .redirect(address.text), gatewayReference: id)
    }

    /// Its interface finds no order by our id: what a lost webhook said is in its dashboard, where it can be sent again.
    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        throw unsupported("be asked about a payment: send the webhook again from its dashboard")
    }

    /// The whole order alone: it keeps no key against repeats, and a second refund in part would be another one.
    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        let path = "/v1/orders/\(FormText.escapePart(request.transaction))"
        let order = try read(try await ask("GET", path), request)
        if order.isRefunded { return RefundReceipt(reference: order.id, done: true) }
        guard order.status == "paid", try price(order) == request.amount.minor else {
            throw call.refused(
                "only a whole order that is paid can be refunded from here",
                hint: "refund a part of it in its dashboard: the webhook books it")
        }
        let content: JSON = .object(["data": .object(["type": .text("orders"), "id": .text(order.id)])])
        let after = try read(try await ask("POST", path + "/refund", content), request)
        return RefundReceipt(reference: after.id, done: after.isRefunded)
    }

    private func price(_ order: LemonSqueezyOrder) throws(PaymentError) -> Int64 {
        do throws(Refusal) {
            return try order.price()
        } catch {
            throw call.malformed("the order cannot be read: \(error.reason)")
        }
    }

    private func read(_ object: JSON, _ request: RefundRequest) throws(PaymentError) -> LemonSqueezyOrder {
        guard let order = try? LemonSqueezyOrder(object), order.id == request.transaction, order.currency == request.amount.currency.code
        else { throw call.malformed("the answer is about another order") }
        return order
    }

    private func checkout(_ intent: CheckoutIntent) -> JSON {
        var notes = [JSON.Member(name: "order_id", value: .text(intent.order))]
        if let affiliate = intent.affiliate { notes.append(JSON.Member(name: "affiliate", value: .text(affiliate))) }
        var data = [JSON.Member(name: "custom", value: .object(notes))]
        if let mail = intent.buyerMail { data.append(JSON.Member(name: "email", value: .text(mail))) }
        let attributes: JSON = .object([
            "custom_price": .integer(intent.amount.minor),
            "product_options": .object([
                "name": .text(Title.shortened(intent.description, to: 150)), "redirect_url": .text(intent.returnURL),
                "enabled_variants": .list([.number(variant)]),
            ]),
            "checkout_options": .object(["discount": .bool(false)]), "checkout_data": .object(data),
            "expires_at": .text(Moment.text(max(intent.expiresAt, intent.createdAt + 3_600))), "test_mode": .bool(notices.testMode),
        ])
        func related(_ type: String, _ id: String) -> JSON {
            .object(["data": .object(["type": .text(type), "id": .text(id)])])
        }
        return .object([
            "data": .object([
                "type": .text("checkouts"), "attributes": attributes,
                "relationships": .object(["store": related("stores", notices.store), "variant": related("variants", variant)]),
            ])
        ])
    }

    private func ask(_ method: String, _ path: String, _ content: JSON? = nil) async throws(PaymentError) -> JSON {
        let type = "application/vnd.api+json"
        var headers = [
            HTTPField("Authorization", "Bearer " + key.withBytes { String(decoding: $0, as: UTF8.self) }), HTTPField("Accept", type),
        ]
        if content != nil { headers.append(HTTPField("Content-Type", type)) }
        let answer = try await call.json(
            method, base + path, content, headers: headers, word: { $0["errors"]?.list?.first?["code"]?.text })
        guard let data = answer["data"], case .object = data else { throw call.malformed("the answer has no data") }
        return data
    }
}
