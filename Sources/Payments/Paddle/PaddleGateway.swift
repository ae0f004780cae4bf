import Catalog
import Cryptography
import Transport

/// Paddle Billing, which sells in its own name: a page with its checkout, signed events, queries, refunds.
package struct PaddleGateway: Gateway {
    package static let kind = GatewayKind.paddle
    static let requirements: [GatewaySetting] = [
        .init("api_key", .secret, required: true), .init("webhook_secrets", .secrets, required: true),
        .init("checkout_url", .address, required: true), .init("tax_included", .flag), .init("tolerance", .text),
        .init("test_mode", .flag), .init("api", .address), .init("checkout_origins", .addresses),
    ]

    package let account: String
    private let notices: PaddleNotices
    private let page: PaddlePage
    private let base: String
    private let key: SecretKey
    private let call: GatewayCall

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient) {
        let key = settings.interfaceKey("api_key")
        let secrets = settings.webhookSecrets()
        let address = settings.address("checkout_url")
        let included = settings.flag("tax_included") ?? false
        let test = settings.flag("test_mode")
        let base = settings.site("api")
        let tolerance = Self.tolerance(&settings)
        settings.checkOrigins()
        guard let key, let secrets, let address, let tolerance else { return nil }
        let sandboxKey = key.utf8.starts(with: "pdl_sdbx_".utf8)
        if let test, test != sandboxKey, sandboxKey || key.utf8.starts(with: "pdl_live_".utf8) {
            settings.refuse(
                "“test_mode” is \(test), but the key is one for \(sandboxKey ? "the sandbox" : "live sales")", setting: "test_mode",
                hint: "leave test_mode out: the key says which it is")
            return nil
        }
        account = settings.account.name
        notices = PaddleNotices(secrets: secrets, tolerance: tolerance, pricing: included ? .taxIncluded : .taxOnTop)
        page = PaddlePage(address)
        self.base = base ?? (test ?? sandboxKey ? "https://sandbox-api.paddle.com" : "https://api.paddle.com")
        self.key = SecretKey(Array(key.utf8))
        call = GatewayCall(http: http, account: settings.account.name)
    }

    package var noticeMethod: String { PaddleNotices.method }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        notices.judge(notice, now: now)
    }

    /// Paddle keeps no key against repeats, so the same intent twice makes two transactions; a second payment is then seen as one.
    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        let content = try PaddleRequests.transaction(intent, pricing: notices.pricing, page: page.own)
        let answer = try await ask("POST", "/transactions", content)
        guard let id = PaddleTransaction(answer, pricing: notices.pricing).id, let address = page.address(of: id, answer) else {
            throw call.malformed("the new transaction has no id, or no address on the page of “checkout_url”")
        }
        return CheckoutSession(way: .redirect(address), gatewayReference: id)
    }

    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        guard let id = payment.gatewayReference, Field.isIdentifier(id) else {
            throw unsupported("be asked about a payment without its transaction")
        }
        let transaction = try await transaction(id)
        guard transaction.orderID == payment.order else { throw call.malformed("Paddle's transaction is not this order's") }
        do throws(Refusal) {
            let fact = try transaction.fact(dedupeKey: "query:\(id):\(transaction.status ?? "")")
            return fact.kind == .ignored ? nil : fact
        } catch {
            throw call.malformed("the transaction cannot be read: \(error.reason)")
        }
    }

    /// Looks first whether a refund of this key was made before, because Paddle would make it again.
    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        let mark = "refund \(request.key)"
        let earlier = try await list("/adjustments?transaction_id=\(FormText.escapePart(request.transaction))&action=refund")
        if let made = earlier.first(where: { $0["reason"]?.text == mark }) { return try receipt(made) }
        let transaction = try await transaction(request.transaction)
        guard transaction.orderID == request.order, let line = transaction.lineID else {
            throw call.malformed("Paddle's transaction is not this order's, or has no line to refund")
        }
        let isFull = earlier.isEmpty && transaction.price == request.amount.minor
        let content = PaddleRequests.refund(request, line: line, isFull: isFull, mark: mark, pricing: notices.pricing)
        return try receipt(try await ask("POST", "/adjustments", content))
    }

    private func receipt(_ adjustment: JSON) throws(PaymentError) -> RefundReceipt {
        guard let id = Field.identifier(adjustment["id"]), let status = adjustment["status"]?.text else {
            throw call.malformed("the refund has no id or no status")
        }
        guard status == "approved" || status == "pending_approval" else {
            throw call.refused("the refund was not made", cause: GatewayCall.word(status))
        }
        return RefundReceipt(reference: id, done: status == "approved")
    }

    private func transaction(_ id: String) async throws(PaymentError) -> PaddleTransaction {
        let found = PaddleTransaction(try await ask("GET", "/transactions/\(FormText.escapePart(id))"), pricing: notices.pricing)
        guard found.id == id else { throw call.malformed("the answer is about another transaction") }
        return found
    }

    private func ask(_ method: String, _ path: String, _ content: JSON? = nil) async throws(PaymentError) -> JSON {
        guard let data = try await answer(method, path, content)["data"], case .object = data else {
            throw call.malformed("the answer has no data")
        }
        return data
    }

    private func list(_ path: String) async throws(PaymentError) -> [JSON] {
        guard let data = try await answer("GET", path, nil)["data"]?.list else { throw call.malformed("the answer has no list") }
        return data
    }

    private func answer(_ method: String, _ path: String, _ content: JSON?) async throws(PaymentError) -> JSON {
        let authorization = HTTPField("Authorization", "Bearer " + key.withBytes { String(decoding: $0, as: UTF8.self) })
        return try await call.json(
            method, base + path, content, headers: [authorization, HTTPField("Paddle-Version", "1")],
            word: { $0["error"]?["code"]?.text })
    }

    /// 1 to 300 seconds; nil when it is something else, which is then noted.
    private static func tolerance(_ settings: inout AccountSettings) -> Int64? {
        guard let setting = settings.account.settings["tolerance"] else { return 5 }
        guard let seconds = setting.text.flatMap({ Field.seconds($0) }), (1...300).contains(seconds) else {
            settings.refuse("“tolerance” is not a number of seconds from 1 to 300", setting: "tolerance", hint: "write tolerance: \"30\"")
            return nil
        }
        return seconds
    }
}
