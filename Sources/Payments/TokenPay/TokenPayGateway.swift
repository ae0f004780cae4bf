import Catalog
import Cryptography
import Transport

/// A TokenPay server of one's own: its pay page for one coin, signed callbacks, each confirmed by asking before anything is delivered.
package struct TokenPayGateway: Gateway {
    package static let kind = GatewayKind.tokenpay
    static let requirements: [GatewaySetting] = [
        .init("base_url", .address, required: true), .init("token", .secrets, required: true), .init("coin", .text),
        .init("currency", .text), .init("checkout_origins", .addresses),
    ]

    package let account: String
    private let notices: TokenPayNotices
    private let coin: String
    private let base: String
    private let call: GatewayCall
    private let confirmations = Confirmations()

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient) {
        let base = settings.site("base_url")
        let tokens = settings.webhookSecrets("token")
        let coin = settings.account.settings["coin"] == nil ? "USDT_TRC20" : settings.identifier("coin")
        let currency = settings.currency("currency", standing: "CNY")
        settings.checkOrigins()
        guard let base, let tokens, let coin, let currency else { return nil }
        account = settings.account.name
        notices = TokenPayNotices(tokens: tokens, currency: currency)
        self.coin = coin
        self.base = base
        call = GatewayCall(http: http, account: settings.account.name)
    }

    package var noticeMethod: String { TokenPayNotices.method }

    /// Asks the server whether the order of an authentic callback is as it says.
    package func prepare(for notice: RawNotice) async throws(PaymentError) {
        guard case .accepted(let fact, _) = notices.judge(notice, now: 0), fact.kind == .paid, let id = fact.sessionID else { return }
        let found = try await order(id)
        let same =
            found?.kind == .paid && found?.sessionID == id && found?.orderID == fact.orderID && found?.amountMinor == fact.amountMinor
            && found?.currency == fact.currency
        confirmations.remember(notice, same ? fact : nil)
    }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        let verdict = notices.judge(notice, now: now)
        guard case .accepted(let fact, let success) = verdict, fact.kind == .paid else { return verdict }
        return confirmations.verdict(on: notice, success: success, failure: TokenPayNotices.failure)
    }

    /// The server gives the same order again for the same order id.
    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        guard intent.amount.currency.code == notices.currency, intent.amount.minor > 0,
            let amount = PlainNumber.shortest(intent.amount.decimalText)
        else {
            throw call.refused(
                "this server counts in \(notices.currency), above nothing", hint: "see BaseCurrency there, and “currency” of the account")
        }
        var members: [JSON.Member] = [
            .init(name: "OutOrderId", value: .text(intent.order)), .init(name: "OrderUserKey", value: .text(intent.order)),
            .init(name: "ActualAmount", value: .number(amount)), .init(name: "Currency", value: .text(coin)),
            .init(name: "NotifyUrl", value: .text(intent.notifyURL)), .init(name: "RedirectUrl", value: .text(intent.returnURL)),
        ]
        if let affiliate = intent.affiliate { members.append(.init(name: "PassThroughInfo", value: .text(affiliate))) }
        let answer = try await call.json("POST", "\(base)/CreateOrder", notices.signature.signed(members), headers: [])
        guard answer["success"]?.bool == true else {
            throw call.refused("the server refused the order", hint: "see its token, coin and wallets")
        }
        guard let address = answer["data"]?.text.flatMap(WebAddress.init) else { throw call.malformed("the new order has no address") }
        return CheckoutSession(way: .redirect(address.text), gatewayReference: Field.identifier(answer["info"]?["Id"]))
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        guard let id = payment.gatewayReference, Field.isIdentifier(id) else {
            throw unsupported("be asked about a payment without its order there")
        }
        guard let fact = try await order(id) else { return nil }
        guard fact.orderID == payment.order, fact.sessionID == id else { throw call.malformed("the answer is about another order") }
        return fact.kind == .ignored ? nil : fact
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        throw unsupported("refund: ask the buyer for an address, and send the coins from your wallet")
    }

    /// What the server says of an order; nil when it knows none. Its answers name fields as callbacks do, but for the first letter,
    /// and the state in a word or a number. The signature in the address is over the id alone, and opens nothing else.
    private func order(_ id: String) async throws(PaymentError) -> Fact? {
        guard case .object(let members) = notices.signature.signed([JSON.Member(name: "Id", value: .text(id))]) else { return nil }
        let query = FormText.encode(members.map { ($0.name, $0.value.text ?? "") })
        let answer = try await call.json("GET", "\(base)/Query?\(query)", headers: [])
        guard answer["success"]?.bool == true, let data = answer["data"], case .object = data else { return nil }
        func field(_ name: String) -> String? {
            switch data[name] ?? data[name.prefix(1).lowercased() + name.dropFirst()] {
            case .number(let text): PlainNumber.shortest(text)
            case .text(let text): text.isEmpty ? nil : name == "Status" ? Self.states[text] ?? text : text
            default: nil
            }
        }
        do throws(Refusal) {
            var fact = try TokenPayOrder(field: field, currency: notices.currency).fact()
            fact.dedupeKey = "query:\(fact.dedupeKey)"
            return fact
        } catch {
            throw call.malformed("the order cannot be read: \(error.reason)")
        }
    }

    private static let states = ["Pending": "0", "Paid": "1", "Expired": "2"]
}
