internal import Catalog
internal import Cryptography
internal import Database

extension Engine {
    /// An order by the secret of its link.
    ///
    /// - Parameter reveal: also open the keys that were handed out; each opening is an audit row.
    /// - Throws: `FulfilmentError`: `notFound` for any token that opens nothing, `busy`, `unavailable`.
    package func order(token: String, reveal: Bool) async throws(FulfilmentError) -> OrderView {
        guard let token = LinkToken(presented: token) else { throw Self.noOrder }
        let digest = token.stored
        let found = try await read { books in try books.orders.find(tokenDigest: digest).map { try books.shown($0) } }
        guard let found else { throw Self.noOrder }
        return try await view(found, reveal: reveal, actor: "buyer")
    }

    /// An order by its id, for the merchant; keys stay sealed.
    /// - Throws: as `order(token:reveal:)`.
    package func order(id: String) async throws(FulfilmentError) -> OrderView {
        let found = try await read { books in try books.orders.find(id).map { try books.shown($0) } }
        guard let found else { throw FulfilmentError(.notFound, "there is no order “\(id)”") }
        return try await view(found, reveal: false, actor: "operator")
    }

    /// An order by its id, as the merchant lists it.
    /// - Throws: `FulfilmentError`: `notFound`, `busy`, `unavailable`.
    package func summary(order id: String) async throws(FulfilmentError) -> OrderSummary {
        try await read { books in try summary(books, id) }
    }

    /// The newest orders, newest first.
    /// - Parameter state: only those in this state.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func orders(state: OrderState? = nil, limit: Int = 100) async throws(FulfilmentError) -> [OrderSummary] {
        try await read { books in
            try books.tx.query(
                """
                SELECT \(OrderRecord.columns) FROM orders WHERE shop = $1 AND ($2 = '' OR state = $2) ORDER BY id DESC LIMIT $3
                """,
                [.text(shop), .text(state?.rawValue ?? ""), .integer(Int64(limit))]
            ).map { try summary(books, OrderRecord($0)) }
        }
    }

    /// Mails the links of an address's orders to that address: at most one such mail in ten minutes.
    ///
    /// Says nothing about whether there are any: the answer is the same.
    /// - Throws: `FulfilmentError`: `invalidEmail`, `busy`, `unavailable`.
    package func lookup(email: String) async throws(FulfilmentError) {
        let address = try BuyerAddress(email)
        let buyer = buyerDigest(address)
        let now = clock.now()
        try await write { books in
            // Written whether or not there are orders, so that the answer takes as long either way.
            try books.countLookup(at: now)
            guard let newest = try books.orders.find(buyer: buyer, limit: 1).first else { return }
            let id = "lookup-\(Hex.encode(Array(buyer.prefix(8))))-\(now / 600)"
            try books.outbox.add(id, .lookup, subject: newest.id, at: now)
        }
    }

    func money(_ minor: Int64, _ currency: String) throws -> Money {
        Money(minor: minor, currency: try Currency(code: currency))
    }

    static let noOrder = FulfilmentError(.notFound, "there is no such order", hint: "open the link from the mail")

    /// Opens what a view shows. The audit row is written first: nothing is shown that is not recorded.
    private func view(_ found: ShownOrder, reveal: Bool, actor: String) async throws(FulfilmentError) -> OrderView {
        let order = found.order
        let reveals = reveal && order.granted > 0 && order.state.showsKeys
        if reveals {
            // One row for each order and hour: a page that is opened again and again must not fill the log.
            let now = clock.now()
            if !state.wasShown(order.id, hour: now / 3600) {
                try await write { books in
                    try books.audit.add(.unseal, subject: order.id, detail: "keys shown on the order page", actor: actor, at: now)
                }
                state.rememberShown(order.id, hour: now / 3600)
            }
            state.count { $0.unsealed += found.keys.count }
        }
        return try await FulfilmentError.wrap {
            let keys = reveals ? try open(found.keys) : []
            return OrderView(
                order: order.id, state: order.state, amount: try money(order.amountMinor, order.currency),
                refundedMinor: found.refundedMinor,
                lines: [
                    OrderView.Line(
                        sku: order.sku, product: order.product, title: order.title, quantity: order.quantity,
                        unitPrice: try money(order.unitMinor, order.currency), keys: keys)
                ],
                language: order.language, maskedEmail: order.mask, gateway: order.gateway,
                payURL: order.state == .pending ? order.payURL : nil,
                payQR: order.state == .pending ? order.payQR : nil, reference: order.reference, createdAt: order.createdAt,
                expiresAt: order.expiresAt, paidAt: order.paidAt, promoterToken: found.promoterToken)
        }
    }

    /// Opens sealed keys. Whoever calls it has added the audit row.
    func open(_ keys: [(key: SealedKey, dataKey: [UInt8])]) throws -> [String] {
        try keys.map { item in
            try keySeal.open(
                item.key.sealed, sku: item.key.sku, id: item.key.id, batch: item.key.batch, wrappedKey: item.dataKey)
        }
    }
}

/// An order with what its view needs, still sealed.
struct ShownOrder: Sendable {
    var order: OrderRecord
    var keys: [(key: SealedKey, dataKey: [UInt8])]
    var refundedMinor: Int64
    var promoterToken: String?
}

extension Books {
    /// One row that counts look-ups.
    fileprivate func countLookup(at now: Int64) throws {
        try tx.execute(
            """
            INSERT INTO rejections (shop, account, category, reason, seen, last_at) VALUES ($1, '(lookup)', 'lookup', '', 1, $2)
            ON CONFLICT (shop, account, category, reason) DO UPDATE SET seen = rejections.seen + 1, last_at = excluded.last_at
            """,
            [.text(engine.shop), .integer(now)])
    }

    func shown(_ order: OrderRecord) throws -> ShownOrder {
        let facts = try facts.about(order: order.id, account: order.gateway, transaction: nil).map(\.fact)
        return ShownOrder(
            order: order, keys: order.granted > 0 ? try stock.granted(order) : [],
            refundedMinor: Standing(of: facts, terms: order.terms).refundedMinor,
            promoterToken: order.paidAt == nil ? nil : try promoters.find(buyer: order.buyer)?.token)
    }
}

extension OrderState {
    /// The keys are the buyer's to see. A refunded or disputed order shows them no more.
    var showsKeys: Bool { self == .fulfilled || self == .owed }
}
