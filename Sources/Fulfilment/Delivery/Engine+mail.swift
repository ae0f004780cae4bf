internal import Catalog
internal import Database

extension Engine {
    /// Opens all that a mail says. Each call is an audit row, written before anything is opened.
    ///
    /// - Parameter item: leased, of a kind that goes by mail.
    /// - Throws: `FulfilmentError`: `notFound` when what it is about is gone, `conflict` when there is nothing to say any
    ///   more (keys of a refunded order, or that keys will follow when they have): then the item is `dead`; `invalid` for an item that is no mail; `busy`, `unavailable`.
    package func mailContent(_ item: OutboxItem) async throws(FulfilmentError) -> MailContent {
        guard item.kind.isMail else { throw FulfilmentError(.invalid, "this item is no mail") }
        let now = clock.now()
        let source = try await write { books in
            let source = try books.mailSource(item)
            try books.audit.add(
                .unseal, subject: item.id, detail: "mail \(item.kind.rawValue) attempt \(item.attempt)", actor: "mail", at: now)
            return source
        }
        state.count { $0.unsealed += source.orders.reduce(0) { $0 + $1.keys.count } }
        return try await FulfilmentError.wrap { try content(item, source) }
    }

    private func content(_ item: OutboxItem, _ source: MailSource) throws -> MailContent {
        let shop = catalogue.shop
        let orders = try source.orders.map { shown in
            let order = shown.order
            let token = try vault.open(order.tokenSealed, .orderToken, owner: Array(order.id.utf8))
            return MailContent.Order(
                id: order.id, link: "\(shop.webhook.url)/orders/\(token)", amount: try money(order.amountMinor, order.currency),
                createdAt: order.createdAt,
                lines: [
                    MailContent.Line(
                        title: order.title, quantity: order.quantity, keys: item.kind == .delivered ? try open(shown.keys) : [])
                ])
        }
        return MailContent(
            to: try vault.open(source.address, .address, owner: source.buyer), language: source.language, template: item.kind.rawValue,
            messageID: "\(item.id).\(self.shop)", orders: orders, promoter: try source.promoter.map { try promoter($0, shop) },
            date: source.date)
    }

    private func promoter(_ record: PromoterRecord, _ shop: Shop) throws -> MailContent.Promoter {
        let link = try vault.open(record.linkSealed, .promoterLink, owner: Array(record.id.utf8))
        return MailContent.Promoter(
            id: record.id, token: record.token, shareLink: "\(shop.url)/r/\(record.token)/", pageLink: "\(shop.webhook.url)/p/\(link)",
            rate: shop.promoters.levels.first)
    }
}

/// What a mail is made of, still sealed.
struct MailSource: Sendable {
    var address: [UInt8]
    var buyer: [UInt8]
    var language: String
    var orders: [ShownOrder]
    var promoter: PromoterRecord?
    var date: Int64
}

extension Books {
    fileprivate func mailSource(_ item: OutboxItem) throws -> MailSource {
        let date = try tx.first("SELECT created_at FROM outbox WHERE shop = $1 AND id = $2", [.text(engine.shop), .text(item.id)])
        let made = try date?.int("created_at") ?? 0
        if item.kind == .promoter {
            guard let promoter = try promoters.find(item.subject) else { throw Engine.noPromoter }
            return MailSource(
                address: promoter.address, buyer: promoter.buyer, language: promoter.language, orders: [], promoter: promoter, date: made)
        }
        guard let order = try orders.find(item.subject) else { throw Engine.noOrder }
        if item.kind == .delivered, !order.state.showsKeys {
            throw FulfilmentError(.conflict, "the order is \(order.state.rawValue): its keys are not sent any more")
        }
        if item.kind == .owed, order.state != .owed {
            throw FulfilmentError(.conflict, "the order is \(order.state.rawValue): it waits for no keys")
        }
        let all = item.kind == .lookup ? try orders.find(buyer: order.buyer, limit: 20) : [order]
        return MailSource(
            address: order.address, buyer: order.buyer, language: order.language, orders: try all.map { try shown($0) },
            promoter: try promoters.find(buyer: order.buyer), date: made)
    }
}
