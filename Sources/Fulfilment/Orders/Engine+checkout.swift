internal import Catalog
internal import Cryptography
internal import Database

extension Engine {
    /// Places an order: price, rates and texts are copied into it, its keys are reserved, and it waits for its payment.
    ///
    /// Prices come from the catalogue alone. A referral token that is not authentic counts for nobody and is recorded.
    /// - Throws: `FulfilmentError`: `unknownSKU`, `invalidQuantity`, `invalidEmail`, `unknownGateway`, `soldOut` (before
    ///   anybody is sent to pay), `tooManyHolds`, `busy`, `unavailable`.
    package func checkout(_ request: CheckoutRequest) async throws(FulfilmentError) -> PlacedOrder {
        let draft = try await FulfilmentError.wrap { try OrderDraft(request, engine: self) }
        let limits = catalogue.shop.limits
        try await write { books in
            try books.refuseTooManyHolds(draft, limits: limits)
            try books.place(draft)
        }
        state.count { $0.checkouts += 1 }
        return draft.placed
    }

    /// Notes what the gateway said when it made the payment. From now on it is asked what became of it.
    /// - Parameters:
    ///   - reference: the gateway's id of its session.
    ///   - payURL: where the buyer pays; shown again on the order page while the order is pending.
    ///   - payQR: what the buyer scans instead.
    /// - Throws: `FulfilmentError`: `notFound`, `busy`, `unavailable`.
    package func recordPayment(
        order: String, reference: String?, payURL: String?, payQR: String? = nil
    ) async throws(FulfilmentError) {
        try await write { books in
            let row = try books.tx.first(
                """
                UPDATE orders SET reference = $3, pay_url = $4, pay_qr = $5 WHERE shop = $1 AND id = $2
                RETURNING created_at, expires_at
                """,
                [.text(shop), .text(order), .text(reference), .text(payURL), .text(payQR)])
            guard let row else { throw FulfilmentError(.notFound, "there is no order “\(order)”") }
            let (createdAt, expiresAt) = (try row.int("created_at"), try row.int("expires_at"))
            let next = QuerySchedule.next(createdAt: createdAt, expiresAt: expiresAt, after: clock.now())
            if let next { try books.queries.put(order, at: next) }
        }
    }

    /// An unpaid order as it was placed, to open its payment once more by the secret of its link. Opening the address is audited.
    /// - Returns: nil when nothing is to be paid for it any more.
    /// - Throws: `FulfilmentError`: `notFound`, `busy`, `unavailable`.
    package func placed(token: String) async throws(FulfilmentError) -> PlacedOrder? {
        guard let link = LinkToken(presented: token) else { throw Self.noOrder }
        let digest = link.stored
        let now = clock.now()
        let order = try await write { books -> OrderRecord? in
            guard let order = try books.orders.find(tokenDigest: digest) else { throw Self.noOrder }
            guard order.state == .pending else { return nil }
            try books.audit.add(.unseal, subject: order.id, detail: "address for the gateway", actor: "buyer", at: now)
            return order
        }
        guard let order else { return nil }
        return try await FulfilmentError.wrap {
            PlacedOrder(
                order: order.id, token: link.text, amount: try money(order.amountMinor, order.currency), gateway: order.gateway,
                description: PlacedOrder.description(order.title, order.quantity), language: order.language,
                email: try vault.open(order.address, .address, owner: order.buyer),
                referral: order.promoter.flatMap { ReferralToken(promoterID: $0, keyring: keyring)?.text },
                createdAt: order.createdAt, expiresAt: order.expiresAt)
        }
    }
}

extension Books {
    /// Counts the open holds of this buyer and of this place.
    fileprivate func refuseTooManyHolds(_ draft: OrderDraft, limits: CheckoutLimits) throws {
        func open(_ column: String, _ digest: [UInt8]) throws -> Int64 {
            let row = try tx.first(
                "SELECT count(*) AS n FROM holds WHERE shop = $1 AND \(column) = $2 AND expires_at > $3",
                [.text(engine.shop), .blob(digest), .integer(draft.createdAt)])
            return try row?.int("n") ?? 0
        }
        // Counting and adding are one step: two checkouts of one buyer at a time count each other.
        if limits.openHoldsPerMail > 0 { try tx.exclude("mail holds", Hex.encode(draft.buyer)) }
        if limits.openHoldsPerAddress > 0, let client = draft.client { try tx.exclude("place holds", Hex.encode(client)) }
        if limits.openHoldsPerMail > 0, try open("buyer", draft.buyer) >= Int64(limits.openHoldsPerMail) {
            throw FulfilmentError(
                .tooManyHolds, "this mail address has too many unpaid orders", hint: "pay or wait until they expire")
        }
        if limits.openHoldsPerAddress > 0, let client = draft.client, try open("client", client) >= Int64(limits.openHoldsPerAddress) {
            throw FulfilmentError(.tooManyHolds, "too many unpaid orders come from this place", hint: "pay or wait until they expire")
        }
    }

    fileprivate func place(_ draft: OrderDraft) throws {
        try insert(draft, promoter: try attributed(draft), sharedKey: try reserve(draft))
        try tx.run(
            "INSERT INTO holds (shop, order_id, sku, expires_at, buyer, client) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                .text(engine.shop), .text(draft.id), .text(draft.sku), .integer(draft.expiresAt), .blob(draft.buyer),
                .blob(draft.client ?? []),
            ])
    }

    /// The order of a purchase over a payment link, made unless it is there: nothing is held for it, its payment is here already.
    func place(sale draft: OrderDraft) throws -> OrderRecord {
        if try orders.find(draft.id) == nil { try insert(draft, promoter: try attributed(draft), sharedKey: nil) }
        guard let order = try orders.lock(draft.id) else { throw FulfilmentError(.unavailable, "an order that was written is not there") }
        return order
    }

    /// The promoter in the draft's token, if there is one and may earn; else why not is written down.
    private func attributed(_ draft: OrderDraft) throws -> String? {
        var promoter = draft.promoter
        if let named = promoter, try promoters.find(named)?.active != true { promoter = nil }
        if draft.refusedToken {
            try audit.add(
                .referral, subject: draft.id, detail: "the referral token is not authentic", actor: "buyer", at: draft.createdAt)
        } else if draft.promoter != nil, promoter == nil {
            try audit.add(
                .referral, subject: draft.id, detail: "the promoter is unknown or inactive", actor: "buyer", at: draft.createdAt)
        }
        return promoter
    }

    /// Reserves the keys; for a shared text, its uses.
    /// - Returns: the stock id of the shared text.
    private func reserve(_ draft: OrderDraft) throws -> Int64? {
        try lapse(now: draft.createdAt)
        if let id = try take(draft, waits: false) { return id.shared }
        // Holds that have run out since the last sweep are as good as free, and somebody may be giving a key back right now.
        try releaseExpired(sku: draft.sku, now: draft.createdAt, limit: 100)
        if let id = try take(draft, waits: true) { return id.shared }
        throw FulfilmentError(.soldOut, "“\(draft.title)” is sold out", hint: "try a smaller quantity, or come back later")
    }

    private func take(_ draft: OrderDraft, waits: Bool) throws -> (shared: Int64?, Void)? {
        switch draft.delivery {
        case .single where !draft.reserves:
            return try stock.hasFree(draft.quantity, sku: draft.sku) ? (nil, ()) : nil
        case .single:
            let taken = try stock.take(draft.quantity, sku: draft.sku, order: draft.id, as: .held, waits: waits)
            if taken < draft.quantity { try stock.releaseHeld(order: draft.id) }
            return taken == draft.quantity ? (nil, ()) : nil
        case .generated:
            let taken = try stock.take(draft.quantity, sku: draft.sku, order: draft.id, as: .held)
            guard taken < draft.quantity else { return (nil, ()) }
            try draft.generated?.store(draft.quantity - taken, state: .held, order: draft.id, in: self)
            return (nil, ())
        case .shared, .file:
            return try stock.useShared(draft.quantity, sku: draft.sku, cap: draft.cap).map { ($0, ()) }
        }
    }

    private func insert(_ draft: OrderDraft, promoter: String?, sharedKey: Int64?) throws {
        try tx.run(
            """
            INSERT INTO orders (shop, id, created_at, state, sku, product, title, delivery, quantity, unit_minor, amount_minor,
                currency, gateway, language, rates, hold_days, buyer, person, address, mask, token, token_sealed, promoter, expires_at,
                granted, shared_key)
            VALUES ($1, $2, $3, 'pending', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, 0, $24)
            """,
            [
                .text(engine.shop), .text(draft.id), .integer(draft.createdAt), .text(draft.sku), .text(draft.product),
                .text(draft.title), .text(draft.delivery.rawValue), .integer(draft.quantity), .integer(draft.unitPrice.minor),
                .integer(draft.amount.minor), .text(draft.amount.currency.code), .text(draft.gateway), .text(draft.language),
                .text(OrderRecord.text(draft.rates)), .integer(draft.holdDays), .blob(draft.buyer), .blob(draft.person),
                .blob(draft.address), .text(draft.mask), .blob(draft.token.stored), .blob(draft.tokenSealed), .text(promoter),
                .integer(draft.expiresAt),
                .integer(sharedKey),
            ])
    }
}
