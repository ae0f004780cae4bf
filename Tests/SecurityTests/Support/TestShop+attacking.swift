import Catalog
import Cryptography
import Fulfilment
import Operations
import Payments
import TestSupport
import Testing
import Transport

@testable import WebhookServer

/// What an attacker has at hand beside what a buyer does.
extension TestShop {
    static let form = "sku=lamp&quantity=1&email=buyer%40mail.example&gateway=test"

    /// Free keys of the one product.
    var free: Int? {
        get async throws {
            let levels = try await engine.levels()
            return levels.first { $0.sku == "lamp" }.map { Int($0.free) }
        }
    }

    /// Places an order at the engine, at any of the accounts.
    func placed(_ email: String = "buyer@mail.example", at gateway: String = "test", ref: String? = nil) async throws -> PlacedOrder {
        try await engine.checkout(
            CheckoutRequest(sku: "lamp", quantity: 1, email: email, gateway: gateway, ref: ref, language: "en"))
    }

    /// An authentic notice of a sandbox for an order, about whatever amount of whatever currency.
    func notice(
        _ event: SandboxNotices.Event, order: String, from account: String = "test", minor: Int64 = 10_000, currency: String = "CNY"
    ) async throws -> OutgoingNotice {
        let sandbox = try #require(try installation.gateways(http: .unreachable).sandbox(named: account))
        let session = try await sandbox.createCheckout(
            CheckoutIntent(
                order: order, amount: try Money(minor: minor, currency: Currency(code: currency)), description: "Lamp", language: "en",
                returnURL: "\(url)/orders/x", notifyURL: "\(url)/notify/\(account)", createdAt: time.now, expiresAt: time.now + 900))
        guard case .redirect(let page) = session.way else { throw Peer.Failure(description: "no pay page") }
        let query = try #require(page.split(separator: "?", maxSplits: 1).last)
        return sandbox.notice(event, of: try #require(sandbox.payment(query: String(query))), now: time.now)
    }

    /// Delivers it, perhaps somewhere else, or with another body.
    func deliver(_ notice: OutgoingNotice, to url: String? = nil, body: [UInt8]? = nil) async throws -> HTTPResponse {
        kept.forbid("signature", notice.headers.map(\.value).filter { $0.utf8.count >= 24 })
        kept.forbid("body", [String(decoding: body ?? notice.body, as: UTF8.self)])
        return try await http.request(
            method: "POST", url: url ?? notice.url, headers: notice.headers.map { HTTPField($0.name, $0.value) }, body: body ?? notice.body)
    }

    func view(_ order: PlacedOrder) async throws -> OrderView { try await engine.order(token: order.token, reveal: true) }
}

/// The judges with their test secrets, for what needs no daemon.
enum Judges {
    static func stripe(_ object: String, _ type: String = "checkout.session.completed") throws -> Verdict {
        try StripeNotices(secrets: [Signer.stripeSecret], livemode: true).judge(Signer.stripe(Signer.event(type, object)), now: Signer.now)
    }

    static func standard(_ data: String, _ type: String = "payment.paid") throws -> Verdict {
        try StandardNotices(secrets: [Signer.standardSecret]).judge(Signer.standard(Signer.payload(type, data)), now: Signer.now)
    }

    static func alipay(_ changes: [(String, String?)]) throws -> Verdict {
        let set = try FormSigner.set([FormSigner.account("ali", "alipay", FormSigner.alipaySettings)])
        return try #require(set.gateway(named: "ali")).judge(FormSigner.post(FormSigner.alipayForm(changes)), now: Signer.now)
    }

    static func epay(query: String) throws -> Verdict {
        let set = try FormSigner.set([FormSigner.account("v1", "epay", FormSigner.epaySettings)])
        return try #require(set.gateway(named: "v1")).judge(FormSigner.get(query), now: Signer.now)
    }

    static func epay(_ changes: [(String, String?)]) throws -> Verdict { try epay(query: FormSigner.epayForm(changes)) }

    static func wechat(_ transaction: String) throws -> Verdict {
        try Certified.gateway("wechat", Certified.wechatSettings)
            .judge(try Certified.wechat(try Certified.sealed("TRANSACTION.SUCCESS", transaction)), now: Signer.now)
    }

    static func paypal(_ resource: String, _ type: String = "PAYMENT.CAPTURE.COMPLETED") throws -> Verdict {
        try Certified.paypalNotices().judge(try Certified.paypal(Certified.event(type, resource)), now: Signer.now)
    }
}
