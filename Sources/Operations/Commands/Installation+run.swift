internal import Catalog
internal import Fulfilment

extension Installation {
    /// Does what a command says.
    ///
    /// - Parameters:
    ///   - gateways: where a refund finds its gateway; nil: it is made from its account's settings and secrets.
    ///   - progress: called now and then during long work with how much is done.
    /// - Throws: `OperationError`, any code but `locked` and `control`.
    package func run(
        _ command: Command, gateways: GatewayFinder? = nil, progress: (@Sendable (Int) -> Void)? = nil
    ) async throws(OperationError) -> Answer {
        try await OperationError.wrap {
            switch command {
            case .ping: return .done
            case .reload:
                try reload()
                return .done
            case .importKeys, .stockLevels, .batches, .recall, .exportKeys: return try await stock(command, progress)
            case .addPromoter, .promoters, .promoter, .promoterLink: return try await promoters(command)
            case .orders, .order, .confirm, .refund, .bookRefund, .resend: return try await orders(command, gateways)
            case .backup(let folder): return .backup(try await backup(to: folder))
            case .runPayouts, .payouts, .settlePayouts: return try await payouts(command)
            case .balances, .verifyLedger, .transfers, .verifyAudit, .auditTail: return try await books(command)
            }
        }
    }

    private func stock(_ command: Command, _ progress: (@Sendable (Int) -> Void)?) async throws -> Answer {
        switch command {
        case .importKeys(let keys):
            let info = BatchInfo(
                source: keys.source, note: keys.note, costMinor: try keys.cost.map { try money($0).minor }, expiresAt: keys.expiresAt)
            let report = try await engine.importKeys(sku: keys.sku, lines: keys.lines, info: info, progress: progress)
            return .imported(ImportAnswer(sku: keys.sku, report))
        case .batches: return .batches(try await engine.batches().map { BatchAnswer($0) })
        case .recall(let name):
            let (batch, keys) = try await engine.recall(batch: name)
            return .recalled(RecallAnswer(batch: batch, recalled: keys))
        case .exportKeys(let sku): return .keys(KeysAnswer(sku: sku, keys: try await engine.exportKeys(sku: sku)))
        default: return .stock(try await engine.levels().map { StockAnswer($0) })
        }
    }

    private func promoters(_ command: Command) async throws -> Answer {
        switch command {
        case .addPromoter(let address, let parent, let language):
            if let language, !shop.languages.contains(language) {
                throw OperationError(
                    .invalid, "the shop does not speak “\(language)”", hint: "its languages are \(shop.languages.joined(separator: ", "))")
            }
            return .promoter(PromoterAnswer(try await engine.addPromoter(address: address, parent: parent, language: language)))
        case .promoter(let name): return .promoter(PromoterAnswer(try await engine.promoter(name)))
        case .promoterLink(let name):
            let id = try await engine.promoter(name).id
            return .link(LinkAnswer(id: id, link: "\(shop.webhook.url)/p/\(try await engine.promoterLink(id: id))"))
        default: return .promoters(try await engine.promoters().map { PromoterAnswer($0) })
        }
    }

    private func orders(_ command: Command, _ gateways: GatewayFinder?) async throws -> Answer {
        switch command {
        case .confirm(let order, let reason): return .order(OrderAnswer(try await engine.confirm(order: order, reason: reason)))
        case .refund(let order, let amount, let key):
            let minor = try amount.map { try money($0).minor }
            return .order(try await refund(order: order, amountMinor: minor, key: key, gateways: gateways))
        case .bookRefund(let order, let amount, let key):
            let minor = try amount.map { try money($0).minor }
            return .order(try await refundByHand(order: order, amountMinor: minor, key: key))
        case .resend(let order):
            try await engine.resend(order: order)
            return .order(OrderAnswer(try await engine.summary(order: order)))
        case .orders(let name, let limit):
            let state = try name.map(state)
            return .orders(try await engine.orders(state: state, limit: max(1, min(limit, 100_000))).map { OrderAnswer($0) })
        case .order(let id): return .order(OrderAnswer(try await engine.summary(order: id)))
        default: return .done
        }
    }

    private func books(_ command: Command) async throws -> Answer {
        switch command {
        case .verifyLedger: return .ledger(LedgerAnswer(try await engine.verifyLedger()))
        case .transfers(let after, let limit):
            let transfers = try await engine.transfers(after: try after?.transfer(), limit: max(1, min(limit, 10_000)))
            return .transfers(transfers.map { TransferAnswer($0) })
        case .verifyAudit: return .audit(AuditAnswer(try await engine.verifyAudit(), try await engine.auditHead()))
        case .auditTail(let subject, let limit):
            let rows = try await engine.auditTail(subject: subject, limit: max(1, min(limit, 100_000)))
            return .auditRows(rows.map { AuditRowAnswer($0) })
        default: return .balances(try await engine.balances().map { BalanceAnswer($0) })
        }
    }

    /// A decimal text in the shop's currency.
    func money(_ text: String) throws(OperationError) -> Money {
        let currency = shop.currency
        return try OperationError.wrapNow { try Money(text: text, currency: currency) }
    }

    private func state(_ name: String) throws(OperationError) -> OrderState {
        guard let state = OrderState(rawValue: name) else {
            let known = OrderState.allCases.map(\.rawValue).joined(separator: ", ")
            throw OperationError(.invalid, "“\(name)” is not a state of an order", hint: "the states are \(known)")
        }
        return state
    }
}
