import Catalog
import Cryptography
import Transport

/// PayPal: Orders v2, captured by us once the buyer approved, events verified here and confirmed at PayPal.
package struct PayPalGateway: Gateway {
    package static let kind = GatewayKind.paypal
    package let account: String
    private let notices: PayPalNotices
    private let certificates: PayPalCertificates
    private let store: PayPalCertificateStore
    private let api: PayPalAPI
    private let now: @Sendable () -> Int64
    /// The body that each transmission came with first, by its digest: a forgery is refused here before anybody asks the books, which
    /// have the last word and outlive a restart.
    private let transmissions = BoundedMemory<[UInt8]>(limit: 100_000)
    /// What PayPal itself said of an event, by the event's transmission and body.
    private let confirmations = BoundedMemory<Confirmation>(limit: 4_096)

    private enum Confirmation: Sendable {
        case said
        /// The payment was made as the event says, and has been given back since.
        case givenBack
        case denied
    }

    /// nil when a setting is missing or wrong, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, http: HTTPClient, now: @escaping @Sendable () -> Int64) {
        let clientID = settings.identifier("client_id")
        let secrets = settings.secrets("client_secret")
        let webhookID = settings.identifier("webhook_id")
        let test = settings.flag("test_mode") ?? false
        let base = settings.address("api")
        let own = settings.certificates("trust_anchors")
        guard settings.mistakes.isEmpty, settings.missing.isEmpty, let clientID, let secrets, let webhookID else { return nil }
        let transport = GatewayCall(http: http, account: settings.account.name)
        do throws(PaymentError) {
            guard let secret = secrets.first, secrets.count == 1, secret.utf8.count >= 16, !PlaceholderText.matches(secret) else {
                throw PaymentError(
                    .notConfigured, "the client secret is empty, short or a placeholder", hint: "copy it from PayPal's dashboard")
            }
            let store = PayPalCertificateStore(transport: transport)
            certificates = PayPalCertificates(
                origins: PayPalCertificates.origins(test: test) + [base?.origin].compactMap(\.self), chain: store.chain)
            notices = try PayPalNotices(webhookID: webhookID, certificates: certificates, anchors: try Self.anchors(own))
            api = PayPalAPI(
                base: base?.origin ?? (test ? "https://api-m.sandbox.paypal.com" : "https://api-m.paypal.com"), clientID: clientID,
                clientSecret: SecretKey(Array(secret.utf8)), transport: transport, now: now)
            self.store = store
        } catch {
            settings.refuse(error, setting: "client_secret")
            return nil
        }
        account = settings.account.name
        self.now = now
    }

    package var noticeMethod: String { PayPalNotices.method }

    /// Fetches the certificate that the notice names. If the notice is then authentic, asks PayPal whether what it says is
    /// so, and captures an order that the buyer approved.
    package func prepare(for notice: RawNotice) async throws(PaymentError) {
        guard let address = notice.values(of: "paypal-cert-url").first, (try? certificates.check(address)) != nil else { return }
        try await store.fetch(address, now: now())
        guard case .accepted(let fact, _) = notices.judge(notice, now: now()) else { return }
        if let event = try? JSONReader.read(notice.body), let order = (try? PayPalEvent(event))?.approvedOrder {
            _ = try await capture(order)
        }
        if Self.mustBeConfirmed(fact) { confirmations.remember(Self.key(notice), try await confirmation(of: fact)) }
    }

    /// As the notices' own judge, and then: a transmission that came before with another body is a forgery by checksum, and
    /// money that PayPal itself knows nothing of did not move.
    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        let verdict = notices.judge(notice, now: now)
        guard case .accepted(var fact, let success) = verdict else { return verdict }
        let transmission = Transmission(payPal: notice)
        func refused(_ refusal: Refusal, _ reply: NoticeReply = PayPalNotices.failure) -> Verdict {
            .rejected(category: refusal.category, reason: refusal.reason, reply: reply)
        }
        if let body = transmissions.value(transmission.id), body != transmission.bodyDigest { return refused(PayPalNotices.reused) }
        if Self.mustBeConfirmed(fact) {
            // Not asked, or not any more: PayPal comes again.
            guard let confirmed = confirmations.value(Self.key(notice)) else {
                return refused(Refusal(.policy, "not_confirmed"), NoticeReply(status: 503))
            }
            if confirmed == .denied { return refused(Refusal(.policy, "not_confirmed")) }
            // Delivering now would give away what was paid back; the refund's own notice books it.
            if confirmed == .givenBack {
                fact.kind = .ignored
                fact.remarks = [.needsLookup]
            }
        }
        guard transmissions.first(transmission.id, transmission.bodyDigest) == transmission.bodyDigest else {
            return refused(PayPalNotices.reused)
        }
        fact.transmission = transmission
        return .accepted(fact, success: success)
    }

    package func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession {
        let answer = try await api.call("POST", "/v2/checkout/orders", try PayPalRequests.order(intent), requestID: intent.order)
        let order = PayPalResource(answer ?? .null)
        guard let id = order.id, let address = order.link(["payer-action", "approve"]).flatMap(WebAddress.init) else {
            throw api.transport.malformed("the new order has no id or no address")
        }
        return CheckoutSession(way: .redirect(address.text), gatewayReference: id)
    }

    /// An approved order is captured: the buyer may have come back before PayPal told us.
    package func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact? {
        guard let id = payment.gatewayReference, Field.isIdentifier(id) else {
            throw unsupported("be asked about a payment without its order at PayPal")
        }
        guard var order = try await api.call("GET", Self.path("/v2/checkout/orders/", id)).map(PayPalResource.init), order.id == id else {
            throw api.transport.malformed("the answer is about another order")
        }
        guard order.object["purchase_units"]?.list?.first.map(PayPalResource.init)?.orderID == payment.order else {
            throw api.transport.malformed("PayPal's order is not this one's")
        }
        if order.status == "APPROVED", let captured = try await capture(id) { order = captured }
        if order.status == "VOIDED" { return Fact(.failed, dedupeKey: "query:\(id):VOIDED", orderID: payment.order, sessionID: id) }
        guard let capture = order.onlyCapture else { return nil }
        do throws(Refusal) {
            var fact = try capture.capture(dedupeKey: "query:\(id):\(capture.status ?? "")", at: nil)
            fact.orderID = fact.orderID ?? payment.order
            fact.sessionID = id
            // Paid and given back since: a person must see whether anything is owed.
            if capture.status == "REFUNDED" { fact.remarks = [.needsLookup] }
            return fact.kind == .ignored && fact.remarks.isEmpty ? nil : fact
        } catch {
            throw api.transport.malformed("the payment cannot be read: \(error.reason)")
        }
    }

    package func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt {
        let path = Self.path("/v2/payments/captures/", request.transaction) + "/refund"
        let answer = try await api.call("POST", path, try PayPalRequests.refund(request), requestID: "re-\(request.key)")
        let refund = PayPalResource(answer ?? .null)
        guard let id = refund.id, let status = refund.status else { throw api.transport.malformed("the refund has no id or no status") }
        guard status == "COMPLETED" || status == "PENDING" else {
            throw api.transport.refused("the refund was not made", cause: GatewayCall.word(status))
        }
        return RefundReceipt(reference: id, done: status == "COMPLETED")
    }

    /// Takes the money of an approved order; nil when that was done before, or the approval is gone. One order, one capture:
    /// the request id makes repeats the same.
    private func capture(_ order: String) async throws(PaymentError) -> PayPalResource? {
        try await api.call(
            "POST", Self.path("/v2/checkout/orders/", order) + "/capture", .object([:]), requestID: "cap-\(order)",
            accepting: ["ORDER_ALREADY_CAPTURED", "ORDER_NOT_APPROVED", "RESOURCE_NOT_FOUND", "ORDER_EXPIRED", "INSTRUMENT_DECLINED"]
        ).map(PayPalResource.init)
    }

    /// A dispute is announced, not acted on with money; a reversal need not be a refund that can be fetched. Both go to a person.
    private static func mustBeConfirmed(_ fact: Fact) -> Bool {
        fact.kind == .paid || (fact.kind == .refunded && !fact.remarks.contains(.reversed))
    }

    /// Whether PayPal says the same when it is asked: payment or refund, state, amount, order.
    private func confirmation(of fact: Fact) async throws(PaymentError) -> Confirmation {
        let isRefund = fact.kind == .refunded
        guard let id = isRefund ? fact.refundID : fact.gatewayTransactionID else { return .denied }
        let path = Self.path(isRefund ? "/v2/payments/refunds/" : "/v2/payments/captures/", id)
        guard let answer = try await api.call("GET", path, accepting: ["RESOURCE_NOT_FOUND"]) else { return .denied }
        let found = PayPalResource(answer)
        let same = isRefund ? try? found.refund(dedupeKey: "", at: nil, reversed: false) : try? found.capture(dedupeKey: "", at: nil)
        guard let same, found.id == id, same.amountMinor == fact.amountMinor, same.currency == fact.currency,
            same.gatewayTransactionID == fact.gatewayTransactionID, same.orderID == fact.orderID
        else { return .denied }
        if same.kind == fact.kind { return .said }
        return !isRefund && found.status == "REFUNDED" ? .givenBack : .denied
    }

    private static func key(_ notice: RawNotice) -> [UInt8] {
        let transmission = Transmission(payPal: notice)
        return transmission.bodyDigest + transmission.id
    }

    private static func path(_ folder: String, _ id: String) -> String {
        folder + FormText.escapePart(id)
    }

    /// The merchant's own authorities, else the machine's.
    private static func anchors(_ own: [X509Certificate]?) throws(PaymentError) -> TrustAnchors {
        do throws(CryptographyError) {
            guard let own else { return try TrustAnchors.system() }
            return try TrustAnchors(own)
        } catch {
            throw PaymentError(.notConfigured, error.message, hint: error.hint)
        }
    }
}
