import Catalog
import Fulfilment
import Payments
import Templates

/// The pages of one language that the daemon renders: order, promoter, message, the sandbox's till.
struct AccountPages: Sendable {
    let shop: Shop
    let face: Face
    let edition: Face.Edition

    /// Nil when the theme has no edition at all.
    init?(shop: Shop, face: Face, language: String?) {
        guard let edition = face.edition(language) else { return nil }
        self.shop = shop
        self.face = face
        self.edition = edition
    }

    private var language: String { edition.language }

    /// A text of the theme, with the order's id put where `{{order.id}}` stands; the key itself when there is none.
    func text(_ key: String, order: String = "") -> String {
        (edition.texts[key] ?? key).split(separator: "{{order.id}}", omittingEmptySubsequences: false).joined(separator: order)
    }

    /// An order with its keys. A pending one looks again by itself. `payPath`: where to pay it, or to try again.
    func order(_ view: OrderView, gateway: (any Gateway)?, payPath: String, now: Int64) throws(TemplateError) -> [UInt8] {
        let isPending = view.state == .pending
        let lines = view.lines.map { line in
            Value.record([
                "title": .text(line.title), "sku": .text(line.sku), "quantity": .count(line.quantity),
                "price": .text(line.unitPrice.display(language)), "keys": .list(line.keys.map(Value.text)),
            ])
        }
        let states = OrderState.allCases.map { (Key($0.rawValue), Value.bool($0 == view.state)) }
        let refresh = !isPending ? "" : now - view.createdAt < 600 ? "5" : "30"
        let order = Record(
            [
                ("id", .text(view.order)), ("amount", .text(view.amount.display(language))), ("email", .text(view.maskedEmail)),
                ("expires", .text(Moment.readable(view.expiresAt))), ("created", .text(Moment.readable(view.createdAt))),
                ("payUrl", .text(isPending ? view.payURL ?? (view.payQR == nil ? "" : payPath) : "")),
                ("retryUrl", .text(isPending && view.payURL == nil && view.payQR == nil ? payPath : "")),
                ("gateway", .text(gateway.map(label) ?? view.gateway)),
                ("promoterLink", .text(view.promoterToken.map { ShareLink(shop, token: $0).page } ?? "")), ("lines", .list(lines)),
            ] + states)
        return try page("account/order", title: text("order_page", order: view.order), refresh: refresh, ("order", .record(order)))
    }

    /// A promoter's earnings. `linkToken` is the secret that opened the page.
    func promoter(_ view: PromoterView, linkToken: String) throws(TemplateError) -> [UInt8] {
        let link = ShareLink(shop, token: view.token)
        let commissions = view.commissions.map { item in
            Value.record([
                "date": .text(Moment.day(item.at)), "level": .count(item.level), "amount": .text(item.amount.display(language)),
                "product": .text(item.product), "pending": .bool(item.state == .pending), "available": .bool(item.state == .available),
                "reversed": .bool(item.state == .reversed), "paid": false,
            ])
        }
        let promoter: Record = [
            "token": .text(view.token), "link": .text("\(shop.webhook.url)/p/\(linkToken)"), "landing": .text(link.page),
            "poster": .text(link.poster ?? ""), "pending": .text(view.pending.display(language)),
            "available": .text(view.available.display(language)), "paid": .text(view.paid.display(language)),
            "commissions": .list(commissions),
        ]
        return try page("account/promoter", title: text("promoter_page"), ("promoter", .record(promoter)))
    }

    /// The code that a buyer scans to pay. It looks again by itself, and leads to the order when that is paid.
    func code(_ text: String, _ view: OrderView, orderURL: String) throws(TemplateError) -> [UInt8] {
        let payment: Record = [
            "order": .text(view.order), "amount": .text(view.amount.display(language)), "expires": .text(Moment.readable(view.expiresAt)),
            "code": .html(face.code(text) ?? []), "text": .text(text), "orderUrl": .text(orderURL),
        ]
        return try page("account/pay-qr", title: self.text("pay_qr_title"), refresh: "5", ("payment", .record(payment)))
    }

    /// The page inside WeChat's own browser: its script hands `parameters` to WeChat, and goes on to the order.
    func wechat(_ parameters: WeChatPagePayment, _ placed: PlacedOrder, orderURL: String) throws(TemplateError) -> [UInt8] {
        let script = face.scripts["wechat-pay.js"]
        let payment: Record = [
            "order": .text(placed.order), "amount": .text(placed.amount.display(language)), "parameters": .text(parameters.json.written),
            "orderUrl": .text(orderURL),
            "script": .record([
                "url": .text(script.map { "\(shop.webhook.basePath)/\($0.path)" } ?? ""), "integrity": .text(script?.integrity ?? ""),
            ]),
        ]
        return try page("account/pay-wechat", title: text("pay_wechat_title"), ("payment", .record(payment)))
    }

    /// A short message by the key of its texts: `lookup_done`, `error_sold_out`; where an order waits behind it, with its link and the
    /// address that a form tries again at.
    func message(
        _ key: String, isError: Bool, retryURL: String? = nil, orderURL: String? = nil
    ) throws(TemplateError) -> [UInt8] {
        let title = text("\(key)_title")
        let message: Record = [
            "title": .text(title), "text": .text(text("\(key)_text")), "error": .bool(isError), "done": .bool(!isError),
            "retryUrl": .text(retryURL ?? ""), "orderUrl": .text(orderURL ?? ""),
        ]
        return try page("account/message", title: title, ("message", .record(message)))
    }

    /// The sandbox's till. `state` is the order's; a declined payment leaves it pending.
    func sandbox(_ payment: SandboxPayment, action: String, state: OrderState, declined: Bool) throws(TemplateError) -> [UInt8] {
        let amount = (try? Currency(code: payment.currency)).map { Money(minor: payment.amountMinor, currency: $0).display(language) }
        let isPaid = state != .pending && state != .expired
        let model: Record = [
            "order": .text(payment.order), "amount": .text(amount ?? ""), "action": .text(action), "returnUrl": .text(payment.returnURL),
            "paid": .bool(isPaid && state != .refunded), "declined": .bool(declined && !isPaid), "refunded": .bool(state == .refunded),
        ]
        return try page("account/pay-sandbox", title: text("sandbox_title"), ("payment", .record(model)))
    }

    private func label(_ gateway: any Gateway) -> String {
        edition.texts["gateway_\(gateway.kind.rawValue)"] ?? gateway.account
    }

    private func page(_ template: String, title: String, refresh: String = "", _ own: (Key, Value)) throws(TemplateError) -> [UInt8] {
        let base = shop.webhook.basePath
        let style: Value = .record([
            "url": .text(face.style.map { "\(base)/\($0.path)" } ?? ""), "integrity": .text(face.style?.integrity ?? ""),
        ])
        let frame: Record = [
            "title": .text(title), "css": style, "refresh": .text(refresh), "icon": .text(face.icon.map { "\(base)/\($0)" } ?? ""),
        ]
        let model = Record([
            ("lang", .text(language)), ("shop", .record(["name": .text(shop.name), "url": .text(shop.url)])), ("page", .record(frame)), own,
        ])
        return try edition.templates.render(template, .record(model))
    }
}

/// The public addresses of a promoter's link.
struct ShareLink: Sendable {
    /// What to share.
    let page: String
    /// Nil when the shop publishes no pages for promoters.
    let poster: String?

    init(_ shop: Shop, token: String) {
        if shop.promoters.pages == .none {
            page = "\(shop.url)/?ref=\(token)"
            poster = nil
        } else {
            page = "\(shop.url)/r/\(token)/"
            poster = "\(shop.url)/r/\(token)/poster.svg"
        }
    }
}

extension WebhookSettings {
    /// The path of the daemon's own address, without a slash at its end: `""` for most.
    var basePath: String {
        let parts = url.split(separator: "/", omittingEmptySubsequences: false).dropFirst(3)
        return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
    }
}
