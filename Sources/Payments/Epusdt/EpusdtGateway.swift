import Catalog
import Cryptography
import Transport

/// An epusdt or BEpusdt server of one's own: its pay page, signed callbacks, each confirmed by asking before anything is delivered.
package struct EpusdtGateway: Gateway {
    package static let kind = GatewayKind.epusdt
    static let requirements: [GatewaySetting] = [
        .init("base_url", .address, required: true), .init("token", .secrets, required: true), .init("fiat", .text),
        .init("trade_type", .text), .init("checkout_origins", .addresses),
    ]

    package let account: String
    private let notices: EpusdtNotices
    /// BEpusdt's: whether to name the money, and the coin. epusdt itself knows neither.
    private let namesFiat: Bool
    private let tradeType: String?
    private let base: String
    private let call: GatewayCall
    private let confirmations = Confirmations()

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient) {
        let base = settings.site("base_url")
        let tokens = settings.webhookSecrets("token")
        let currency = settings.currency("fiat", standing: "CNY")
        let tradeType = settings.identifier("trade_type")
        settings.checkOrigins()
        guard let base, let tokens, let currency, tradeType != nil || settings.account.settings["trade_type"] == nil else { return nil }
        account = settings.account.name
        notices = EpusdtNotices(tokens: tokens, currency: currency)
        namesFiat = settings.account.settings["fiat"] != nil
        self.tradeType = tradeType
        self.base = base
        call = GatewayCall(http: http, account: settings.account.name)
    }

    package var noticeMethod: String { EpusdtNotices.method }

    /// Asks the server whether the trade of an authentic callback is paid.
    package func prepare(for notice: RawNotice) async throws(PaymentError) {
        guard case .accepted(let fact, _) = notices.judge(notice, now: 0), fact.kind == .paid, let id = fact.sessionID else { return }
        let isPaid = EpusdtTrade.isID(id) ? try await state(id)?.kind == .paid : false
        confirmations.remember(notice, isPaid ? fact : nil)
    }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        let verdict = notices.judge(notice, now: now)
        guard case .accepted(let fact, let success) = verdict, fact.kind == .paid else { return verdict }
        return confirmations.verdict(on: notice, success: success, failure: EpusdtNotices.failure)
    }

    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        // Nothing would be paid by anything: the server takes an amount of 0 for “any”.
        guard intent.amount.currency.code == notices.currency, intent.amount.minor > 0,
            let amount = PlainNumber.shortest(intent.amount.decimalText)
        else { throw call.refused("this server counts in \(notices.currency), above nothing", hint: "see “fiat” of the account") }
        var members: [JSON.Member] = [
            .init(name: "order_id", value: .text(intent.order)), .init(name: "amount", value: .number(amount)),
            .init(name: "notify_url", value: .text(intent.notifyURL)), .init(name: "redirect_url", value: .text(intent.returnURL)),
        ]
        if namesFiat { members.append(.init(name: "fiat", value: .text(notices.currency))) }
        if let tradeType { members.append(.init(name: "trade_type", value: .text(tradeType))) }
        let answer = try await call.json(
            "POST", "\(base)/api/v1/order/create-transaction", notices.signature.signed(members), headers: [])
        guard let code = answer["status_code"]?.integer else { throw call.malformed("the answer has no status code") }
        guard code == 200, let trade = answer["data"] else {
            throw call.refused("the server refused the order", hint: "see its token, rates and wallets", cause: "code \(code)")
        }
        guard let id = Field.identifier(trade["trade_id"]), EpusdtTrade.isID(id), trade["order_id"]?.text == intent.order,
            Field.amount(Self.text(trade["amount"]), notices.currency) == intent.amount,
            let address = trade["payment_url"]?.text.flatMap(WebAddress.init)
        else { throw call.malformed("the new trade has no id or no address, or is another order's") }
        return CheckoutSession(
            way: .redirect(address.text), gatewayReference: EpusdtTrade(id: id, amount: intent.amount).reference)
    }

    /// The server says whether the trade is paid; what was asked for in it is in our reference. Where it does not name the payment
    /// on the chain, nothing stands in for it: the callback names that, and must not look like a second payment.
    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        guard let trade = payment.gatewayReference.flatMap(EpusdtTrade.init) else {
            throw unsupported("be asked about a payment without its trade")
        }
        guard let state = try await state(trade.id), state.kind != .ignored else { return nil }
        return Fact(
            state.kind, dedupeKey: "query:\(trade.id):\(state.kind.rawValue)", orderID: payment.order, amountMinor: trade.amount.minor,
            currency: trade.amount.currency.code, gatewayTransactionID: state.hash, sessionID: trade.id)
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        throw unsupported("refund: ask the buyer for an address, and send the coins from your wallet")
    }

    /// What the server says of a trade, and the payment on the chain where it names it; nil when it knows no such trade. epusdt puts
    /// its answer into `data`, BEpusdt does not.
    private func state(_ id: String) async throws(PaymentError) -> (kind: Fact.Kind, hash: String?)? {
        let answer = try await call.json("GET", "\(base)/pay/check-status/\(id)", headers: [])
        if let code = answer["status_code"]?.integer, code != 200 { return nil }
        let trade = answer["data"] ?? answer
        guard Field.identifier(trade["trade_id"]) == id, let status = Self.text(trade["status"]) else {
            throw call.malformed("the answer is about another trade, or has no status")
        }
        return (EpusdtTrade.kind(status), Field.identifier(trade["trade_hash"]))
    }

    private static func text(_ value: JSON?) -> String? {
        switch value {
        case .number(let text): PlainNumber.shortest(text)
        case .text(let text): text
        default: nil
        }
    }
}
